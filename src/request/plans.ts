import type { OneTimeProduct, Tier, TierPrice } from '../types.js'
import { fixedAmount } from './amounts.js'
import { billedTotals } from './billed-totals.js'
import type { Collected, Entry, EntryPrice } from './entries.js'
import type { Findings } from './findings.js'
import { checkNames, checkOddNames, checkPrices, checkSeats } from './plan-checks.js'
import { checkIntervals, intervalOf } from './plan-intervals.js'
import { slugOf, type SlugMaker } from './slug.js'

export interface Plans {
  tiers: Map<Entry, Tier>
  products: OneTimeProduct[]
}

/** Makes tiers and one-time products of what is sold. Everything that cannot be one is unclear. */
export function buildPlans(
  collected: Collected,
  currency: string,
  slug: SlugMaker,
  findings: Findings,
): Plans {
  const tiers = new Map<Entry, Tier>()
  const products: OneTimeProduct[] = []
  checkNames(collected, findings)
  checkOddNames(collected, findings)
  checkIntervals(collected, findings)
  for (const entry of collected.entries) {
    const { recurring, once } = split(entry, collected, findings)
    for (const price of once) {
      const amount = fixedAmount(price.piece, currency, findings)
      if (amount === 0)
        findings.doubt(
          price.piece.start,
          price.piece.end,
          'a one-time product has a price; leave it out, or write free as a plan',
        )
      const name = productName(entry, recurring.length > 0 || entry.free)
      if (amount) products.push({ slug: slug(name), name, amount })
    }
    if (once.length > 0 && recurring.length === 0 && !entry.free && !entry.contact) {
      noteUnshown(entry, findings)
      continue
    }
    const tier = buildTier(entry, recurring, collected, currency, findings)
    if (tier) tiers.set(entry, { ...tier, slug: slug(tier.name) })
  }
  return { tiers, products }
}

function split(
  entry: Entry,
  collected: Collected,
  findings: Findings,
): { recurring: EntryPrice[]; once: EntryPrice[] } {
  const recurring: EntryPrice[] = []
  const once: EntryPrice[] = []
  for (const price of entry.prices) {
    const lifetime = /\blifetime\b/i.test(entry.name)
    const single = price.once || (!price.interval && (lifetime || collected.once))
    if (price.once && price.interval) {
      findings.doubt(
        price.piece.start,
        price.piece.end,
        'it cannot be one-time and recurring; write one of them',
      )
    }
    if (lifetime && !single) {
      const reason = `"${entry.name}" is for a lifetime, and its price comes again and again`
      findings.doubt(entry.start, entry.end, reason)
    }
    ;(single ? once : recurring).push(price)
  }
  if (once.length > 1) {
    findings.doubt(entry.start, entry.end, `"${entry.name}" has two one-time prices`)
  }
  return { recurring, once }
}

function noteUnshown({ name, features }: Entry, findings: Findings): void {
  if (features.length === 0) return
  const reason =
    'what a one-time product holds is shown at Polar, not in the pricing table; left out'
  findings.assume(`products.${slugOf(name)}.features`, features.join(', '), reason)
}

function productName(entry: Entry, besideTier: boolean): string {
  return besideTier && !/lifetime/i.test(entry.name) ? `${entry.name} lifetime` : entry.name
}

function buildTier(
  entry: Entry,
  recurring: EntryPrice[],
  collected: Collected,
  currency: string,
  findings: Findings,
): Tier | null {
  const prices: TierPrice[] = []
  let zero = false
  for (const price of billedTotals(entry, recurring, findings)) {
    const amount = fixedAmount(price.piece, currency, findings)
    if (amount === null) continue
    if (amount === 0) {
      zero = true
      continue
    }
    const interval = intervalOf(entry, price, collected, findings)
    if (!interval) continue
    prices.push({
      amount,
      interval: interval.interval,
      intervalCount: interval.count,
      perSeat: price.perSeat || collected.perSeat,
    })
  }
  const free = entry.free || zero
  const kinds = [free, entry.contact, prices.length > 0].filter(Boolean).length
  if (kinds > 1) {
    findings.doubt(
      entry.start,
      entry.end,
      `"${entry.name}" is said to be more than one of free, priced and "contact us"`,
    )
    return null
  }
  if (kinds === 0) return null
  checkPrices(entry, prices, findings)
  checkSeats(entry, prices, findings)
  if (entry.unnamed) {
    findings.assume(
      'tiers.base.name',
      entry.name,
      'the request gives a price and no name for the plan',
    )
  }
  return {
    slug: '',
    name: entry.name,
    prices: prices.sort((a, b) => days(a) - days(b)),
    free,
    contactSales: entry.contact,
    trial: null,
    features: [...new Set(entry.features)],
    highlighted: entry.highlighted,
  }
}

function days(price: TierPrice): number {
  const length = { day: 1, week: 7, month: 30, year: 365 }[price.interval]
  return length * price.intervalCount
}
