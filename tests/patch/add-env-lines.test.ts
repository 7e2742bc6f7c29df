import { addEnvLines, type EnvLine } from '../../src/patch/index.js'
import { testCases } from './cases.js'

testCases<{ lines: EnvLine[]; heading: string; missing?: boolean }>(
  'add-env-lines',
  (input, { lines, heading, missing }) =>
    addEnvLines(missing && input === '' ? null : input, lines, { heading }),
)
