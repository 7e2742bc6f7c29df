import { randomUUID } from 'node:crypto'
import { execa } from 'execa'
import pg from 'pg'
import { describe, expect } from 'vitest'
import type { Result } from '../../../../src/types.js'
import { addDeepSuite } from '../../suite.js'
import { hostCopy, REQUEST, runCli } from '../../../support/host-copy.js'
import { testDatabase } from '../../../support/test-database.js'
import type { GeneratedSupport } from './generated.js'

export const WEBHOOK_SECRET = 'polar_whs_only_for_tests'

/** Tests that need connections that are at work at once, which the embedded PostgreSQL has not. */
export function describeOnServer(name: string, tests: () => void): void {
  if (process.env['TEST_DATABASE_URL']) describe(name, tests)
  else describe.skip(`${name}: needs the PostgreSQL server of TEST_DATABASE_URL`, tests)
}

/** Plans, and something that is paid once. */
const PLANS_AND_PRODUCT = `${REQUEST}; lifetime licence $240 once`

/** The fixture host with billing, as the command leaves it, and the deep suite beside its tests. */
export async function billingHost(): Promise<string> {
  const host = await hostCopy()
  const run = await runCli(host, [PLANS_AND_PRODUCT, '--yes', '--json', '--no-verify'])
  expect(run.exitCode, run.stdout).toBe(0)
  addDeepSuite(host, run.events().at(-1) as unknown as Result)
  return host
}

export interface HostDatabase {
  url: string
  pool: pg.Pool
  query: <Row extends pg.QueryResultRow>(sql: string, params?: unknown[]) => Promise<Row[]>
  drop(): Promise<void>
}

/** A database of its own with the host's tables, made as the host's owner makes them. */
export async function hostDatabase(host: string): Promise<HostDatabase> {
  const empty = await testDatabase(host)
  const { url } = empty
  await execa('npm', ['run', 'migrate'], { cwd: host, env: baseEnv(url) })
  const pool = new pg.Pool({ connectionString: url, max: 8 })
  // A test may end its own connections on purpose.
  pool.on('error', () => {})
  return {
    url,
    pool,
    query: async <Row extends pg.QueryResultRow>(sql: string, params: unknown[] = []) =>
      (await pool.query<Row>(sql, params)).rows,
    drop: async () => {
      await pool.end()
      await empty.drop()
    },
  }
}

function baseEnv(databaseUrl: string): Record<string, string> {
  return { DATABASE_URL: databaseUrl, JWT_SECRET: 'only-for-tests' }
}

/** The environment of an app whose Polar is at `polarUrl`; a closed port when there is none. */
export function billingEnv(
  databaseUrl: string,
  { prices, products, ACCESS_TOKEN }: GeneratedSupport,
  polarUrl = 'http://127.0.0.1:9',
): Record<string, string> {
  return {
    ...baseEnv(databaseUrl),
    POLAR_ACCESS_TOKEN: ACCESS_TOKEN,
    POLAR_WEBHOOK_SECRET: WEBHOOK_SECRET,
    POLAR_API_URL: polarUrl,
    FRONTEND_URL: 'https://app.example.com',
    ...Object.fromEntries(
      [...prices, ...products].map(({ variable, productId }) => [variable, productId]),
    ),
  }
}

/** Users of the app who have signed up, by id. */
export async function addUsers(database: HostDatabase, ids: string[]): Promise<void> {
  await database.query(
    `insert into users (id, email, password_hash)
     select id, id || '@example.com', 'none' from unnest($1::uuid[]) as id`,
    [ids],
  )
}

export function newIds(count: number): string[] {
  return Array.from({ length: count }, () => randomUUID())
}
