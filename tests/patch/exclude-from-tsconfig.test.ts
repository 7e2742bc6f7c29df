import { excludeFromTsconfig } from '../../src/patch/index.js'
import { testCases } from './cases.js'

// A list is written on, and so are lines that end it.
testCases<string>('exclude-from-tsconfig', excludeFromTsconfig, {
  inserted: /(?:, ?)?"tests\/billing",?|(?<=[}"]),(?=\r?\n?$)/,
})
