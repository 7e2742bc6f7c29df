import type { BillingSpec, TierPrice } from '../types.js'
import { maximumOf, minimumOf } from '../polar/currencies.js'
import { amountText } from './currencies.js'

/** Notes that a field, given by its path, breaks a rule. */
export type Refuse = (path: (string | number)[], message: string) => void

/** The rules of a spec that go beyond one field: what excludes, names or limits something else. */
export function checkSpec(spec: BillingSpec, refuse: Refuse): void {
  if (spec.tiers.length + spec.products.length + spec.meters.length === 0) {
    refuse([], 'sells nothing: name a tier, a product or a meter')
  }
  checkSlugs(spec, refuse)
  checkNames(spec, refuse)
  checkTiers(spec, refuse)
  spec.products.forEach(({ amount }, at) => {
    checkAmount(amount, spec.currency, ['products', at, 'amount'], refuse)
  })
  checkMeters(spec, refuse)
  checkDiscounts(spec, refuse)
}

function checkSlugs(spec: BillingSpec, refuse: Refuse): void {
  const taken = new Set<string>()
  for (const list of ['tiers', 'products', 'meters'] as const) {
    spec[list].forEach((one, at) => {
      if (taken.has(one.slug))
        refuse([list, at, 'slug'], 'is taken by another tier, product or meter')
      taken.add(one.slug)
    })
  }
}

// Two of one name cannot be told apart in the pricing table.
function checkNames(spec: BillingSpec, refuse: Refuse): void {
  for (const list of ['tiers', 'products'] as const) {
    const taken = new Set<string>()
    spec[list].forEach(({ name }, at) => {
      if (taken.has(name.toLowerCase()))
        refuse([list, at, 'name'], 'is the name of another one; give each its own')
      taken.add(name.toLowerCase())
    })
  }
}

function checkTiers({ tiers, currency }: BillingSpec, refuse: Refuse): void {
  tiers.forEach(({ prices, trial }, at) => {
    const periods = new Set<string>()
    prices.forEach((price, n) => {
      const path = ['tiers', at, 'prices', n]
      checkAmount(price.amount, currency, [...path, 'amount'], refuse)
      const period = periodOf(price)
      if (periods.has(period)) refuse([...path, 'interval'], 'is a second price for one interval')
      periods.add(period)
      if (price.perSeat !== prices[0]?.perSeat)
        refuse([...path, 'perSeat'], 'must be the same for every price of a tier')
    })
    if (trial && prices.length === 0) {
      refuse(['tiers', at, 'trial'], 'must be null where nothing is charged')
    }
  })
}

/** One text for one length: 12 months are a year, 7 days a week. */
export function periodOf({
  interval,
  intervalCount,
}: Pick<TierPrice, 'interval' | 'intervalCount'>): string {
  if (interval === 'year') return `${intervalCount * 12} month`
  if (interval === 'week') return `${intervalCount * 7} day`
  return `${intervalCount} ${interval}`
}

function checkAmount(
  amount: number,
  currency: string,
  path: (string | number)[],
  refuse: Refuse,
): void {
  const [least, most] = [minimumOf(currency), maximumOf(currency)]
  if (amount < least)
    refuse(
      path,
      `must be at least ${least} (${amountText(least, currency)}), the least Polar charges`,
    )
  if (amount > most)
    refuse(path, `must be at most ${most} (${amountText(most, currency)}), the most Polar charges`)
}

function checkMeters({ tiers, meters }: BillingSpec, refuse: Refuse): void {
  const able = tiers.filter(({ contactSales }) => !contactSales)
  meters.forEach(({ tier, aggregation, property }, at) => {
    const path = ['meters', at, 'tier']
    const carrier = tiers.find(({ slug }) => slug === tier)
    if (tier !== null && !carrier) refuse(path, 'must be the slug of a tier')
    if (carrier?.contactSales) refuse(path, 'must be a tier that is sold here, not on request')
    if (tier === null && able.length > 0)
      refuse(path, `must name the tier that carries it, like "${able[0]?.slug ?? ''}"`)
    if ((aggregation === 'sum') !== (property !== null)) {
      refuse(['meters', at, 'property'], 'must be set with "sum", and only then')
    }
  })
}

function checkDiscounts({ discounts, currency, ...sold }: BillingSpec, refuse: Refuse): void {
  const codes = new Set<string>()
  const recurring = sold.meters.length > 0 || sold.tiers.some(({ prices }) => prices.length > 0)
  discounts.forEach(({ code, amountOff, duration }, at) => {
    // A buyer may type it in any case.
    if (codes.has(code.toLowerCase())) refuse(['discounts', at, 'code'], 'is named twice')
    codes.add(code.toLowerCase())
    if (duration === 'repeating' && !recurring)
      refuse(['discounts', at, 'duration'], 'must be once or forever: nothing is paid for again')
    if (amountOff !== null && amountOff > maximumOf(currency))
      refuse(['discounts', at, 'amountOff'], 'is more than Polar charges for anything')
  })
}
