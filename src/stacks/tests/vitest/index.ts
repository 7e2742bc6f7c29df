import type { TestsStack } from '../stack.js'
import { runVitest } from './run.js'

/** It imports the host's app, which not every host exports. */
const OF_THE_HOST_APP = 'tests/integration/host-app.test.ts'

/** The generated tests, on an embedded PostgreSQL or the one of TEST_DATABASE_URL. */
export const vitest: TestsStack = {
  name: 'vitest',
  kind: 'tests',
  contribute: ({ data }) => ({
    wants: (logical) => data.appExport !== null || logical !== OF_THE_HOST_APP,
    packages: {
      dependencies: {},
      devDependencies: { '@electric-sql/pglite': '^0.5.0' },
    },
  }),
  runTests: runVitest,
}
