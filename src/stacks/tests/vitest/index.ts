import { posix } from 'node:path'
import { packageManagers } from '../../../packages/package-managers.js'
import { hostRunners } from '../runners/registry.js'
import type { TestsApart } from '../../../types.js'
import type { TestsStack } from '../stack.js'
import { excludeFromBuild } from './exclude-from-build.js'
import { leftAlone } from './left-alone.js'
import { newerJest, sdkForJest } from './sdk-for-jest.js'
import { runVitest } from './run.js'
import { takeTypesOfNode } from './types-of-node.js'
import { BILLING_COMMAND, BILLING_SCRIPT } from './script.js'

/** It imports the host's app, which not every host exports. */
const OF_THE_HOST_APP = 'tests/integration/host-app.test.ts'

/** Of a run of billing's own: the host's settings may have other tests in mind. */
const CONFIG = 'tests/vitest.config.mts'

/** The Vite of a host that has none: Vitest 4 comes where the host brings its own. */
function viteFor({ vitest }: TestsApart): Record<string, string> {
  return vitest.startsWith('^3') ? { vite: '^6.3.0' } : {}
}

/** The generated tests, on an embedded PostgreSQL or the one of TEST_DATABASE_URL. */
export const vitest: TestsStack = {
  name: 'vitest',
  kind: 'tests',
  contribute({ host, data, layout }) {
    const { apart } = host.tests
    const config = posix.relative(host.server.package.dir, layout.pathOf(CONFIG))
    return {
      wants: (logical) =>
        (data.appExport !== null || logical !== OF_THE_HOST_APP) &&
        (apart !== null || logical !== CONFIG),
      packages: {
        dependencies: {},
        devDependencies: {
          '@electric-sql/pglite': '^0.5.0',
          ...(apart && { vitest: apart.vitest }),
          // The plugin finds no Vite that lies below Vitest.
          ...(apart?.aliases && { 'vite-tsconfig-paths': '^5.1.0', ...viteFor(apart) }),
        },
      },
      anyVersion: ['vite'],
      scripts: apart ? { [BILLING_SCRIPT]: `${BILLING_COMMAND} ${config}` } : {},
      edits: [...excludeFromBuild(host.tests), ...takeTypesOfNode(host), ...sdkForJest(host)],
      steps: [...leftAlone(host), ...newerJest(host)],
    }
  },
  appTest: (layout) => layout.inPackage(OF_THE_HOST_APP),
  commandOf({ tests, server }) {
    const { run, exec } = packageManagers[server.package.packageManager.value]
    return tests.apart ? `${run} ${BILLING_SCRIPT}` : `${exec} vitest run`
  },
  readOwnTests: ({ tests }) =>
    hostRunners.find(({ name }) => name === tests.hostRunner?.value)?.read ?? null,
  runTests:
    ({ tests, server }, layout) =>
    (root, runs, only) => {
      const config = tests.apart && posix.relative(server.package.dir, layout.pathOf(CONFIG))
      return runVitest(root, config, runs, only)
    },
}
