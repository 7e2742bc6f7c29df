import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isOwnImport, isOwnMigration, isOwnModule, isOwnTest } from '../../src/host/own-files.js'
import { contributionsTo } from '../../src/plan/contributions.js'
import { templateData } from '../../src/render/data.js'
import { logicalPathOf } from '../../src/render/engine.js'
import { layoutOf } from '../../src/render/layout.js'
import type { BillingSpec } from '../../src/types.js'
import { billingSpec, hostProfile, meter, paid } from '../support/profiles.js'

const LOGICAL = readdirSync(join(import.meta.dirname, '../../templates'), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((name) => name.endsWith('.hbs'))
  .map((name) => logicalPathOf(name.replaceAll('\\', '/').slice(0, -'.hbs'.length)))

const host = hostProfile()
const course = { slug: 'course', name: 'Course', amount: 29_900 }
const calls = meter('Calls', { tier: 'pro' })
const everything: BillingSpec = billingSpec([paid('Pro', 2_900)], {
  products: [course],
  meters: [calls],
})

function partsOf(spec: BillingSpec) {
  return contributionsTo({ spec, host, data: templateData(spec, host), layout: layoutOf(host) })
}

const parts = [...partsOf(everything), ...partsOf(billingSpec([], { products: [course] }))]

describe('the files that detection passes over', () => {
  it('include every test that is generated, and every migration', () => {
    const below = (folder: string) =>
      LOGICAL.filter((logical) => logical.startsWith(folder)).map((logical) =>
        logical.slice(folder.length),
      )
    const tests = below('tests/').filter((name) => name.endsWith('.test.ts'))
    expect(tests.filter((name) => !isOwnTest(name))).toEqual([])
    expect(below('migrations/').filter((name) => !isOwnMigration(`0007_${name}`))).toEqual([])
  })

  it('include whatever is mounted in the app, and the scripts that package.json runs', () => {
    const layout = layoutOf(host)
    const mounted = parts.flatMap(({ mounts }) => mounts.map(({ module }) => layout.pathOf(module)))
    const run = parts
      .flatMap(({ scripts }) => Object.values(scripts))
      .flatMap((command) => /^tsx (\S+)/.exec(command)?.[1] ?? [])
    expect(mounted).toContain('server/routes/usage.routes.ts')
    expect(run).toContain('server/scripts/billing.ts')
    expect([...mounted, ...run].filter((file) => !isOwnModule(file))).toEqual([])
  })

  it('include every page, and every middleware for the host to use', () => {
    const reached = LOGICAL.filter((logical) => /^client\/pages\/|\.middleware\.ts$/.test(logical))
    expect(reached).toContain('client/pages/PricingPage.tsx')
    expect(reached).toContain('server/middleware/purchase.middleware.ts')
    expect(reached.filter((file) => !isOwnModule(file))).toEqual([])
  })

  it.each([
    'routes/billing.routes.ts',
    'webhooks/polar.webhook.ts',
    'middleware/subscription.middleware.ts',
    'scripts/billing.ts',
    'billing/worker.ts',
    'services/usage.service.ts',
    'pages/PricingPage.tsx',
    'pages/BillingPage.tsx',
  ])('include %s, as it is generated', (name) => {
    expect(LOGICAL.map((logical) => logical.replace(/^\w+\//, ''))).toContain(name)
    const imported = name.replace(/\.tsx?$/, '.js')
    expect(isOwnImport('server/app.ts', `./${imported}`)).toBe(true)
    expect(isOwnImport('app.ts', `./${imported}`)).toBe(true)
    expect(isOwnImport('server/app.ts', `@/${imported}`)).toBe(true)
  })

  it('are known from the module that imports them', () => {
    expect(isOwnImport('server/routes/index.ts', './billing.routes.js')).toBe(true)
    expect(isOwnImport('server/lib/index.ts', '../routes/billing.routes')).toBe(true)
    expect(isOwnImport('server/modules/index.ts', './billing.routes.js')).toBe(false)
  })

  it("do not include a host's own billing", () => {
    expect(isOwnModule('src/middlewares/subscription.middleware.js')).toBe(true)
    expect(isOwnModule('src/middlewares/auth.middleware.js')).toBe(false)
    expect(isOwnModule('./routes/billing.js')).toBe(false)
    expect(isOwnModule('./routes/subscriptions.routes.js')).toBe(false)
    expect(isOwnMigration('20240101000000000_add-billing.sql')).toBe(false)
    expect(isOwnMigration('20240101000000000-add-billing-tables.sql')).toBe(true)
  })

  it.each([
    'server/billing/retry.ts',
    'server/billing/http.ts',
    'server/usage/usage.service.ts',
    'client/src/features/pricing/PricingPage.tsx',
    'server/routes/our-billing.routes.ts',
  ])('do not include what has a name that anybody could give: %s', (file) => {
    expect(isOwnModule(file)).toBe(false)
  })

  it('do not include tests of the same name that lie elsewhere', () => {
    expect(isOwnTest('services/subscription.service.test.ts')).toBe(true)
    expect(isOwnTest('subscription.service.test.ts')).toBe(false)
    expect(isOwnTest('api/receiver.test.ts')).toBe(false)
  })
})
