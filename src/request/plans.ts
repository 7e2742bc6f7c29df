import type { OneTimeProduct, Period, Tier, TierPrice } from '../types.js'
import { fixedAmount } from './amounts.js'
import { times, decimal } from './decimal.js'
import { paidEntries, sameName, type Collected, type Entry, type EntryPrice } from './entries.js'
import type { Findings } from './findings.js'
import { isPlanName, LONGEST_NAME, SHORTEST_NAME } from './names.js'
import { samePeriod } from './offer.js'
import { slugMaker, slugOf } from './slug.js'

const MONTH: Period = { interval: 'month', count: 1 }

// Things usually bought once: without an interval it is open how their price is meant.
const BOUGHT_ONCE =
  /(?:course|e-?book|book|template|templates|theme|kit|licen[cs]e|download|font|fonts|icons|preset|presets|plugin|bundle|pack|workshop|masterclass|bootcamp|poster|print|album|song|ticket|guide|video|videos|boilerplate|starter kit|component|components|lifetime|deal)$/i

export interface Plans {
  tiers: Map<Entry, Tier>
  products: OneTimeProduct[]
}

/** Makes tiers and one-time products of what is sold. Everything that cannot be one is unclear. */
export function buildPlans(collected: Collected, currency: string, findings: Findings): Plans {
  const tiers = new Map<Entry, Tier>()
  const products: OneTimeProduct[] = []
  const tierSlug = slugMaker()
  const productSlug = slugMaker()
  checkNames(collected, findings)
  checkIntervals(collected, findings)
  for (const entry of collected.entries) {
    const { recurring, once } = split(entry, collected, findings)
    for (const price of once) {
      const amount = fixedAmount(price.piece, currency, findings)
      if (amount === 0)
        findings.doubt(price.piece.start, price.piece.end, 'a one-time product has a price')
      const name = productName(entry, recurring.length > 0 || entry.free)
      if (amount) products.push({ slug: productSlug(name), name, amount })
    }
    if (once.length > 0 && recurring.length === 0 && !entry.free && !entry.contact) continue
    const tier = buildTier(entry, recurring, collected, currency, findings)
    if (tier) tiers.set(entry, { ...tier, slug: tierSlug(tier.name) })
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
      findings.doubt(price.piece.start, price.piece.end, 'it cannot be one-time and recurring')
    }
    ;(single ? once : recurring).push(price)
  }
  if (once.length > 1) {
    findings.doubt(entry.start, entry.end, `"${entry.name}" has two one-time prices`)
  }
  return { recurring, once }
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

// '$20/mo billed annually ($240/yr)' is one yearly price; without its total it would have to be computed.
function billedTotals(entry: Entry, prices: EntryPrice[], findings: Findings): EntryPrice[] {
  const kept = new Set(prices)
  for (const price of prices) {
    const { billed } = price.piece
    if (!billed || !price.interval || samePeriod(billed, price.interval)) continue
    const total = prices.find(
      (other) => other !== price && other.interval && samePeriod(other.interval, billed),
    )
    const factor = monthsIn(billed) / monthsIn(price.interval)
    const expected = Number.isInteger(factor)
      ? times(price.piece.money.value, decimal(BigInt(factor)))
      : null
    const value = total?.piece.money.value
    if (expected && value && expected.digits === value.digits && expected.scale === value.scale)
      kept.delete(price)
    else
      findings.doubt(
        price.piece.start,
        price.piece.end,
        'billed at another interval than its price; write the price of one bill',
      )
  }
  return prices.filter((price) => kept.has(price))
}

function monthsIn({ interval, count }: Period): number {
  return interval === 'year' ? count * 12 : interval === 'month' ? count : Number.NaN
}

function intervalOf(
  entry: Entry,
  price: EntryPrice,
  collected: Collected,
  findings: Findings,
): Period | null {
  const { start, end } = price.piece
  if (price.interval) return price.interval
  if (collected.interval) return collected.interval.period
  if (!price.perSeat && !soldAsPlan(entry, collected)) {
    findings.doubt(
      start,
      end,
      `it does not say whether "${entry.name}" is paid once or again and again; write one-time or /mo`,
    )
    return null
  }
  findings.assume(
    `tiers.${slugOf(entry.name)}.interval`,
    'month',
    'no interval is named; plans are usually monthly',
  )
  return MONTH
}

function soldAsPlan(entry: Entry, collected: Collected): boolean {
  if (BOUGHT_ONCE.test(entry.name) && !collected.plans) return false
  if (collected.plans || collected.counts.some((count) => count.of === 'tiers')) return true
  if (isPlanName(entry.name) || entry.usages.length > 0 || collected.usages.length > 0) return true
  const others = collected.entries.filter((other) => other !== entry)
  return others.length > 0 && !collected.sells && !collected.once
}

function checkPrices(entry: Entry, prices: TierPrice[], findings: Findings): void {
  const seen = new Set<string>()
  for (const price of prices) {
    const key = `${price.interval} ${price.intervalCount}`
    if (seen.has(key))
      findings.doubt(entry.start, entry.end, `"${entry.name}" has two prices for one interval`)
    seen.add(key)
  }
  if (new Set(prices.map((price) => price.perSeat)).size > 1) {
    findings.doubt(entry.start, entry.end, 'one price is per seat and another is not')
  }
}

// A month for one price and a year for another leaves the interval of a third open.
function checkIntervals(collected: Collected, findings: Findings): void {
  if (
    collected.interval &&
    collected.interval.period.interval === 'month' &&
    collected.interval.period.count === 1
  )
    return
  const prices = paidEntries(collected).flatMap((entry) =>
    entry.prices.filter((price) => !price.once),
  )
  const open = prices.filter((price) => !price.interval)
  const named = prices.filter((price) => price.interval && !samePeriod(price.interval, MONTH))
  const first = open[0]
  if (first && named.length > 0 && !collected.interval) {
    findings.doubt(
      first.piece.start,
      first.piece.end,
      'no interval is named, and the others are not all monthly',
    )
  }
}

function checkNames(collected: Collected, findings: Findings): void {
  const { entries } = collected
  entries.forEach((entry, at) => {
    const first = entries.slice(0, at).find((other) => sameName(other.name, entry.name))
    if (first)
      findings.doubt(
        first.start,
        entry.end,
        `"${entry.name}" is named twice; give each plan its own name`,
      )
    if (entry.name.length > LONGEST_NAME) {
      findings.doubt(
        entry.start,
        entry.end,
        `a name has at most ${LONGEST_NAME} characters at Polar`,
      )
    }
    if (entry.name.length < SHORTEST_NAME) {
      findings.assume(
        `tiers.${slugOf(entry.name)}.name`,
        entry.name,
        `Polar wants ${SHORTEST_NAME} characters or more: name its product "${entry.name} plan" there`,
      )
    }
  })
}

function days(price: TierPrice): number {
  const length = { day: 1, week: 7, month: 30, year: 365 }[price.interval]
  return length * price.intervalCount
}
