import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { HostProfile } from '../../src/types.js'
import { assumptionsOf, profileOf } from './support/small-host.js'

const ROOT = join(import.meta.dirname, '../../fixtures/hosts/express-pg-react')

describe('the host express-pg-react', () => {
  it('is recognised whole, without an assumption', async () => {
    expect(await assumptionsOf(ROOT)).toEqual([])
    const host = await profileOf(ROOT)
    expect(host).toMatchObject({
      root: ROOT,
      name: 'brieflog',
      packageManager: { value: 'npm', evidence: [{ file: 'package-lock.json', line: 1 }] },
      tests: { runner: { value: 'vitest' }, dir: { value: 'tests' }, script: 'test' },
      format: { tool: { value: 'prettier' }, options: { singleQuote: true, printWidth: 90 } },
      env: { exampleFile: '.env.example', exists: true },
    })
  })

  it('has its app, login and start script', async () => {
    const { server } = await profileOf(ROOT)
    expect(server.package).toMatchObject({
      dir: '',
      manifest: 'package.json',
      name: 'brieflog',
      language: { value: 'typescript' },
      modules: { value: 'esm' },
      importExtension: { value: '.js' },
    })
    expect(server).toMatchObject({ major: 5, startScript: 'dev:server', dir: { value: 'server' } })
    expect(server.app.value).toMatchObject({
      file: 'server/app.ts',
      variable: 'app',
      exported: { name: 'createApp', kind: 'factory', default: false },
    })
    expect(server.login?.value).toMatchObject({
      middleware: {
        file: 'server/middleware/require-auth.ts',
        name: 'requireAuth',
        default: false,
      },
      userId: 'req.user.id',
    })
  })

  it('has its mounts in the order in which they run', async () => {
    const { server } = await profileOf(ROOT)
    expect(server.mounts.map(({ kind, path }) => `${kind} ${path ?? ''}`.trim())).toEqual([
      'body-parser',
      'middleware',
      'route /api/health',
      'router /api/auth',
      'router /api/changelog',
      'router /api/projects',
      'router /api/entries',
      'catch-all /api',
      'static',
      'catch-all /{*path}',
      'error-handler',
    ])
  })

  it('has its database: pool, variable, migrations and users', async () => {
    const { database } = await profileOf(ROOT)
    expect(database).toMatchObject({
      connection: { value: { file: 'server/db.ts', name: 'pool', default: false } },
      urlVariable: 'DATABASE_URL',
      migrations: { value: { tool: 'node-pg-migrate', dir: 'migrations', script: 'migrate' } },
      users: { value: { table: 'users', key: 'id', keyType: 'uuid', emailColumn: 'email' } },
      tables: ['users', 'projects', 'entries'],
    })
  })

  it('has its front end', async () => {
    const { client } = await profileOf(ROOT)
    expect(client).toMatchObject({
      dir: { value: 'client/src' },
      bundler: 'vite',
      package: { dir: '', manifest: 'package.json', importExtension: { value: '' } },
      router: { value: { kind: 'routes-jsx', file: 'client/src/App.tsx' } },
      styling: { value: 'css' },
      session: { value: { kind: 'cookie' } },
    })
  })

  it('says where each finding was seen', async () => {
    for (const [path, text] of evidenceIn(await profileOf(ROOT))) {
      expect(text, path).not.toBe('')
    }
    const { server, database } = await profileOf(ROOT)
    expect(textAt(server.app.evidence[0])).toContain('express()')
    expect(textAt(server.login?.evidence[0])).toContain('requireAuth')
    expect(textAt(database.connection?.evidence[0])).toContain('new pg.Pool')
    expect(textAt(database.users?.evidence[0])).toContain('CREATE TABLE users')
  })

  it('is found to be the same after billing was added to it', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'host-'))
    onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
    cpSync(ROOT, copy, { recursive: true })
    const before = await profileOf(copy)
    addBilling(copy)
    const after = await profileOf(copy)
    expect(withoutLines(after)).toEqual(withoutLines(before))
  })
})

