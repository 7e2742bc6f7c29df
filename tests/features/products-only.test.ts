import { describe, expect, it } from 'vitest'
import { features } from '../../src/features/registry.js'
import { contributionsTo, templatesOf } from '../../src/plan/contributions.js'
import { templateData } from '../../src/render/data.js'
import { layoutOf } from '../../src/render/layout.js'
import { templateNames } from '../../src/render/template-names.js'
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

/** Logical paths of all files that are generated, whoever's they are. */
function filesOf(spec: BillingSpec): string[] {
  return partsOf(spec).flatMap((part) =>
    templatesOf(part, templateNames.templates).map(({ logical }) => logical),
  )
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
    expect(variables).toContain('POLAR_PRODUCT_ID_COURSE')
  })

  it('there is a list of plans only where there are plans', () => {
    expect(allOf(onlyProducts).routes).not.toContain('/api/billing/plans')
    expect(allOf(besideFree).routes).toContain('/api/billing/plans')
  })

  it('no route changes a plan, and nothing in the front end speaks of a subscription', () => {
    const ofSubscriptions = [
      'server/services/subscription.service.ts',
      'server/models/subscription.model.ts',
      'client/components/SubscriptionStatus.tsx',
      'client/components/PricingTable.tsx',
      'client/hooks/useSubscription.tsx',
    ]
    expect(filesOf(plans)).toEqual(expect.arrayContaining(ofSubscriptions))
    for (const spec of [onlyProducts, besideFree]) {
      expect(filesOf(spec).filter((file) => ofSubscriptions.includes(file))).toEqual([])
      expect(filesOf(spec)).toContain('server/routes/billing.routes.ts')
    }
  })

  it('plans have cards, be they free or paid', () => {
    const cards = 'client/billing/PlanCards.tsx'

    expect(filesOf(besideFree)).toContain(cards)
    expect(filesOf(plans)).toContain(cards)
    expect(filesOf(onlyProducts)).not.toContain(cards)
  })
})
