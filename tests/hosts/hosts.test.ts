/**
 * The whole way in every fixture host, as its owner goes it: the host as it was, the command from
 * its root without flags, the host afterwards, and its server on PostgreSQL with a signed webhook.
 */
import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { signDelivery } from '../../src/polar/signing.js'
import type { Result } from '../../src/types.js'
import { discard } from '../support/discard.js'
import { gitIn, commitAll } from '../support/git.js'
import { hostCopy, REQUEST, runCli } from '../support/host-copy.js'
import { subscriptionEvent } from '../support/polar-payloads.js'
import { testDatabase } from '../support/test-database.js'
import { factsOf, hostNames, type HostFacts } from './facts.js'
import { installAll, packagesOf, shell, typeErrors, type HostPackage } from './host-programs.js'
import { environmentOf, migrate, signIn, startHost } from './running-host.js'

const SECRET = 'polar_whs_only_for_tests'
const PRODUCT = '6d2c9e1f-0000-4000-8000-000000000001'
/** Written by installing, not by the plan. */
const LOCK_FILE = /(^|\/)(package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/

describe.concurrent('the command holds all the way', { timeout: 900_000 }, () => {
  test.each(hostNames())('in %s', async (name) => {
    const facts = factsOf(name)
    const host = await hostCopy({ of: name, packages: false })
    try {
      await commitAll(host)
      const packages = await packagesOf(host)
      await installAll(host, packages, facts)
      const before = await stateOf(host, packages)
      // What building has left is not the command's.
      await shell(host, 'git checkout --quiet . && git clean --quiet --force -d')
      const ignored = await ignoredFiles(host)

      const run = await runCli(host, [facts.request ?? REQUEST, '--yes', '--json'])
      const result = run.events().at(-1) as unknown as Result
      const errors = run.events().filter(({ type }) => type === 'error')
      expect(errors).toEqual([])
      expect(result.manualSteps.map(({ file }) => file)).toEqual(facts.manual ?? [])
      expect(run.exitCode).toBe(facts.manual ? 8 : 0)
      expect(result.verification?.tests.generatedPassed).toBeGreaterThanOrEqual(89)

      await expectOnlyWhatIsListed(host, result, ignored)
      await expectOtherLinesUntouched(host, result)
      const again = await runCli(host, [facts.request ?? REQUEST, '--yes', '--json'])
      // A step of the plan stays one until it is done; those of the checks are not asked for again.
      const { status, changes } = again.events().at(-1) as unknown as Result
      expect(changes).toEqual([])
      expect(facts.manual ? ['manual', 'unchanged'] : ['unchanged']).toContain(status)

      expectNotWorse(before, await stateOf(host, packages), result)

      await expectBilling(host, facts, result)
    } finally {
      await discard(host)
    }
  })
})

interface State {
  /** By package and script: whether it succeeds. */
  scripts: Map<string, boolean>
  /** By package. */
  typeErrors: Map<string, Set<string>>
}

async function stateOf(host: string, packages: HostPackage[]): Promise<State> {
  const state: State = { scripts: new Map(), typeErrors: new Map() }
  for (const { dir, scripts } of packages) {
    const errors = await typeErrors(host, dir)
    if (errors) state.typeErrors.set(dir, errors)
    for (const script of ['test', 'build', 'lint'].filter((one) => scripts[one] !== undefined)) {
      const { exitCode } = await shell(join(host, dir), `npm run ${script}`, { CI: 'true' })
      state.scripts.set(`${dir}: ${script}`, exitCode === 0)
    }
  }
  return state
}

function expectNotWorse(before: State, after: State, { verification }: Result): void {
  const broken = [...before.scripts].filter(([key, ok]) => ok && after.scripts.get(key) === false)
  // A house's own rules of style are a step that is left to its owner.
  const isLeft = (key: string): boolean =>
    key.endsWith(': lint') && verification?.lint.steps.length === 1
  expect(broken.filter(([key]) => !isLeft(key))).toEqual([])
  for (const [dir, errors] of after.typeErrors) {
    const known = before.typeErrors.get(dir)
    expect([...errors].filter((error) => !known?.has(error))).toEqual([])
  }
}

async function ignoredFiles(host: string): Promise<string[]> {
  const { stdout } = await gitIn(host)('status', '--porcelain', '--ignored')
  return stdout.split('\n').filter((line) => line.startsWith('!!'))
}

async function expectOnlyWhatIsListed(
  host: string,
  result: Result,
  ignored: string[],
): Promise<void> {
  const { stdout } = await gitIn(host)('status', '--porcelain', '--untracked-files=all')
  const listed = new Set(result.changes.map(({ path }) => path))
  const touched = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.slice(3))
  expect(touched.filter((path) => !listed.has(path) && !LOCK_FILE.test(path))).toEqual([])
  expect([...listed].filter((path) => !touched.includes(path))).toEqual([])
  const now = (await ignoredFiles(host)).filter(
    (line) => !/node_modules|\.integrate-polar/.test(line),
  )
  expect(now.filter((line) => !ignored.includes(line))).toEqual([])
}

