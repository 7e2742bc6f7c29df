import type { Stack } from '../../../features/contribution.js'
import { runVitest } from './run.js'

/** The generated tests, on an embedded PostgreSQL or the one of TEST_DATABASE_URL. */
export const vitest: Stack = {
  name: 'vitest',
  kind: 'tests',
  contribute: () => ({
    packages: {
      dependencies: {},
      devDependencies: {
        '@electric-sql/pglite': '^0.5.0',
        '@electric-sql/pglite-socket': '^0.2.0',
      },
    },
  }),
  runTests: runVitest,
}
