import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ManualStep, Result } from '../../src/types.js'
import { discard } from '../support/discard.js'
import { hostCopy, REQUEST, runCli } from '../support/host-copy.js'
import { doByHand } from '../support/manual-steps.js'
import { startApp, type RunningApp } from '../support/running-app.js'
import { differences, snapshot } from '../support/snapshot.js'
import { KEYS, startTerminal } from '../support/terminal.js'
import {
  addUsers,
  hostDatabase,
  newIds,
  type HostDatabase,
} from './billing-core/support/billing-host.js'
import { sessionOf } from './usage/support/traffic.js'

const USAGE = 'usage-based billing for API calls, $49 base + $0.01 per API call over 10k'
const TWO_METERS = 'Pro $49/mo + $0.01 per API call + $0.25 per report'
const STORAGE = 'base $29/mo + $0.10 per GB storage over 100GB'
const APP = 'server/app.ts'
const QUICK = ['--yes', '--json', '--no-install', '--no-verify']

describe('which requests count', () => {
  let host: string
  beforeEach(async () => {
    host = await hostCopy({ packages: false })
  })
  afterEach(() => discard(host))

  async function run(
    args: string[],
  ): Promise<{ result: Result; events: Record<string, unknown>[] }> {
    const ran = await runCli(host, args)
    const events = ran.events()
    const result = events.at(-1) as unknown as Result
    expect(result.exitCode).toBe(ran.exitCode)
    expect(ran.stderr).toBe('')
    return { result, events }
  }
  const app = (): Promise<string> => readFile(join(host, APP), 'utf8')

  test('is a step by hand without an answer: exit 8, and a plan says so', async () => {
    const { result: plan } = await run(['plan', USAGE, '--json'])
    expect(plan).toMatchObject({ status: 'planned', exitCode: 0 })
    const { result } = await run([USAGE, ...QUICK])
    expect(result).toMatchObject({ status: 'manual', exitCode: 8 })
    expect(result.manualSteps).toEqual([
      {
        file: APP,
        snippet: expect.stringContaining("trackUsage('api-calls')") as string,
        reason: expect.stringContaining('/api/projects, /api/entries') as string,
      },
    ])
    expect(plan.manualSteps).toEqual(result.manualSteps)
    expect(await app()).not.toContain('trackUsage')

    const before = snapshot(host)
    const { result: again } = await run([USAGE, ...QUICK])
    expect(again).toMatchObject({ status: 'manual', exitCode: 8, changes: [] })
    expect(differences(before, snapshot(host))).toEqual([])
  })

  test('is what --track names; nothing is left, with the flag and later without', async () => {
    const flags = ['--track', '/api/projects', '--track', '/api/entries']
    const { result } = await run([USAGE, ...QUICK, ...flags])
    expect(result).toMatchObject({ status: 'ok', exitCode: 0, manualSteps: [] })
    expect(result.assumptions.map(({ value }) => value)).toContain(
      'requests to /api/projects, /api/entries',
    )
    const code = await app()
    for (const name of ['projects', 'entries']) {
      const mount = `app.use('/api/${name}', requireAuth, trackUsage('api-calls'), ${name}Router);`
      expect(code).toContain(mount)
    }
    for (const args of [flags, [], ['--track', '/api/entries/']]) {
      const { result: again } = await run([USAGE, ...QUICK, ...args])
      expect(again).toMatchObject({ status: 'unchanged', exitCode: 0, manualSteps: [] })
    }
    expect(await app()).toBe(code)
  })

  test('is nothing that is not there: the routes are listed, exit 2, nothing written', async () => {
    const before = snapshot(host)
    for (const route of ['/api/nope', '/api/health', '/api/billing', '/api/project']) {
      const { result, events } = await run([USAGE, ...QUICK, '--track', route])
      expect(result).toMatchObject({ exitCode: 2, changes: [] })
      expect(events).toContainEqual(
        expect.objectContaining({ type: 'error', code: 'route_not_found' }),
      )
      expect(events.find(({ type }) => type === 'needs_input')).toMatchObject({
        missing: [
          {
            field: 'usage.api-calls',
            choices: ['/api/projects', '/api/entries', '/api/changelog'],
            flag: '--track <route>',
            resume: expect.stringMatching(/--track '<route>'$/) as string,
          },
        ],
      })
    }
    expect(differences(before, snapshot(host))).toEqual([])
  })

  test('is said for each of two meters', async () => {
    const { result, events } = await run([TWO_METERS, ...QUICK, '--track', '/api/projects'])
    expect(result).toMatchObject({ exitCode: 2, changes: [] })
    expect(events.find(({ type }) => type === 'needs_input')).toMatchObject({
      missing: [
        {
          choices: ['api-calls=/api/projects', 'reports=/api/projects'],
          resume: expect.stringMatching(/--track '<meter>=\/api\/projects'$/) as string,
        },
      ],
    })
    const one = ['--track', 'api-calls=/api']
    const { result: left } = await run([TWO_METERS, ...QUICK, ...one])
    expect(left).toMatchObject({ status: 'manual', exitCode: 8 })
    expect(left.manualSteps).toMatchObject([
      { snippet: expect.stringContaining("trackUsage('reports')") as string },
    ])
    const both = [...one, '--track', 'reports=/api/entries']
    const { result: done } = await run([TWO_METERS, ...QUICK, ...both])
    expect(done).toMatchObject({ status: 'ok', exitCode: 0, manualSteps: [] })
    expect(await app()).toMatch(/'\/api\/entries',\s+requireAuth,[^;]*'reports'[^;]*entriesRouter/)
    const { result: again } = await run([TWO_METERS, ...QUICK])
    expect(again).toMatchObject({ status: 'unchanged', exitCode: 0 })
  })

  test('says nothing of what is a sum: that stays a step by hand', async () => {
    const { result } = await run([STORAGE, ...QUICK])
    expect(result).toMatchObject({ status: 'manual', exitCode: 8 })
    expect(result.manualSteps).toMatchObject([
      { snippet: expect.stringContaining('quantity') as string },
    ])
    const named = await run([STORAGE, ...QUICK, '--track', '/api/projects'])
    expect(named.result.exitCode).toBe(2)
  })

  test.each([
    ['where nothing is paid by use', REQUEST, '/api/projects', 'track_without_usage'],
    ['as code', USAGE, "/api'); process.exit(1); ('", 'invalid_track'],
    ['as a path of a file', USAGE, '../../etc/passwd', 'invalid_track'],
    ['for no meter of the request', USAGE, 'seats=/api/projects', 'unknown_meter'],
  ])('is wrong usage %s, exit 2, nothing written', async (_, request, route, code) => {
    const before = snapshot(host)
    const { result, events } = await run([request, ...QUICK, '--track', route])
    expect(result).toMatchObject({ exitCode: 2, changes: [] })
    expect(events).toContainEqual(expect.objectContaining({ type: 'error', code }))
    expect(differences(before, snapshot(host))).toEqual([])
  })

  test.each([
    [
      'those that are chosen count',
      [KEYS.down, ' ', KEYS.enter],
      'usage.api-calls: requests to /api/entries,',
    ],
    ['none leaves it to be done by hand', [KEYS.enter], `by hand afterwards: ${APP}`],
  ])('is asked in a terminal: %s', async (_, keys, shown) => {
    const before = snapshot(host)
    const flags = ['--no-install', '--no-verify', '--no-trial']
    const terminal = startTerminal([USAGE, ...flags], { cwd: host, cols: 120 })
    await terminal.waitFor('Requests to which routes count as API calls?')
    await terminal.waitFor('/api/changelog')
    for (const key of keys) terminal.write(key)
    await terminal.waitFor('Write these changes?')
    await terminal.waitFor('Cancel')
    expect(terminal.words()).toContain(shown)
    terminal.write(KEYS.escape)
    expect(await terminal.exit).toBe(0)
    expect(differences(before, snapshot(host))).toEqual([])
  })

  test('the result has prices, routes, tables, pages and coded steps', async () => {
    const { result } = await run(['plan', USAGE, '--json'])
    expect(result.prices).toEqual([
      { name: 'Base', price: '$49.00 per month', note: '' },
      { name: 'API calls', price: '$0.01 per API call', note: '10,000 included, with base' },
    ])
    expect(result.routes).toContainEqual({ method: 'GET', path: '/api/usage/current' })
    expect(result.tables).toEqual(expect.arrayContaining(['subscriptions', 'api_usage']))
    expect(result.pages).toEqual([
      { path: '/pricing', file: 'client/src/pages/PricingPage.tsx' },
      { path: '/billing', file: 'client/src/pages/BillingPage.tsx' },
    ])
    const { result: written } = await run([USAGE, ...QUICK])
    expect(written.nextSteps.map(({ code }) => code)).toEqual([
      ...['install_packages', 'create_products', 'set_environment', 'create_webhook'],
      ...['run_migration', 'describe_plans', 'read_docs'],
    ])
  })
})

