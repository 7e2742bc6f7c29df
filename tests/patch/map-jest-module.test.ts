import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { mapJestModule, type JestModule } from '../../src/patch/index.js'
import { readCases, testCases } from './cases.js'

const folder = join(import.meta.dirname, '../../fixtures/patches/map-jest-module')
const names = new Map(
  readCases<JestModule>('map-jest-module').flatMap(({ name, input, expected }) => {
    const file = readdirSync(join(folder, name)).find((each) => each.startsWith('input')) ?? ''
    return [input, expected ?? ''].map((text) => [text, file] as const)
  }),
)

// What is added to package.json ends the line above it with a comma.
testCases<JestModule>(
  'map-jest-module',
  (input, edit) => mapJestModule(input, edit, names.get(input) ?? ''),
  { inserted: /(?<=["}]),(?=\r?\n?$)/ },
)
