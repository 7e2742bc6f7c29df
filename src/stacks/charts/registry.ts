import type { ChartLibrary } from './chart-library.js'
import { chartJs } from './chart-js.js'
import { recharts } from './recharts.js'

/** The first ones are preferred where the host has several. */
export const chartLibraries: readonly [ChartLibrary, ...ChartLibrary[]] = [recharts, chartJs]
