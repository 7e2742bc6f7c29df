import { addNamedImport, type NamedImport } from '../../src/patch/index.js'
import { testCases } from './cases.js'

testCases<NamedImport>('add-named-import', addNamedImport)
