import { posix } from 'node:path'
import type { Contribution, StackInput } from '../../features/contribution.js'
import { envExampleEdit, envPlace } from '../../features/env-example.js'
import { runnerPackages, scriptCommand } from '../../features/script-command.js'
import { runFromRoot } from '../../packages/from-root.js'
import { packageManagers } from '../../packages/package-managers.js'
import type { HostProfile } from '../../types.js'
import { runsOwnMigrations } from './own-migrations.js'

const POOL = 'server/billing/pool.ts'
const MIGRATE = 'server/scripts/migrate-billing.ts'

/**
 * Billing's adapter over node-postgres, with the app's Pool or a small one of its own, and the way
 * its migrations are run: by the host's tool, or beside it.
 */
export function pgContribution({ host, layout }: StackInput): Partial<Contribution> {
  const { connection, migrations } = host.database
  const { tool, run } = migrations.value
  const isOwn = connection === null
  const isTypeScript = host.server.package.language.value === 'typescript'
  const env = host.database.newVariables.map((name) => ({
    name,
    value: '',
    comment:
      name === 'PGPASSWORD'
        ? "Password of the app's database, for billing"
        : "Address of the app's database, for billing: postgres://user:password@host:5432/name",
  }))
  const wantsScript = runsOwnMigrations(host)
  const command = scriptCommand(host.server.scripts.value, layout, MIGRATE)
  const { devDependencies } = wantsScript ? runnerPackages(command) : { devDependencies: {} }
  return {
    wants: (logical) => {
      if (logical === POOL) return isOwn
      return logical === MIGRATE ? wantsScript : true
    },
    scripts: wantsScript ? { [run]: command } : scriptsOf(host),
    packages: {
      dependencies: {
        ...(isOwn && { pg: '^8.16.0' }),
        ...(tool === 'none' && !wantsScript && { 'node-pg-migrate': '^8.0.0' }),
      },
      devDependencies: {
        ...devDependencies,
        ...(isOwn && isTypeScript && { '@types/pg': '^8.15.0' }),
      },
    },
    anyVersion: ['pg', '@types/pg'],
    ...(env.length > 0 && { env, edits: [envExampleEdit(host, env)] }),
    nextSteps: [
      ...(env.length > 0
        ? [
            {
              code: 'set_database',
              text: `Put ${env.map(({ name }) => name).join(' and ')} into ${envPlace(host)}: billing reaches the app's database with it`,
            },
          ]
        : []),
      {
        code: 'run_migration',
        text: `${wantsScript && runsBuilt(host) ? 'Build the server, then migrate' : 'Migrate'} the database: ${runFromRoot(host)} ${run}`,
      },
    ],
  }
}

/** No script of the host's runs its source: ours run from the build as well. */
function runsBuilt({ server }: HostProfile): boolean {
  const { command, built } = server.scripts.value
  return command === null && built !== null
}

function scriptsOf(host: HostProfile): Record<string, string> {
  const { database, server } = host
  const { script, dir, run } = database.migrations.value
  if (script === run) return {}
  if (script !== null) return { [run]: `${runWords(host)} ${script}` }
  const folder = posix.relative(server.package.dir, dir)
  const command = `node-pg-migrate up -m ${folder} -d ${database.urlVariable}`
  const path = host.env.file && posix.relative(server.package.dir, host.env.file.value)
  return { [run]: path === null || path === '.env' ? command : `${command} --envPath ${path}` }
}

/** 'npm run' */
function runWords({ packageManager }: HostProfile): string {
  return packageManagers[packageManager.value].run
}
