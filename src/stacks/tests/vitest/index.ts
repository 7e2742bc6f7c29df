import { posix } from 'node:path'
import type { HostProfile } from '../../../types.js'
import type { TestsStack } from '../stack.js'
import { runVitest } from './run.js'

/** It imports the host's app, which not every host exports. */
const OF_THE_HOST_APP = 'tests/integration/host-app.test.ts'

/** Of a Vitest that is brought along: one that builds the front end may have other tests in mind. */
const CONFIG = 'tests/vitest.config.ts'

/** The generated tests, on an embedded PostgreSQL or the one of TEST_DATABASE_URL. */
export const vitest: TestsStack = {
  name: 'vitest',
  kind: 'tests',
  contribute: ({ host, data, layout }) => ({
    wants: (logical) =>
      (data.appExport !== null || logical !== OF_THE_HOST_APP) &&
      (isBrought(host) || logical !== CONFIG),
    packages: {
      dependencies: {},
      devDependencies: {
        '@electric-sql/pglite': '^0.5.0',
        ...(isBrought(host) && { vitest: '^3.2.0' }),
      },
    },
    scripts: isBrought(host)
      ? { 'test:billing': `vitest run --config ${layout.pathOf(CONFIG)}` }
      : {},
  }),
  runTests: (host) => (root, runs) => {
    const config = isBrought(host) ? posix.join(host.tests.dir.value, 'vitest.config.ts') : null
    return runVitest(root, config, runs)
  },
}

/** The host has no test runner. */
function isBrought({ tests }: HostProfile): boolean {
  return tests.runner.source === 'assumed'
}
