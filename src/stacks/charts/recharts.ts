import type { ChartLibrary } from './chart-library.js'

export const recharts: ChartLibrary = {
  name: 'recharts',
  title: 'recharts',
  added: '^3.2.0',
  versions: ['^3.0.0', '^2.15.0'],
}
