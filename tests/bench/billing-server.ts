import { randomUUID } from 'node:crypto'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import pg from 'pg'
import { discard } from '../support/discard.js'
import { hostCopy, REQUEST, runCli } from '../support/host-copy.js'
import { testDatabase } from '../support/test-database.js'

export const SECRET = 'polar_whs_only_for_the_bench'
export const PRODUCT = '6d2c9e1f-0000-4000-8000-000000000001'

/** A host with billing in it, on an empty database of a real PostgreSQL, and users to bill. */
export interface BillingServer {
  root: string
  env: Record<string, string>
  users: string[]
  query: <Row extends pg.QueryResultRow>(sql: string, params?: unknown[]) => Promise<Row[]>
  /** Puts a program of the bench beside the host's packages. */
  place(program: string): Promise<void>
  discard(): Promise<void>
}

const USERS = 500

/**
 * @param request what the host is generated for
 * @param flags of the command besides
 */
export async function billingServer(
  request = REQUEST,
  flags: string[] = [],
): Promise<BillingServer> {
  const root = await hostCopy()
  const run = await runCli(root, [request, '--yes', '--json', '--no-verify', ...flags])
  if (run.exitCode !== 0) throw new Error(`The host was not generated:\n${run.stdout}`)
  const database = await testDatabase(root)
  const pool = new pg.Pool({ connectionString: database.url })
  const env = {
    DATABASE_URL: database.url,
    JWT_SECRET: 'only-for-the-bench',
    POLAR_ACCESS_TOKEN: 'polar_oat_only_for_the_bench',
    POLAR_WEBHOOK_SECRET: SECRET,
    POLAR_PRODUCT_ID_PRO: PRODUCT,
  }
  await execa('npm', ['run', 'migrate'], { cwd: root, env })
  const users = Array.from({ length: USERS }, () => randomUUID())
  await pool.query(
    `insert into users (id, email, password_hash)
     select id, id || '@example.com', 'none' from unnest($1::uuid[]) as id`,
    [users],
  )
  return {
    root,
    env,
    users,
    query: async <Row extends pg.QueryResultRow>(sql: string, params: unknown[] = []) =>
      (await pool.query<Row>(sql, params)).rows,
    place: (program) => cp(fileURLToPath(new URL(program, import.meta.url)), join(root, program)),
    async discard() {
      await pool.end()
      await database.drop()
      await discard(root)
    },
  }
}
