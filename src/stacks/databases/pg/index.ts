import type { Contribution } from '../../../features/contribution.js'
import { packageManagers, type PackageManager } from '../../../packages/package-managers.js'
import type { HostProfile } from '../../../types.js'
import type { DatabaseStack } from '../stack.js'
import { detectPg } from './detect/index.js'

/** The adapter over the host's Pool, and the way migrations are run. */
export const pg: DatabaseStack = {
  name: 'pg',
  kind: 'databases',
  package: 'pg',
  detect: detectPg,
  contribute: ({ host }) => ({
    ...migrationTool(host),
    nextSteps: [
      {
        code: 'run_migration',
        text: `Migrate the database: ${commandsOf(host).run} migrate`,
      },
    ],
  }),
}

function migrationTool(host: HostProfile): Partial<Contribution> {
  const { tool, dir, script } = host.database.migrations.value
  if (script === 'migrate') return {}
  if (script !== null) return { scripts: { migrate: `${commandsOf(host).run} ${script}` } }
  const migrate = `node-pg-migrate up -m ${dir} -d ${host.database.urlVariable}`
  return {
    scripts: { migrate },
    ...(tool === 'none' && {
      packages: { dependencies: { 'node-pg-migrate': '^8.0.0' }, devDependencies: {} },
    }),
  }
}

function commandsOf({ packageManager }: HostProfile): PackageManager {
  return packageManagers[packageManager.value]
}
