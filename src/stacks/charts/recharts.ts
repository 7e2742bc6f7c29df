import type { ChartLibrary } from './chart-library.js'

export const recharts: ChartLibrary = {
  name: 'recharts',
  title: 'recharts',
  versions: ['^3.2.0', '^2.15.0'],
}
