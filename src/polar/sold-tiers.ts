import { slugOf } from '../request/slug.js'
import type { BillingSpec, Tier, TierPrice } from '../types.js'

/**
 * The plans to sell. Usage is charged through a subscription, so that a plan which costs nothing
 * but usage is one at a price of nothing: Polar's metered prices exist on recurring products only.
 */
export function soldTiers(spec: BillingSpec): Tier[] {
  if (spec.meters.length === 0) return spec.tiers
  const metered = new Set(spec.meters.map(({ tier }) => tier))
  const tiers = spec.tiers.map((tier) =>
    tier.free && metered.has(tier.slug) ? { ...tier, free: false, prices: [NO_BASE_PRICE] } : tier,
  )
  return tiers.some(({ prices }) => prices.length > 0) ? tiers : [...tiers, usagePlan(spec)]
}

/** Whether something is paid by the interval, be it usage alone. */
export function sellsSubscriptions(spec: BillingSpec): boolean {
  return soldTiers(spec).some(({ prices }) => prices.length > 0)
}

const NO_BASE_PRICE: TierPrice = { amount: 0, interval: 'month', intervalCount: 1, perSeat: false }

/** The plan that usage is sold by where no other is, named as nothing else of the request is. */
function usagePlan({ tiers, products, meters }: BillingSpec): Tier {
  const taken = new Set(
    [...tiers, ...products, ...meters].flatMap(({ slug, name }) => [slug, slugOf(name)]),
  )
  let name = 'Pay as you go'
  if (taken.has(slugOf(name))) name = 'Pay per use'
  for (let n = 2; taken.has(slugOf(name)); n++) name = `Pay per use ${n}`
  return {
    slug: slugOf(name),
    name,
    prices: [NO_BASE_PRICE],
    free: false,
    contactSales: false,
    trial: null,
    features: [],
    highlighted: false,
  }
}
