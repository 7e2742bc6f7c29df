import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, describe, expect, test } from 'vitest'
import type { Result } from '../../src/types.js'
import { discard } from '../support/discard.js'
import { HOSTILE_SPEC } from '../support/hostile-spec.js'
import { hostCopy, runCli } from '../support/host-copy.js'

/** Other shapes of the same kind of host, each a few edits away from the fixture. */
describe('other hosts of the same kind', () => {
  let host: string
  afterEach(() => discard(host))

  async function edit(file: string, change: (text: string) => string): Promise<void> {
    const path = join(host, file)
    const before = await readFile(path, 'utf8')
    const after = change(before)
    expect(after, `${file} was changed`).not.toBe(before)
    await writeFile(path, after)
  }

  /** The command says that everything holds but for the steps, and so do the host's own tools. */
  async function expectIntegrated(
    request: string,
    { flags = [], steps = [] }: { flags?: string[]; steps?: string[] } = {},
  ): Promise<Result> {
    const run = await runCli(host, [request, '--yes', '--json', ...flags])
    const result = run.events().at(-1) as unknown as Result
    const errors = run.events().filter((event) => event['type'] === 'error')
    expect(errors).toEqual([])
    expect(result.manualSteps.map(({ file }) => file)).toEqual(steps)
    expect(result.exitCode).toBe(steps.length > 0 ? 8 : 0)
    expect(result.verification).toMatchObject({
      typecheck: { status: 'passed' },
      tests: { status: 'passed' },
      mountOrder: { status: 'passed' },
    })
    const again = await runCli(host, [request, '--yes', '--json', ...flags])
    const status = steps.length > 0 ? 'manual' : 'unchanged'
    expect(again.events().at(-1)).toMatchObject({ status, changes: [] })
    return result
  }

  test('numeric user keys, a session that holds the id, and no front end', async () => {
    host = await hostCopy()
    await edit('migrations/20250203091500000_create-users.sql', (sql) =>
      sql.replace('id uuid PRIMARY KEY DEFAULT gen_random_uuid()', 'id bigserial PRIMARY KEY'),
    )
    await edit('migrations/20250203093000000_create-projects.sql', (sql) =>
      sql.replace(/user_id uuid/g, 'user_id bigint').replace(/owner_id uuid/g, 'owner_id bigint'),
    )
    await edit('server/middleware/require-auth.ts', (code) =>
      code
        .replace('user?: SessionUser;', 'user?: SessionUser;\n      userId?: string;')
        .replace('next();\n};', 'req.userId = req.user.id;\n  next();\n};'),
    )
    const result = await expectIntegrated('Pro ($29/mo), Enterprise ($99/mo)', {
      flags: ['--client', 'none', '--user-id', 'req.userId'],
    })
    expect(result.host?.database.users?.value.keyType).toBe('bigint')
    expect(result.host?.server.login?.value.userId).toBe('req.userId')
    expect(result.changes.filter(({ path }) => path.startsWith('client/'))).toEqual([])
  })

  test('Express 4, sessions, numeric keys, Tailwind, no formatter, a table of our name', async () => {
    host = await hostCopy({ of: 'express4-session-tailwind' })
    const result = await expectIntegrated(
      'Basic 5€/month or 50€/year with 2 projects, Plus 12€/month, Team: contact us',
      // It has no page to sign in, and none to write to its people.
      { steps: ['web/src/billing/texts.ts', 'web/src/billing/texts.ts'] },
    )
    expect(result.host).toMatchObject({
      server: { major: 4, login: { value: { userId: 'req.session.userId' } } },
      database: { urlVariable: 'PG_URL', users: { value: { keyType: 'integer' } } },
      client: { styling: { value: 'tailwind' }, router: { value: { kind: 'data-router' } } },
    })
    const routes = await readFile(join(host, 'src/routes/billing.routes.ts'), 'utf8')
    expect(routes).toContain('    const router = Router();')
    expect(routes).toContain('from "../lib/auth"')
    const migration = result.changes.find(({ path }) => path.startsWith('migrations/'))
    const sql = await readFile(join(host, migration?.path ?? ''), 'utf8')
    expect(sql).toContain('CREATE TABLE billing_subscriptions')
    await execa('npm', ['run', 'build'], { cwd: host })
  })

  test('no users table, no login, and no formatter: closed, and in the style of the code', async () => {
    host = await hostCopy()
    await rm(join(host, '.prettierrc'))
    await edit('package.json', (json) => json.replace(/.*"prettier".*\n/, ''))
    await rm(join(host, 'migrations'), { recursive: true })
    await edit('server/app.ts', (code) => code.replaceAll(', requireAuth,', ','))
    await edit('server/app.ts', (code) => code.replace(/.*require-auth.*\n/, ''))
    await rm(join(host, 'tests/api.test.ts'))
    const run = await runCli(host, ['Pro ($29/mo)', '--json', '--dry-run', '--diff'])
    const { host: profile } = run.events().at(-1) as unknown as Result
    expect(profile?.database.users).toBeNull()
    expect(profile?.format.options).toMatchObject({ semi: true, singleQuote: true })
  })

  test('no test runner: Vitest comes with a script of its own', async () => {
    host = await hostCopy()
    await rm(join(host, 'tests'), { recursive: true })
    await rm(join(host, 'vitest.config.ts'))
    await edit('package.json', (json) =>
      json.replace(/.*"test": .*\n/, '').replace(/,\n.*"vitest": .*/, ''),
    )
    await execa('npm', ['install', '--no-audit', '--no-fund'], { cwd: host })
    const result = await expectIntegrated('Pro ($29/mo)')
    expect(result.assumptions).toContainEqual(
      expect.objectContaining({ field: 'host.tests.runner', value: 'vitest' }),
    )
    await execa('npm', ['run', 'test:billing'], { cwd: host })
  })

  test('a host that had type errors and a failing test before is not blamed for them', async () => {
    host = await hostCopy()
    await writeFile(join(host, 'server/old.ts'), 'export const old: number = "a text"\n')
    await writeFile(
      join(host, 'tests/old.test.ts'),
      "import { expect, test } from 'vitest';\n\ntest('old', () => {\n  expect(1).toBe(2);\n});\n",
    )
    const run = await runCli(host, ['Pro ($29/mo)', '--yes', '--json'])
    expect(run.events().at(-1)).toMatchObject({
      status: 'ok',
      verification: { typecheck: { status: 'passed' }, tests: { status: 'passed' } },
    })
  })

  test('a host whose own tests break is told so, exit 7, and undo takes it back', async () => {
    host = await hostCopy()
    await writeFile(
      join(host, 'tests/closed.test.ts'),
      `import { expect, test } from 'vitest';
import { readFileSync } from 'node:fs';

test('nothing is mounted at /api/billing', () => {
  expect(readFileSync('server/app.ts', 'utf8')).not.toContain('/api/billing');
});
`,
    )
    const before = await readFile(join(host, 'server/app.ts'), 'utf8')
    const run = await runCli(host, ['Pro ($29/mo)', '--yes', '--json'])
    expect(run.exitCode).toBe(7)
    expect(run.events().at(-1)).toMatchObject({
      status: 'failed',
      verification: { tests: { status: 'failed', failed: 1 } },
    })
    expect(run.stdout).toContain('nothing is mounted at /api/billing')
    expect(run.stdout).toContain('integrate-polar undo')
    expect((await runCli(host, ['undo', '--json'])).exitCode).toBe(0)
    expect(await readFile(join(host, 'server/app.ts'), 'utf8')).toBe(before)
  })

  test('hostile text of everything that is sold stays data, and the code compiles', async () => {
    host = await hostCopy()
    await writeFile(join(host, 'pricing.json'), JSON.stringify(HOSTILE_SPEC))
    const flags = ['--yes', '--json', '--track', '/api/projects']
    const run = await runCli(host, ['--spec', 'pricing.json', ...flags])
    const result = run.events().at(-1) as unknown as Result
    // How much of a sum is used only the app can say; two of the three are sums.
    expect(result.manualSteps).toHaveLength(2)
    expect(result).toMatchObject({
      status: 'manual',
      exitCode: 8,
      verification: { typecheck: { status: 'passed' }, tests: { status: 'passed' } },
    })
    for (const { path } of result.changes) {
      expect(path).toMatch(/^(?!\.\.?\/)[\w.-]+(?:\/(?!\.\.?\/)[\w.-]+)*$/)
      expect(await readFile(join(host, path), 'utf8')).not.toMatch(/^export const pwned/m)
    }
    await execa('npm', ['run', 'build'], { cwd: host })
  })
})