/** Every line that a change leaves keeps its bytes: endings, indentation, byte order mark. */
async function expectOtherLinesUntouched(host: string, result: Result): Promise<void> {
  const git = gitIn(host)
  for (const { path, action } of result.changes) {
    if (action !== 'modify') continue
    const before = await execa('git', ['show', `HEAD:${path}`], { cwd: host, encoding: 'buffer' })
    const exact = await git('diff', '--numstat', '--', path)
    const loose = await git('diff', '--numstat', '--ignore-all-space', '--', path)
    const after = await readFile(join(host, path))
    // What is put into an element stands further in, and is otherwise as it was.
    const isIndented = after.includes('</BillingProvider>') && /^\d+\t0\t/.test(loose.stdout)
    if (!isIndented) expect([path, loose.stdout]).toEqual([path, exact.stdout])
    expect([path, endingsOf(after)]).toEqual([path, endingsOf(before.stdout)])
    expect([path, hasMark(after)]).toEqual([path, hasMark(before.stdout)])
  }
}

function endingsOf(text: Uint8Array): string[] {
  return [...new Set(Buffer.from(text).toString().match(/\r?\n/g))].sort()
}

/** A byte order mark. */
function hasMark(text: Uint8Array): boolean {
  return text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf
}

async function expectBilling(host: string, facts: HostFacts, result: Result): Promise<void> {
  const database = await testDatabase(join(host, facts.dir ?? ''))
  const env = {
    ...environmentOf(facts, database.url),
    POLAR_ACCESS_TOKEN: 'polar_oat_only_for_tests',
    POLAR_WEBHOOK_SECRET: SECRET,
    POLAR_PRODUCT_ID_PRO: PRODUCT,
    FRONTEND_URL: 'http://localhost:5173',
  }
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  try {
    for (const file of facts.schema ?? []) {
      await client.query(await readFile(join(host, file), 'utf8'))
    }
    await migrate(host, facts, migrationCommands(result), env)
    const app = await startHost(host, facts, env)
    try {
      await expectClosed(app.url, result)
      const headers = facts.login ? await signIn(app.url, facts.login) : null
      const userId = await newestUser(client, facts, result)
      expect(await deliver(app.url, userId, { valid: false })).toBe(403)
      expect(await deliver(app.url, userId, { valid: true })).toBe(202)
      const table = result.tables.find((one) => one.endsWith('subscriptions')) ?? ''
      expect(await firstRows(client, `select tier, status from ${table}`)).toEqual([
        { tier: 'pro', status: 'active' },
      ])
      if (headers) {
        const response = await fetch(`${app.url}/api/billing/subscription`, { headers })
        expect([response.status, await response.json()]).toMatchObject([200, { tier: 'pro' }])
      }
    } catch (error) {
      throw new Error(`The server printed:\n${app.output()}`, { cause: error })
    } finally {
      app.stop()
    }
  } finally {
    await client.end()
    await database.drop()
  }
}

/** What a query finds as soon as it finds something, for webhooks are applied after they are answered. */
async function firstRows(client: pg.Client, sql: string): Promise<unknown[]> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const { rows } = await client.query<Record<string, unknown>>(sql)
    if (rows.length > 0 || Date.now() > deadline) return rows
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** The commands that the run says are left to do for the database. */
function migrationCommands(result: Result): string[] {
  const step = result.nextSteps.find(({ code }) => code === 'run_migration')
  const command = /: (.+)$/.exec(step?.text ?? '')?.[1]
  return command === undefined ? [] : [command]
}

async function expectClosed(url: string, result: Result): Promise<void> {
  const open = /\/webhooks\/|\/billing\/plans$/
  for (const { method, path } of result.routes.filter((route) => !open.test(route.path))) {
    const response = await fetch(`${url}${path}`, { method })
    expect([method, path, response.status]).toEqual([method, path, 401])
  }
}

/** The user's id as Polar's `external_id`: integers carry the app's name. */
async function newestUser(client: pg.Client, facts: HostFacts, result: Result): Promise<string> {
  const found = result.host?.database.users?.value
  const sql =
    facts.user ?? `select ${found?.key} as id from ${found?.table} order by 1 desc limit 1`
  const { rows } = await client.query<{ id: string | number }>(sql)
  const id = String(rows[0]?.id)
  const words = result.host?.name.toLowerCase().match(/[a-z0-9]+/g) ?? []
  return /^\d+$/.test(id) ? `${words.join('-')}-${id}` : id
}

async function deliver(
  url: string,
  userId: string,
  { valid }: { valid: boolean },
): Promise<number> {
  const body = subscriptionEvent('subscription.active', {
    userId,
    productId: PRODUCT,
    subscriptionId: randomUUID(),
  })
  const { headers } = signDelivery(body, valid ? SECRET : 'polar_whs_another', randomUUID())
  const response = await fetch(`${url}/api/webhooks/polar`, { method: 'POST', headers, body })
  return response.status
}
