import type { ChartLibrary } from './chart-library.js'

export const chartJs: ChartLibrary = {
  name: 'chart.js',
  title: 'Chart.js',
  added: '^4.4.0',
  versions: ['^4.0.0'],
  binding: {
    name: 'react-chartjs-2',
    versions: ['^5.0.0'],
  },
}
