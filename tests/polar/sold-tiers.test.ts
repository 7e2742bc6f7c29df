import { describe, expect, it } from 'vitest'
import { sellsSubscriptions, soldTiers } from '../../src/polar/sold-tiers.js'
import { slugOf } from '../../src/request/slug.js'
import type { BillingSpec, Tier } from '../../src/types.js'
import { billingSpec, meter, paid, tier } from '../support/profiles.js'

const free = tier('Free', { free: true })
const pro = paid('Pro', 2_900)
const contact = tier('Enterprise', { contactSales: true })

function metered(tiers: Tier[], carrier: string | null): BillingSpec {
  const reports = meter('Reports', { unitAmount: '25', tier: carrier })
  return { ...billingSpec(tiers), meters: [reports] }
}

describe('the plans to sell', () => {
  it('are those of the request where nothing is paid by use', () => {
    expect(soldTiers(billingSpec([free, pro]))).toEqual([free, pro])
  })

  it('are one that costs nothing but use, where nothing else is sold', () => {
    const [only, ...others] = soldTiers(metered([], null))
    expect(others).toEqual([])
    expect(only).toMatchObject({
      slug: 'pay-as-you-go',
      free: false,
      prices: [{ amount: 0, interval: 'month' }],
    })
  })

  it('have such a one beside plans that nobody can subscribe to', () => {
    const slugs = soldTiers(metered([free, contact], null)).map(({ slug }) => slug)
    expect(slugs).toEqual([free.slug, contact.slug, 'pay-as-you-go'])
  })

  it.each([
    ['a plan', [tier('Pay as you go', { slug: 'pay-as-you-go', contactSales: true })], []],
    ['a product', [contact], [{ slug: 'pay-as-you-go', name: 'Starter kit', amount: 900 }]],
    ['a name', [tier('PAY AS YOU GO', { slug: 'custom', contactSales: true })], []],
  ])('name it otherwise where %s has its name', (_, tiers, products) => {
    const sold = soldTiers({ ...metered(tiers, null), products })
    expect(sold.at(-1)).toMatchObject({ slug: 'pay-per-use', name: 'Pay per use' })
  })

  it('find a name whatever is taken', () => {
    const names = ['Pay as you go', 'Pay per use', 'Pay per use 2']
    const tiers = names.map((name) => tier(name, { slug: slugOf(name), contactSales: true }))
    expect(soldTiers(metered(tiers, null)).at(-1)?.slug).toBe('pay-per-use-3')
  })

  it('have a free plan that carries usage as one at a price of nothing', () => {
    const [first, second] = soldTiers(metered([free, pro], free.slug))
    expect(first).toMatchObject({ slug: free.slug, free: false, prices: [{ amount: 0 }] })
    expect(second).toEqual(pro)
  })

  it('leave a free plan free that carries none', () => {
    expect(soldTiers(metered([free, pro], pro.slug))).toEqual([free, pro])
  })
})

describe('whether subscriptions are sold', () => {
  it.each([
    ['a priced plan', billingSpec([free, pro]), true],
    ['a free plan alone', billingSpec([free]), false],
    ['nothing but usage', metered([], null), true],
    ['a free plan with usage', metered([free], free.slug), true],
    ['a free plan beside usage', metered([free], null), true],
  ])('%s', (_, spec, sells) => {
    expect(sellsSubscriptions(spec)).toBe(sells)
  })
})
