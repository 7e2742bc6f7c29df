import { addReactRoutes, type ReactRoute } from '../../src/patch/index.js'
import { testCases } from './cases.js'

testCases<{ routes: ReactRoute[] }>('add-react-routes', addReactRoutes)
