import type { BillingSpec } from '../types.js'

export type BillingModel = 'subscription' | 'usage' | 'one-time' | 'freemium' | 'hybrid'

/** What kind of pricing a spec is; derived, since it follows from what is sold. */
export function modelOf(spec: BillingSpec): BillingModel {
  const paid = spec.tiers.filter((tier) => !tier.free)
  const free = spec.tiers.length > paid.length
  if (spec.products.length > 0) {
    return spec.tiers.length + spec.meters.length > 0 ? 'hybrid' : 'one-time'
  }
  if (spec.meters.length > 0) return spec.tiers.length <= 1 ? 'usage' : 'hybrid'
  return free ? 'freemium' : 'subscription'
}
