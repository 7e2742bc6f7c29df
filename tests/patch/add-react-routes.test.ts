import { addReactRoutes, type RoutesEdit } from '../../src/patch/index.js'
import { testCases } from './cases.js'

/** What a list that stands on one line gets: a route's name, or the route itself. */
const IN_A_LINE = /, (?:(?:pricing|billing)Route\b|\{ path: '\/?(?:pricing|billing)'[^}]*\})/g

testCases<RoutesEdit>('add-react-routes', addReactRoutes, { inserted: IN_A_LINE })
