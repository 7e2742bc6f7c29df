import type { Stack } from '../../features/contribution.js'
import { enumerate } from '../../host/text.js'
import type { Assumption, ChartPackage } from '../../types.js'
import type { ChartLibrary } from './chart-library.js'

/** The chart of usage, drawn with one library. */
export function chartStack({ name, title, added }: ChartLibrary): Stack {
  return {
    name,
    kind: 'charts',
    contribute({ host, data: { chart } }) {
      const charts = host.client?.charts.map(({ value }) => value) ?? []
      const inOldVersion = !chart?.inHost && charts.some((one) => one.name === name)
      return {
        packages: chart?.raisedTo
          ? { dependencies: {}, devDependencies: { [name]: chart.raisedTo } }
          : { dependencies: { [name]: added }, devDependencies: {} },
        bundled: inOldVersion || chart?.raisedTo ? [] : [name],
        assumptions: chart?.inHost ? [] : unusedOf(charts, title),
      }
    },
  }
}

/** A host that draws charts is told why it gets one more library for it. */
function unusedOf(charts: ChartPackage[], title: string): Assumption[] {
  if (charts.length === 0) return []
  const theirs = enumerate(charts.map(({ name, range }) => `${name} ${range}`))
  return [
    {
      field: 'host.client.charts',
      value: `${title} is added`,
      reason: `the chart of usage cannot be drawn with ${theirs}`,
    },
  ]
}
