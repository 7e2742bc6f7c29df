import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isOwnMigration, isOwnModule, isOwnTest } from '../../src/host/own-files.js'

const TEMPLATES = readdirSync(join(import.meta.dirname, '../../templates'), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((name) => name.endsWith('.hbs'))
  .map((name) => basename(name, '.hbs'))

describe('the files that detection passes over', () => {
  it('include every test that is generated', () => {
    const tests = TEMPLATES.filter((name) => name.endsWith('.test.ts'))
    expect(tests.filter((name) => !isOwnTest(name))).toEqual([])
  })

  it.each([
    'billing.routes.ts',
    'polar.webhook.ts',
    'subscription.middleware.ts',
    'sync-subscriptions.ts',
    'process-webhooks.ts',
    'replay-webhooks.ts',
    'PricingPage.tsx',
    'BillingPage.tsx',
  ])('include %s, as it is generated', (name) => {
    expect(TEMPLATES).toContain(name)
    expect(isOwnModule(`./somewhere/${name.replace(/\.tsx?$/, '.js')}`)).toBe(true)
  })

  it("do not include a host's own billing", () => {
    expect(isOwnModule('./routes/billing.js')).toBe(false)
    expect(isOwnModule('./routes/subscriptions.routes.js')).toBe(false)
    expect(isOwnMigration('20240101000000000_add-billing.sql')).toBe(false)
    expect(isOwnMigration('20240101000000000-add-billing-tables.sql')).toBe(true)
  })
})
