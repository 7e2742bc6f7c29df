import type { ChartPackage, Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'

/** Libraries that draw charts, and what ties one of them to React. */
const CHARTS = [
  /^recharts$/,
  /^(chart\.js|react-chartjs-2)$/,
  /^victory$/,
  /^@nivo\/.+$/,
  /^@visx\/.+$/,
  /^echarts(-for-react)?$/,
  /^highcharts(-react-official)?$/,
  /^(react-)?apexcharts$/,
  /^(react-)?plotly\.js(-.+)?$/,
  /^@mui\/x-charts(-.+)?$/,
  /^@ant-design\/(charts|plots)$/,
  /^ag-charts-(react|community|enterprise)$/,
  /^react-google-charts$/,
  /^uplot(-react)?$/,
]

/** What draws charts in the front end already. */
export function detectCharts({ manifest }: DetectionContext): Found<ChartPackage>[] {
  return CHARTS.flatMap((pattern) => manifest.packagesMatching(pattern)).map((name) => ({
    value: { name, range: manifest.rangeOf(name) ?? '*' },
    source: 'detected',
    evidence: [manifest.evidence(name)],
  }))
}
