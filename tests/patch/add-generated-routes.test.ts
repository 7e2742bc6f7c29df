import { addGeneratedRoutes, type FileRoute } from '../../src/patch/index.js'
import { testCases } from './cases.js'

/** What a union of routes gets. */
const IN_A_UNION = / \| '[\w/]*(?:pricing|billing)'/g

testCases<{ routes: FileRoute[] }>('add-generated-routes', addGeneratedRoutes, {
  inserted: IN_A_UNION,
})
