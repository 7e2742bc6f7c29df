import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { templateData } from '../../src/render/data.js'
import { parseRequest } from '../../src/request/index.js'
import { billingSpec } from '../../src/request/spec-schema.js'
import type { BillingSpec } from '../../src/types.js'
import { hostProfile } from '../support/profiles.js'

/** What a slug's end could be taken for, and what variables are made with. */
const WORDS = ['pro', 'a', 'monthly', 'yearly', 'once', 'every', '3', 'months', 'pay-as-you-go']
const slug = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((words) => words.join('-')) // prettier-ignore
const price = fc.record({
  amount: fc.integer({ min: 50, max: 100_000 }),
  interval: fc.constantFrom('day', 'week', 'month', 'year'),
  intervalCount: fc.constantFrom(1, 2, 3, 12),
})
const tier = fc.oneof(
  fc.record({ slug, name: slug, prices: fc.array(price, { minLength: 1, maxLength: 4 }) }),
  fc.record({ slug, name: slug, contactSales: fc.constant(true) }),
  fc.record({ slug, name: slug, free: fc.constant(true) }),
)
const product = fc.record({ slug, name: slug, amount: fc.integer({ min: 50, max: 100_000 }) })
const meter = fc.record({
  slug,
  name: slug,
  unit: fc.constant('call'),
  aggregation: fc.constant('count'),
  included: fc.constant(0),
  unitAmount: fc.constant('1'),
})
const code = fc.array(fc.constantFrom('A', 'a', 'once', '1'), { minLength: 3, maxLength: 4 }).map((parts) => parts.join('')) // prettier-ignore
const discount = fc.record({ code, percentOff: fc.constant(10), duration: fc.constant('once') })
const anySpec = fc.record({
  version: fc.constant(1),
  currency: fc.constant('usd'),
  tiers: fc.array(tier, { maxLength: 4 }),
  products: fc.array(product, { maxLength: 3 }),
  meters: fc.array(meter, { maxLength: 2 }),
  discounts: fc.array(discount, { maxLength: 3 }),
})

/** Names that must each mean one thing: with two prices behind one variable, one of them is wrong. */
function namesOf(spec: BillingSpec) {
  const { plans, products, discounts, meters } = templateData(spec, hostProfile())
  return {
    variables: [
      ...plans.flatMap(({ prices }) => prices.map(({ variable }) => variable)),
      ...[...products, ...discounts].map(({ variable }) => variable),
    ],
    slugs: [...plans, ...products, ...meters].map((one) => one.slug),
    planNames: plans.map(({ name }) => name.toLowerCase()),
  }
}

function expectUnique(spec: BillingSpec): void {
  for (const [kind, names] of Object.entries(namesOf(spec))) {
    expect([kind, ...new Set(names)]).toEqual([kind, ...names])
  }
}

describe('the names of what is sold', () => {
  it('are each of one thing, in every spec that is taken', () => {
    let taken = 0
    fc.assert(
      fc.property(anySpec, (given) => {
        const tiers = given.tiers.filter((one) => !('contactSales' in one))
        const meters = given.meters.map((one) => ({ ...one, tier: tiers[0]?.slug ?? null }))
        const read = billingSpec.safeParse({ ...given, meters })
        if (!read.success) return
        taken++
        expectUnique(read.data)
      }),
      { numRuns: 3_000 },
    )
    expect(taken).toBeGreaterThan(300)
  })

  it.each([
    'Reports $5/mo, $0.01 per report',
    'API calls $5/mo with 100 API calls included, then $0.01 per API call',
    'course $20 once; $1 per course',
    'Pro $29/mo or $290 lifetime',
    'Pro $10/mo, Pro+ $20/mo',
    '日本 $5/mo, 中国 $6/mo, ПРО $7/mo',
  ])(
    'are each of one thing when read from words, and the spec is one that is taken: %s',
    (words) => {
      const parsed = parseRequest(words)
      if (parsed.status !== 'ok') throw new Error(JSON.stringify(parsed.unclear))
      expectUnique(parsed.spec)
      expect(billingSpec.parse(parsed.spec)).toEqual(parsed.spec)
    },
  )

  it('are not shared by prices whose slugs and intervals read alike', () => {
    const monthly = { amount: 900, interval: 'month' }
    const yearly = { amount: 9000, interval: 'year' }
    const quarterly = { amount: 2400, interval: 'month', intervalCount: 3 }
    const spec = billingSpec.parse({
      version: 1,
      tiers: [
        { slug: 'pro', name: 'Pro', prices: [monthly, yearly, quarterly] },
        { slug: 'pro-yearly', name: 'Pro yearly', prices: [monthly, yearly] },
      ],
      products: [{ slug: 'pro-every-3-months', name: 'Pro in parts', amount: 900 }],
    })
    expect(namesOf(spec).variables).toEqual([
      'POLAR_PRODUCT_ID_PRO',
      'POLAR_PRODUCT_ID_PRO__YEARLY',
      'POLAR_PRODUCT_ID_PRO__EVERY_3_MONTHS',
      'POLAR_PRODUCT_ID_PRO_YEARLY',
      'POLAR_PRODUCT_ID_PRO_YEARLY_YEARLY',
      'POLAR_PRODUCT_ID_PRO_EVERY_3_MONTHS',
    ])
  })
})
