import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Result } from '../../src/types.js'
import { hostCopy, REQUEST, runCli, type CliRun } from '../support/host-copy.js'
import { discard } from '../support/discard.js'
import { differences, snapshot } from '../support/snapshot.js'
import { testDatabase } from '../support/test-database.js'

describe('three tiers in an Express, pg and React host', () => {
  let host: string
  let run: CliRun
  let result: Result
  let before: Map<string, string>

  beforeAll(async () => {
    host = await hostCopy()
    before = snapshot(host)
    run = await runCli(host, [REQUEST, '--yes', '--json'])
    result = run.events().at(-1) as unknown as Result
  })
  afterAll(() => discard(host))

  test('ends with exit 0 and a result of status ok', () => {
    expect(result).toMatchObject({ type: 'result', version: 1, status: 'ok', exitCode: 0 })
    expect(run.exitCode).toBe(0)
    expect(result.manualSteps).toEqual([])
  })

  test('prints NDJSON only, one phase after the other, the result last', () => {
    const events = run.events()
    expect(events.filter((event) => event['type'] === 'result')).toHaveLength(1)
    const open: unknown[] = []
    for (const event of events.filter((one) => one['type'] === 'phase')) {
      if (event['status'] === 'start') open.push(event['name'])
      else expect(open.pop()).toBe(event['name'])
    }
    expect(open).toEqual([])
    expect(run.stderr).toBe('')
  })

  test('says before it writes that the tests of the host are run', () => {
    const events = run.events()
    const warned = events.findIndex(({ code }) => code === 'host_tests_run')
    const written = events.findIndex(({ name }) => name === 'writing')
    expect(warned).toBeGreaterThan(-1)
    expect(warned).toBeLessThan(written)
    expect(events[warned]?.['hint']).toContain('--no-verify')
  })

  test('says while it checks how many tests have run', () => {
    const progress = run
      .events()
      .filter(({ type, name }) => type === 'progress' && name === 'verification')
    const seconds = progress.map((event) => Number(event['elapsed']))
    expect(seconds.length).toBeGreaterThan(2)
    expect(seconds).toEqual([...seconds].sort((a, b) => a - b))
    const tests = progress.filter(({ detail }) => detail === 'tests')
    const done = tests.map((event) => Number(event['done']))
    expect(done).toEqual([...done].sort((a, b) => a - b))
    expect(done.at(-1)).toBeGreaterThan(0)
    expect(tests.map(({ failed }) => failed)).toEqual(tests.map(() => 0))
  })

  test('verified itself: types, tests, order of mounts', () => {
    expect(result.verification).toMatchObject({
      typecheck: { status: 'passed' },
      tests: { status: 'passed', failed: 0 },
      mountOrder: { status: 'passed' },
    })
    expect(result.verification?.tests.generatedPassed).toBeGreaterThanOrEqual(89)
    expect(result.verification?.tests.hostPassed).toBeGreaterThan(0)
  })

  test('touched only what the result lists, the lock file and the packages', () => {
    const listed = new Set(result.changes.map((change) => change.path))
    const touched = differences(before, snapshot(host)).filter(
      (path) => !/^(node_modules|\.integrate-polar)(\/|$)/.test(path) && path.includes('.'),
    )
    const surprising = touched.filter((path) => !listed.has(path))
    expect(surprising.filter((path) => path !== 'package-lock.json')).toEqual([])
  })

  test('typechecks as the host does', async () => {
    await execa('npx', ['tsc', '--noEmit'], { cwd: host })
  })

  test('typechecks under the strictest options', async () => {
    const server = result.changes
      .map((change) => change.path)
      .filter((path) => /\.tsx?$/.test(path) && path.startsWith('server/'))
    const config = {
      extends: './tsconfig.json',
      compilerOptions: { noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true },
      include: [],
      files: server,
    }
    const file = join(host, 'tsconfig.strictest.json')
    await writeFile(file, JSON.stringify(config))
    await execa('npx', ['tsc', '--noEmit', '--project', file], { cwd: host })
    await execa('rm', [file])
  })

  test('leaves nothing for the host’s formatter to change', async () => {
    const files = result.changes.map((change) => change.path)
    await execa('npx', ['prettier', '--check', '--ignore-unknown', ...files], { cwd: host })
  })

  test('passes npm test with at least 89 new tests in six groups', async () => {
    const report = join(host, 'node_modules/report.json')
    await execa('npm', ['test', '--', '--reporter=json', `--outputFile=${report}`], { cwd: host })
    const { testResults } = JSON.parse(await readFile(report, 'utf8')) as {
      testResults: { assertionResults: { status: string; ancestorTitles: string[] }[] }[]
    }
    const counts = new Map<string, number>()
    for (const one of testResults.flatMap((file) => file.assertionResults)) {
      const group = one.ancestorTitles[0] ?? ''
      if (one.status === 'passed') counts.set(group, (counts.get(group) ?? 0) + 1)
    }
    const inGroup = (name: string): number =>
      [...counts].filter(([group]) => group.startsWith(name)).reduce((sum, [, n]) => sum + n, 0)
    expect(inGroup('Checkout flow')).toBeGreaterThanOrEqual(15)
    expect(inGroup('Webhook processing')).toBeGreaterThanOrEqual(22)
    expect(inGroup('Subscription lifecycle')).toBeGreaterThanOrEqual(18)
    expect(inGroup('Upgrade and downgrade')).toBeGreaterThanOrEqual(12)
    expect(inGroup('Cancellation')).toBeGreaterThanOrEqual(8)
    expect(inGroup('Error handling')).toBeGreaterThanOrEqual(14)
  })

  test('covers at least 94 % of the lines of the generated server code by generated tests', async () => {
    const paths = result.changes.filter(({ action }) => action === 'create').map(({ path }) => path)
    const tests = paths.filter((path) => path.endsWith('.test.ts'))
    const server = paths.filter((path) => path.startsWith('server/'))
    const manifest = await readFile(join(host, 'node_modules/vitest/package.json'), 'utf8')
    const { version } = JSON.parse(manifest) as { version: string }
    const provider = `@vitest/coverage-v8@${version}`
    await execa('npm', ['install', '--no-save', '--no-audit', '--no-fund', provider], { cwd: host })
    const reports = join(host, 'node_modules/.coverage')
    await execa(
      'npx',
      [
        ...['vitest', 'run', ...tests, '--coverage', '--coverage.reporter=json-summary'],
        ...[`--coverage.reportsDirectory=${reports}`],
        ...server.map((path) => `--coverage.include=${path}`),
      ],
      { cwd: host },
    )
    const { total } = JSON.parse(
      await readFile(join(reports, 'coverage-summary.json'), 'utf8'),
    ) as { total: { lines: { pct: number; total: number } } }
    console.log(`Lines covered: ${total.lines.pct} % of ${total.lines.total}`)
    expect(total.lines.pct).toBeGreaterThanOrEqual(94)
    // Files that no test loads count as well.
    expect(total.lines.total).toBeGreaterThan(400)
  })

  test('builds the front end', async () => {
    await execa('npm', ['run', 'build'], { cwd: host })
  })

  test('does nothing the second time', async () => {
    const settled = snapshot(host)
    const again = await runCli(host, [REQUEST, '--yes', '--json'])
    expect(again.events().at(-1)).toMatchObject({ status: 'unchanged', exitCode: 0, changes: [] })
    expect(differences(settled, snapshot(host))).toEqual([])
  })

  test('is taken back by undo, and the database by the SQL that undo gives', async () => {
    const database = await testDatabase(host)
    const { url } = database
    await execa('npm', ['run', 'migrate', '--', '2'], { cwd: host, env: { DATABASE_URL: url } })
    const earlier = await tablesIn(url)
    await execa('npm', ['run', 'migrate'], { cwd: host, env: { DATABASE_URL: url } })
    expect(await tablesIn(url)).toContain('webhook_events')
    const undone = await runCli(host, ['undo', '--json'])
    expect(undone.exitCode).toBe(0)
    const { nextSteps } = undone.events().at(-1) as unknown as Result
    const sql =
      /DROP TABLE IF EXISTS.*;/.exec(nextSteps.map(({ text }) => text).join('\n'))?.[0] ?? ''
    await queried(url, sql)
    expect(await tablesIn(url)).toEqual(earlier)
    const again = await execa('npm', ['run', 'migrate'], { cwd: host, env: { DATABASE_URL: url } })
    expect(again.stdout).toContain('No migrations to run')
    await database.drop()
    const left = differences(before, snapshot(host)).filter(
      (path) => !/^(node_modules|dist)(\/|$)/.test(path),
    )
    expect(left).toEqual([])
  })
})

async function queried(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const result = (await client.query(sql).finally(() => client.end())) as pg.QueryResult
  return result.rows as Record<string, unknown>[]
}

async function tablesIn(url: string): Promise<unknown[]> {
  const sql = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
  return (await queried(url, sql)).map(({ tablename }) => tablename)
}
