import { posix } from 'node:path'
import { runsOwnMigrations } from '../stacks/databases/own-migrations.js'
import { stackOf } from '../stacks/registry.js'
import type { ConnectionSetting, HostProfile } from '../types.js'

/** What templates can name of the database. */
export interface DatabaseData {
  /** As people call the library that the app has for it: 'Prisma'. */
  databaseLabel: string
  /** Its one variable, and what reads it; null where the settings are several. */
  poolUrl: { variable: string; expression: string } | null
  /** What else billing's own pool is made from; empty with the app's own. */
  poolSettings: { option: string; expression: string }[]
  /** Whether the database is on the same machine, where a setting asks for it. */
  localTest: string | null
  /** Tests set these variables, to reach a database of their own. */
  testVariables: { name: string; part: string }[]
  /** Some of them are parts of an address. */
  testsSetParts: boolean
  /** The PostgreSQL schema of billing's tables; null for that of the host's. */
  billingSchema: string | null
  /** How tests name this machine, which some hosts ask for to know whether to use TLS. */
  testHost: 'localhost' | '127.0.0.1'
  /** A database of its own for each test file, as schemas have fixed names. */
  testsNeedDatabases: boolean
  /** Schemas that tests have to make for the users table: 'auth'. */
  usersSchema: string | null
  /** Where the applied migrations of billing are listed. */
  migrationsTable: string
  /** As billing's own script names it. */
  migrationsFolder: string
  /** They have no way back, as what runs them knows none. */
  plainMigrations: boolean
}

const PARTS: Record<Exclude<ConnectionSetting['option'], 'ssl'>, string> = {
  connectionString: 'databaseUrl',
  host: 'hostname',
  port: 'port',
  user: 'decodeURIComponent(username)',
  password: 'decodeURIComponent(password)',
  database: 'pathname.slice(1)',
}

export function databaseData(host: HostProfile): DatabaseData {
  const { database, server } = host
  const { connection, settings, schema, urlVariable } = database
  const { tool, dir } = database.migrations.value
  const given = settings.flatMap(({ option, expression }) =>
    connection === null && expression !== null ? [{ option, expression }] : [],
  )
  const url = given.find(({ option }) => option === 'connectionString') ?? null
  const poolUrl =
    url && urlVariable !== null ? { variable: urlVariable, expression: url.expression } : null
  const asksIfLocal = given.some(({ expression }) => expression.startsWith('isLocal '))
  const testVariables = settings.flatMap(({ option, variables, parts }) =>
    variables.flatMap((name) => {
      const given = parts?.[name] ?? option
      return given === 'ssl' ? [] : [{ name, part: PARTS[given] }]
    }),
  )
  const [, usersSchema = null] = (database.users?.value.table ?? '').split('.').reverse()
  return {
    databaseLabel: stackOf('databases', database.stack.value).label,
    poolUrl,
    poolSettings: poolUrl ? given.filter((one) => one !== url) : given,
    localTest: asksIfLocal ? localTest(poolUrl !== null, given) : null,
    testVariables,
    testsSetParts: testVariables.some(({ part }) => part !== PARTS.connectionString),
    testHost: settings.some(
      ({ option, expression }) => option === 'ssl' && /localhost/.test(expression ?? ''),
    )
      ? 'localhost'
      : '127.0.0.1',
    billingSchema: schema,
    testsNeedDatabases: schema !== null || usersSchema !== null,
    usersSchema,
    migrationsTable: schema === null ? 'billing_migrations' : 'migrations',
    migrationsFolder: posix.relative(server.package.dir, dir),
    plainMigrations: tool === 'sql-runner' || runsOwnMigrations(host),
  }
}

function localTest(hasUrl: boolean, settings: { option: string; expression: string }[]): string {
  if (hasUrl) return '/[@/](localhost|127\\.0\\.0\\.1|\\[::1\\])[:/]/.test(connectionString)'
  const find = (name: string) => settings.find(({ option }) => option === name)?.expression
  const host = find('host') ?? "process.env['PGHOST']"
  const url = find('connectionString')
  const isHost = `['localhost', '127.0.0.1', '::1'].includes(${operand(host)} ?? 'localhost')`
  return url === undefined
    ? isHost
    : `/[@/](localhost|127\\.0\\.0\\.1)[:/]/.test(${operand(url)} ?? '')`
}

/** JavaScript takes no `??` beside an `||` or a condition without parentheses. */
function operand(expression: string): string {
  return /\|\||&&|\?[^?.]/.test(expression.replaceAll('??', '')) ? `(${expression})` : expression
}