describe('the errors of a host', () => {
  it.each([
    ['express-pg-react', 'error', 'server/middleware/errors.ts', 32],
    ['express4-session-tailwind', 'message', 'src/app.ts', 17],
  ])('are answered in its own shape: %s', async (name, value, file, line) => {
    const root = join(import.meta.dirname, '../../fixtures/hosts', name)
    const { errorBody } = (await profileOf(root)).server
    expect(errorBody).toEqual({ value, source: 'detected', evidence: [{ file, line }] })
  })
})

describe('the host express4-session-tailwind', () => {
  const root = join(import.meta.dirname, '../../fixtures/hosts/express4-session-tailwind')

  it('has its logger and its mailer', async () => {
    const { server } = await profileOf(root)
    expect(server.logger).toEqual({
      value: { module: { file: 'src/lib/log.ts', name: 'log', default: false }, kind: 'pino' },
      source: 'detected',
      evidence: [{ file: 'src/lib/log.ts', line: 3 }],
    })
    expect(server.mailer).toEqual({
      value: {
        module: { file: 'src/lib/mailer.ts', name: 'mailer', default: true },
        kind: 'nodemailer',
      },
      source: 'detected',
      evidence: [{ file: 'src/lib/mailer.ts', line: 3 }],
    })
  })
})

function addBilling(root: string): void {
  const edit = (path: string, changes: [string, string][]) => {
    let text = readFileSync(join(root, path), 'utf8')
    for (const [from, to] of changes) text = text.replace(from, to)
    writeFileSync(join(root, path), text)
  }
  edit('server/app.ts', [
    ['import cookie', "import { billingRouter } from './routes/billing.routes.js';\nimport cookie"],
    [
      'import cookie',
      "import { polarWebhookRouter } from './webhooks/polar.webhook.js';\nimport cookie",
    ],
    [
      '  app.use(express.json',
      "  app.use('/api/webhooks/polar', polarWebhookRouter);\n  app.use(express.json",
    ],
    ["  app.use('/api', not", "  app.use('/api/billing', billingRouter);\n  app.use('/api', not"],
  ])
  edit('client/src/App.tsx', [
    ['import { NotFound', "import { PricingPage } from './pages/PricingPage';\nimport { NotFound"],
    [
      '        <Route path="*"',
      '        <Route path="/pricing" element={<PricingPage />} />\n        <Route path="*"',
    ],
  ])
  edit('package.json', [
    ['"migrate":', '"sync:subscriptions": "tsx server/scripts/billing.ts sync",\n    "migrate":'],
    ['"cookie-parser"', '"@polar-sh/sdk": "^1.0.1",\n    "cookie-parser"'],
  ])
  const files: Record<string, string> = {
    'server/routes/billing.routes.ts':
      "import { Router } from 'express'\nexport const billingRouter = Router()\nbillingRouter.use((req, res, next) => req.account.userId ? next() : res.status(401).end())\n",
    'migrations/20991231000000000_add-billing-tables.sql':
      'CREATE TABLE customers (id uuid PRIMARY KEY);\n',
    'client/src/pages/PricingPage.tsx':
      "const headers = { Authorization: `Bearer ${localStorage.getItem('x')}` }\nexport const PricingPage = () => null\n",
    'tests/services/access.test.ts': "import { it } from 'vitest'\nit.todo('x')\n",
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

/** Lines move when a file is added to; what was found at them does not. */
function withoutLines(host: HostProfile): unknown {
  return JSON.parse(JSON.stringify(host), (key, value: unknown) => (key === 'line' ? 0 : value))
}

function evidenceIn(value: unknown, path = 'host'): [string, string][] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]): [string, string][] => {
    if (key !== 'evidence') return evidenceIn(child, `${path}.${key}`)
    return (child as { file: string; line: number }[]).map((at) => [path, textAt(at)])
  })
}

function textAt(at: { file: string; line: number } | undefined): string {
  if (!at) return ''
  return readFileSync(join(ROOT, at.file), 'utf8').split('\n')[at.line - 1] ?? ''
}
