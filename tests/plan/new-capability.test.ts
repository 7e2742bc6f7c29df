import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Feature } from '../../src/features/contribution.js'
import { detectHost } from '../../src/host/index.js'
import { planIntegration } from '../../src/plan/plan.js'
import { hostFiles } from '../../src/tree/host-files.js'
import { StagedTree } from '../../src/tree/staged-tree.js'
import type { Change, Plan } from '../../src/types.js'
import { verify } from '../../src/verify/verify.js'
import { fixtureHost } from '../support/host-copy.js'
import { billingSpec, paid } from '../support/profiles.js'

/** A capability that is nothing but a folder, templates and a line in the registry. */
const gifts = vi.hoisted((): Feature => ({
  name: 'gifts',
  appliesTo: () => true,
  contribute: () => ({
    tables: ['gifts'],
    mounts: [
      {
        path: '/api/gifts',
        module: 'server/routes/gift.routes.ts',
        name: 'giftRouter',
        kind: 'api',
      },
    ],
  }),
}))
const templates: Record<string, string> = vi.hoisted(() => ({
  'features/gifts/migrations/add-gift-tables.sql': 'CREATE TABLE gifts ();\n',
  'features/gifts/server/routes/gift.routes.ts': 'export const giftRouter = Router()\n',
}))

vi.mock(import('../../src/features/registry.js'), async (original) => ({
  features: [...(await original()).features, gifts],
}))
vi.mock(import('../../src/render/library.js'), async (original) => {
  const library = (await original()).openLibrary()
  return {
    openLibrary: () => ({
      ...library,
      names: () => [...library.names(), ...Object.keys(templates)],
      template: (name) => {
        const text = templates[name]
        return text === undefined ? library.template(name) : () => text
      },
    }),
  }
})

const NOW = Date.UTC(2026, 0, 5)

async function planned(): Promise<{ plan: Plan; changes: Change[] }> {
  const detection = await detectHost(fixtureHost)
  if (detection.status !== 'ok') throw new Error(JSON.stringify(detection.problems))
  const { host } = detection
  const tree = new StagedTree(hostFiles(fixtureHost))
  const spec = billingSpec([paid('Pro', 2_900)])
  const { plan } = await planIntegration({ spec, host, assumptions: [], tree, now: NOW })
  return { plan, changes: tree.changes() }
}

/** What the check of the mounts says of a host with this app file. */
async function checked(plan: Plan, app: string) {
  const root = mkdtempSync(join(tmpdir(), 'mounts-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const file = join(root, plan.host.server.app.value.file)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, app)
  const { mountOrder } = await verify({
    plan: { ...plan, host: { ...plan.host, root } },
    originals: new Map(),
    installed: false,
    signal: new AbortController().signal,
    onSpawn: () => Promise.resolve(),
    report: () => undefined,
  })
  return mountOrder
}

const { plan, changes } = await planned()
const app = changes.find(({ path }) => path === plan.host.server.app.value.file)?.content ?? ''
const appBefore = readFileSync(join(fixtureHost, plan.host.server.app.value.file), 'utf8')

describe('a capability that is added to the registry', () => {
  it('brings its files, and its migration after those before it', () => {
    const migrations = changes.filter(({ path }) => path.endsWith('.sql')).map(({ path }) => path)
    expect(migrations).toEqual([
      'migrations/20260105000000000_add-billing-tables.sql',
      'migrations/20260105000000001_add-gift-tables.sql',
    ])
    expect(changes.map(({ path }) => path)).toContain('server/routes/gift.routes.ts')
  })

  it('has its router mounted beside the others', async () => {
    expect(app).toContain("from './routes/gift.routes.js'")
    expect(app).toContain("app.use('/api/gifts', giftRouter)")
    expect(await checked(plan, app)).toEqual({ status: 'passed', details: [] })
  })
})

describe('the check of the mounts', () => {
  it('does not look for a router that is left to be mounted by hand', async () => {
    const mounts = plan.mounts.map((mount) => ({ ...mount, byHand: mount.path === '/api/gifts' }))
    const lines = app.split('\n').filter((line) => !line.includes('gift'))
    expect(await checked({ ...plan, mounts }, lines.join('\n'))).toEqual({
      status: 'passed',
      details: ['/api/gifts is left to be mounted by hand'],
    })
    const all = plan.mounts.map((mount) => ({ ...mount, byHand: true }))
    expect(await checked({ ...plan, mounts: all }, appBefore)).toMatchObject({ status: 'skipped' })
  })

  it.each(plan.mounts.map(({ path }) => path))('fails when %s is not mounted', async (path) => {
    const lines = app.split('\n').filter((line) => !line.includes(`app.use('${path}'`))
    expect(await checked(plan, lines.join('\n'))).toEqual({
      status: 'failed',
      details: [`Nothing is mounted at ${path}.`],
    })
  })

  it('asks for nothing that is not in the plan', async () => {
    const withoutGifts = plan.mounts.filter(({ path }) => path !== '/api/gifts')
    const lines = app.split('\n').filter((line) => !line.includes('gift'))
    expect(await checked({ ...plan, mounts: withoutGifts }, lines.join('\n'))).toMatchObject({
      status: 'passed',
    })
    expect(await checked({ ...plan, mounts: [] }, appBefore)).toMatchObject({ status: 'passed' })
  })
})
