import { addReadmeSection, type ReadmeSection } from '../../src/patch/index.js'
import { testCases } from './cases.js'

testCases<ReadmeSection>('add-readme-section', addReadmeSection)
