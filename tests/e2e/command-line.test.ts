import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Result } from '../../src/types.js'
import { discard } from '../support/discard.js'
import { executable, hostCopy, REQUEST, runCli, type CliRun } from '../support/host-copy.js'
import { differences, snapshot } from '../support/snapshot.js'

const RESULT_KEYS = [
  ...['type', 'version', 'status', 'exitCode', 'spec', 'host', 'found', 'assumptions', 'unclear'],
  ...['changes', 'packages', 'manualSteps', 'verification', 'nextSteps', 'warnings'],
  ...['prices', 'routes', 'tables', 'pages'],
].sort()

describe('the command line', () => {
  let host: string
  let before: Map<string, string>

  beforeEach(async () => {
    host = await hostCopy({ packages: false })
    before = snapshot(host)
  })
  afterEach(() => discard(host))

  function resultOf(run: CliRun): Result {
    const result = run.events().at(-1) as unknown as Result
    expect(Object.keys(result).sort()).toEqual(RESULT_KEYS)
    expect(result.exitCode).toBe(run.exitCode)
    expect(run.stderr).toBe('')
    return result
  }

  function expectUntouched(): void {
    expect(differences(before, snapshot(host))).toEqual([])
  }

  test.each([
    ['plan', ['plan', REQUEST, '--json', '--diff']],
    ['--dry-run', [REQUEST, '--dry-run', '--yes', '--json', '--diff']],
  ])('%s shows every change and writes nothing', async (_, args) => {
    const result = resultOf(await runCli(host, args))
    expect(result).toMatchObject({ status: 'planned', exitCode: 0 })
    const app = result.changes.find((change) => change.path === 'server/app.ts')
    expect(app?.action).toBe('modify')
    expect(app?.diff).toMatch(/^\+.*app\.use\('\/api\/webhooks\/polar'/m)
    expect(result.packages.dependencies).toHaveProperty('@polar-sh/sdk')
    expect(result.packages.dependencies).not.toHaveProperty('tsx')
    expectUntouched()
  })

  test('takes a currency written as a word', async () => {
    const result = resultOf(await runCli(host, ['plan', 'Pro 29 USD a month', '--json']))
    expect(result.spec?.tiers[0]?.prices).toMatchObject([{ amount: 2900, interval: 'month' }])
  })

  test('takes a list whose lines begin with a dash', async () => {
    const list = '- Free: 3 projects\n- Pro ($15/mo)'
    const result = resultOf(await runCli(host, ['plan', list, '--json']))
    expect(result.spec?.tiers.map(({ name }) => name)).toEqual(['Free', 'Pro'])
  })

  test('the same plan comes from the same time, byte for byte', async () => {
    const env = { SOURCE_DATE_EPOCH: '1764000000' }
    const first = await runCli(host, ['plan', REQUEST, '--json', '--diff'], env)
    const second = await runCli(host, ['plan', REQUEST, '--json', '--diff'], env)
    expect(withoutProgress(second.stdout)).toBe(withoutProgress(first.stdout))
    expect(first.stdout).toContain('20251124160000000_add-billing-tables.sql')
  })

  test('asks for nothing without a terminal: --yes is named and nothing written', async () => {
    const run = await runCli(host, [REQUEST, '--json'])
    expect(run.exitCode).toBe(2)
    expect(run.events()).toContainEqual(
      expect.objectContaining({
        type: 'needs_input',
        missing: [expect.objectContaining({ flag: '--yes' })],
      }),
    )
    resultOf(run)
    expectUntouched()
  })

  test('says so when nothing is to be sold', async () => {
    const run = await runCli(host, ['--json'])
    expect(run.exitCode).toBe(2)
    expect(run.stdout).toContain('needs_input')
    resultOf(run)
  })

  test.each([
    ['4 tiers: Free, Pro ($29/mo), Team ($59/mo)'],
    ['Pro at -$5/mo'],
    ['Pro ($19/mo) and Pro ($39/mo)'],
    ['add payments please'],
    // What a shell leaves of "Free, Pro ($29/mo), Enterprise ($99/mo)" in double quotes.
    ['3 tiers: Free, Pro (9/mo), Enterprise (9/mo)'],
  ])('is told what is unclear in %j, exit 3, nothing written', async (request) => {
    const result = resultOf(await runCli(host, [request, '--yes', '--json']))
    expect(result).toMatchObject({ status: 'unclear', exitCode: 3, changes: [] })
    expect(result.unclear.length).toBeGreaterThan(0)
    expectUntouched()
  })

  test('is told that nothing has a price, exit 4, nothing written', async () => {
    const run = await runCli(host, ['Free, Enterprise: talk to us', '--yes', '--json'])
    expect(resultOf(run)).toMatchObject({ status: 'unsupported', exitCode: 4, changes: [] })
    expect(run.stdout).toContain('nothing_for_sale')
    expectUntouched()
  })

  test('a folder without package.json is not supported, exit 4', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'integrate-polar-empty-'))
    const run = await runCli(empty, [REQUEST, '--yes', '--json'])
    expect(resultOf(run)).toMatchObject({ status: 'unsupported', exitCode: 4 })
    expect(run.stdout).toContain('package.json')
    expect([...snapshot(empty)]).toEqual([])
    await discard(empty)
  })

  test('a folder that is not there is said, exit 4', async () => {
    const run = await runCli(host, [REQUEST, '--yes', '--json', '--cwd', './no-such-folder'])
    expect(resultOf(run)).toMatchObject({ status: 'unsupported', exitCode: 4 })
    expectUntouched()
  })

  test('never overwrites a file with other content: exit 5, nothing written', async () => {
    const file = join(host, 'server/services/polar.service.ts')
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, 'export const mine = true\n')
    before = snapshot(host)
    const run = await runCli(host, [REQUEST, '--yes', '--json'])
    expect(resultOf(run)).toMatchObject({ status: 'conflict', exitCode: 5 })
    expect(run.stdout).toContain('server/services/polar.service.ts')
    expectUntouched()
  })

  test('leaves what was edited since the last run as it is, and only that', async () => {
    const args = [REQUEST, '--yes', '--no-install', '--no-verify', '--json']
    await runCli(host, args)
    const emails = join(host, 'server/billing/emails.ts')
    const edited = (await readFile(emails, 'utf8')) + 'export const mine = true\n'
    await writeFile(emails, edited)
    const again = resultOf(await runCli(host, args))
    expect(again).toMatchObject({ status: 'unchanged', exitCode: 0, changes: [] })
    expect(again.warnings).toContainEqual(expect.objectContaining({ code: 'edited_since' }))
    expect(await readFile(emails, 'utf8')).toBe(edited)

    const other = await runCli(host, ['Free, Pro $19/mo', ...args.slice(1)])
    expect(resultOf(other)).toMatchObject({ status: 'conflict', exitCode: 5 })
    const conflicts = other.stdout.split('\n').filter((line) => line.includes('"code":"conflict"'))
    expect(conflicts.join('\n')).toContain('server/config/polar.config.ts')
    expect(conflicts.join('\n')).not.toContain('emails.ts')
  })

  test('knows an edit only by a record that is its own', async () => {
    const args = [REQUEST, '--yes', '--no-install', '--no-verify', '--json']
    await runCli(host, args)
    const emails = join(host, 'server/billing/emails.ts')
    await writeFile(emails, 'export const mine = true\n')
    const stranger = await mkdtemp(join(tmpdir(), 'integrate-polar-state-'))
    const run = await runCli(host, args, { XDG_STATE_HOME: stranger })
    expect(resultOf(run)).toMatchObject({ status: 'conflict', exitCode: 5 })
    await discard(stranger)
  })

  test('an old SDK in the host is a conflict, not an upgrade behind its back', async () => {
    const file = join(host, 'package.json')
    const manifest = (await readFile(file, 'utf8')).replace(
      '"cookie-parser"',
      '"@polar-sh/sdk": "^0.49.0",\n    "cookie-parser"',
    )
    await writeFile(file, manifest)
    before = snapshot(host)
    const run = await runCli(host, [REQUEST, '--yes', '--json'])
    expect(resultOf(run)).toMatchObject({ status: 'conflict', exitCode: 5 })
    expect(run.stdout).toContain('@polar-sh/sdk')
    expectUntouched()
  })

  test('a page that cannot be placed is a step by hand, exit 8', async () => {
    const file = join(host, 'client/src/App.tsx')
    const app = await readFile(file, 'utf8')
    await writeFile(file, app.replace('path="/signup"', 'path="/pricing"'))
    const run = await runCli(host, [REQUEST, '--yes', '--json', '--no-install', '--no-verify'])
    const result = resultOf(run)
    expect(result).toMatchObject({ status: 'manual', exitCode: 8 })
    expect(result.manualSteps).toEqual([
      {
        file: 'client/src/App.tsx',
        snippet: expect.stringContaining('PricingPage') as string,
        reason: expect.stringContaining('/pricing') as string,
      },
    ])
  })

  test('pages are a step by hand in a front end without a known router', async () => {
    const manifest = join(host, 'package.json')
    const json = await readFile(manifest, 'utf8')
    await writeFile(manifest, json.replace(/.*"react-router-dom".*\n/, ''))
    await writeFile(
      join(host, 'client/src/App.tsx'),
      'export function App() {\n  return <h1>Brieflog</h1>;\n}\n',
    )
    const run = await runCli(host, [REQUEST, '--yes', '--json', '--no-install', '--no-verify'])
    const result = resultOf(run)
    expect(result).toMatchObject({ status: 'manual', exitCode: 8 })
    expect(result.manualSteps).toMatchObject([{ file: 'client/src/App.tsx' }])
    expect(result.manualSteps[0]?.snippet).toContain("from './pages/PricingPage'")
  })

  test('billing is closed, and the run says where, without a login that it knows', async () => {
    for (const file of ['server/app.ts', 'server/routes/auth.routes.ts']) {
      const code = await readFile(join(host, file), 'utf8')
      const open = code.replace(/import \{ requireAuth \}.*\n/, '').replaceAll('requireAuth, ', '')
      await writeFile(join(host, file), open)
    }
    // One that waits for its first route would be found where it is exported.
    const login = join(host, 'server/middleware/require-auth.ts')
    await writeFile(login, (await readFile(login, 'utf8')).replaceAll('export ', ''))
    const run = await runCli(host, [REQUEST, '--yes', '--json', '--no-install', '--no-verify'])
    const result = resultOf(run)
    expect(result.host?.server.login).toBeNull()
    expect(result).toMatchObject({ status: 'manual', exitCode: 8 })
    expect(result.manualSteps).toMatchObject([{ file: 'server/routes/billing.routes.ts' }])
    const routes = await readFile(join(host, 'server/routes/billing.routes.ts'), 'utf8')
    expect(routes).toContain("new BillingError('unauthenticated')")
  })

  test('--no-install leaves the packages and says so', async () => {
    const result = resultOf(await runCli(host, [REQUEST, '--yes', '--json', '--no-install']))
    expect(result).toMatchObject({ status: 'ok', exitCode: 0 })
    expect(result.verification).toMatchObject({
      typecheck: { status: 'skipped' },
      tests: { status: 'skipped' },
      mountOrder: { status: 'passed' },
    })
    expect(result.nextSteps[0]).toMatchObject({ code: 'install_packages' })
    expect(result.nextSteps[0]?.text).toContain('npm install')
    expect(snapshot(host).has('node_modules')).toBe(false)
  })

  test('reads the pricing from a file, in full or not at all', async () => {
    const spec = {
      version: 1,
      currency: 'eur',
      tiers: [{ slug: 'pro', name: 'Pro', prices: [{ amount: 1900, interval: 'month' }] }],
    }
    await writeFile(join(host, 'pricing.json'), JSON.stringify(spec))
    const result = resultOf(await runCli(host, ['plan', '--spec', 'pricing.json', '--json']))
    expect(result.spec).toMatchObject({ currency: 'eur', tiers: [{ slug: 'pro', trial: null }] })
    await writeFile(join(host, 'pricing.json'), JSON.stringify({ ...spec, currency: 'Euro' }))
    const wrong = await runCli(host, ['plan', '--spec', 'pricing.json', '--json'])
    expect(wrong.exitCode).toBe(2)
    expect(wrong.stdout).toContain('currency')
  })

  test('an unknown flag is wrong usage, exit 2', async () => {
    const run = await runCli(host, [REQUEST, '--no-such-flag'])
    expect(run.exitCode).toBe(2)
    expect(run.stderr).toContain('--no-such-flag')
    expectUntouched()
  })

  test('prints for people without waiting, when there is no terminal', async () => {
    const run = await runCli(host, ['plan', REQUEST])
    expect(run.exitCode).toBe(0)
    for (const words of [
      'express 5',
      'req.user.id',
      '$29',
      'server/app.ts',
      'Nothing was written',
    ]) {
      expect(run.stdout).toContain(words)
    }
    expectUntouched()
  })

  test('--version prints the version alone', async () => {
    const { stdout } = await execa(process.execPath, [executable, '--version'])
    expect(stdout).toMatch(/^\d+\.\d+\.\d+$/)
  })
})

/** How often it is said how far a phase has come depends on the machine, not on the plan. */
function withoutProgress(output: string): string {
  return output
    .split('\n')
    .filter((line) => !line.startsWith('{"type":"progress"'))
    .join('\n')
}
