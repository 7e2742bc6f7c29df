import { allowCors, type CorsEdit } from '../../src/patch/index.js'
import { testCases } from './cases.js'

// Methods and headers are added to a list that is there.
testCases<CorsEdit>('allow-cors', allowCors, {
  inserted: /(,\s*(["']?)(PUT|DELETE|Authorization)\b\2)+/,
})