describe('the app that counts', () => {
  const [alice, bob] = newIds(2) as [string, string]
  const secret = 'only-for-tests'
  let host: string
  let database: HostDatabase
  let app: RunningApp

  async function command(...args: string[]): Promise<Result> {
    const run = await runCli(host, [USAGE, '--yes', '--json', '--no-verify', ...args])
    return run.events().at(-1) as unknown as Result
  }

  beforeAll(async () => {
    host = await hostCopy()
    // One route by the step that is left to a person, done as it says.
    const left = await command()
    expect(left).toMatchObject({ status: 'manual', exitCode: 8 })
    const [step] = left.manualSteps as [ManualStep]
    expect(step.snippet).toContain("app.use('/api/projects', trackUsage('api-calls'))")
    await doByHand(host, step, "app.use('/api/projects'")
    expect(await command()).toMatchObject({ status: 'unchanged', exitCode: 0, manualSteps: [] })
    // The rest by flags, of which one has the other in it.
    const named = await command('--track', '/api/auth/me', '--track', '/api/auth')
    expect(named).toMatchObject({ status: 'ok', exitCode: 0, manualSteps: [] })
    expect(named.changes.map(({ path }) => path).sort()).toEqual([
      ...[APP, 'server/routes/auth.routes.ts'],
    ])
    // Somebody puts it before billing itself.
    const path = join(host, APP)
    const code = await readFile(path, 'utf8')
    expect(code).toContain("app.use('/api/auth', trackUsage('api-calls'), authRouter);")
    const line = "app.use('/api/usage', trackUsage('api-calls'));\n  "
    await writeFile(path, code.replace("app.use('/api/usage'", `${line}$&`))
    await execa('npx', ['tsc', '--noEmit'], { cwd: host })

    database = await hostDatabase(host)
    await addUsers(database, [alice, bob])
    app = await startApp(host, {
      DATABASE_URL: database.url,
      JWT_SECRET: secret,
      POLAR_ACCESS_TOKEN: 'polar_oat_only_for_tests',
      POLAR_WEBHOOK_SECRET: 'polar_whs_only_for_tests',
      POLAR_PRODUCT_BASE_MONTHLY: '6d2c9e1f-0000-4000-8000-000000000001',
      POLAR_API_URL: 'http://127.0.0.1:9',
    })
  })
  afterAll(async () => {
    await app.stop()
    await database.drop()
    await discard(host)
  })

  async function ask(path: string, userId?: string, body?: object): Promise<Response> {
    const headers = {
      'content-type': 'application/json',
      ...(userId !== undefined && { cookie: sessionOf(userId, secret) }),
    }
    const request = body ? { method: 'POST', body: JSON.stringify(body) } : {}
    return fetch(app.url + path, { ...request, headers })
  }

  test('counts each request to a route that was named once, and no other', async () => {
    const made = await ask('/api/projects', alice, { name: 'Apollo' })
    expect(made.status).toBe(201)
    const { project } = (await made.json()) as { project: { id: string } }
    for (const [path, status, ...users] of [
      ['/api/projects', 200, alice, alice, bob],
      ['/api/auth/me', 200, alice, alice, alice],
      [`/api/entries?project=${project.id}`, 200, alice],
      ['/api/usage/current', 200, alice],
      ['/api/health', 200, alice],
      ['/api/auth/me', 401, undefined],
      ['/api/projects', 401, undefined],
      ['/api/nothing', 404, alice],
    ] as const) {
      for (const user of users) expect((await ask(path, user)).status).toBe(status)
    }
    // What is asked to end writes what it has counted.
    await app.stop()
    const rows = await database.query(
      `select user_id, meter, source, sum(quantity)::integer as requests from api_usage
       group by 1, 2, 3 order by source, requests`,
    )
    const counted = (user_id: string, source: string, requests: number) => {
      return { user_id, meter: 'api-calls', source, requests }
    }
    expect(rows).toEqual([
      counted(alice, 'GET /api/auth/me', 3),
      counted(bob, 'GET /api/projects/', 1),
      counted(alice, 'GET /api/projects/', 2),
      counted(alice, 'POST /api/projects/', 1),
    ])
  })
})
