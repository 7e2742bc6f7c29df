import { describe, expect, it } from 'vitest'
import { features } from '../../src/features/registry.js'
import { contributionsTo } from '../../src/plan/contributions.js'
import { templateData } from '../../src/render/data.js'
import { layoutOf } from '../../src/render/layout.js'
import type { BillingSpec } from '../../src/types.js'
import { billingSpec, hostProfile, paid, tier } from '../support/profiles.js'

const course = { slug: 'course', name: 'Course', amount: 29_900 }
const onlyProducts = { ...billingSpec([]), products: [course] }
const besideFree = { ...billingSpec([tier('Free', { free: true })]), products: [course] }
const plans = billingSpec([paid('Pro', 2_900)])

function partsOf(spec: BillingSpec) {
  const host = hostProfile()
  const layout = layoutOf(host, '1_add-billing-tables.sql')
  return contributionsTo({ spec, host, data: templateData(spec, host), layout })
}

function allOf(spec: BillingSpec) {
  const parts = partsOf(spec)
  return {
    scripts: parts.flatMap(({ scripts }) => Object.keys(scripts)),
    variables: parts.flatMap(({ env }) => env.map(({ name }) => name)),
    tables: parts.flatMap(({ tables }) => tables),
    routes: parts.flatMap(({ routes }) => routes.map(({ path }) => path)),
  }
}

function wants(spec: BillingSpec, owner: string, logical: string): boolean {
  return partsOf(spec).some((part) => part.owner === owner && part.wants(logical))
}

describe('where nothing is paid by the interval', () => {
  it('no subscription is kept, no payment can be overdue, and nobody writes about one', () => {
    const names = features.filter((one) => one.appliesTo(onlyProducts)).map(({ name }) => name)

    expect(names).not.toContain('subscriptions')
    expect(names).not.toContain('failed-payments')
    expect(names).toEqual(
      expect.arrayContaining(['core', 'webhooks', 'events', 'sync', 'purchases']),
    )
  })

  it.each([
    ['products alone', onlyProducts],
    ['products beside a free plan', besideFree],
  ])('there is no table, route or variable of subscriptions: %s', (_, spec) => {
    const { scripts, variables, tables, routes } = allOf(spec)

    expect(scripts).toContain('sync:billing')
    expect([...scripts, ...tables, ...routes].join(' ')).not.toMatch(/subscription/)
    expect(variables).not.toContain('BILLING_GRACE_DAYS')
    expect(variables).toContain('POLAR_PRODUCT_COURSE_ONCE')
  })

  it('there is a list of plans only where there are plans', () => {
    expect(allOf(onlyProducts).routes).not.toContain('/api/billing/plans')
    expect(allOf(besideFree).routes).toContain('/api/billing/plans')
  })

  it.each([
    ['sync', 'server/scripts/sync-subscriptions.ts', 'server/scripts/sync-billing.ts'],
    [
      'stacks/tests/vitest',
      'tests/services/subscription-sync.test.ts',
      'tests/services/order-sync.test.ts',
    ],
  ])('%s has files of its own for either', (name, ofSubscriptions, ofTheRest) => {
    const owner = name.includes('/') ? name : `features/${name}`

    expect(wants(plans, owner, ofSubscriptions)).toBe(true)
    expect(wants(plans, owner, ofTheRest)).toBe(false)
    expect(wants(onlyProducts, owner, ofSubscriptions)).toBe(false)
    expect(wants(onlyProducts, owner, ofTheRest)).toBe(true)
  })

  it('no route changes a plan', () => {
    const owner = 'stacks/servers/express'

    expect(wants(plans, owner, 'server/routes/subscription.routes.ts')).toBe(true)
    expect(wants(onlyProducts, owner, 'server/routes/subscription.routes.ts')).toBe(false)
    expect(wants(onlyProducts, owner, 'server/routes/billing.routes.ts')).toBe(true)
  })
})
