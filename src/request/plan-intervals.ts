import type { Period } from '../types.js'
import { paidEntries, type Collected, type Entry, type EntryPrice } from './entries.js'
import type { Findings } from './findings.js'
import { isPlanName } from './names.js'
import { samePeriod } from './offer.js'
import { slugOf } from './slug.js'

const MONTH: Period = { interval: 'month', count: 1 }

// Things usually bought once: without an interval it is open how their price is meant.
const BOUGHT_ONCE =
  /(?:course|e-?book|book|template|templates|theme|kit|licen[cs]e|download|font|fonts|icons|preset|presets|plugin|bundle|pack|workshop|masterclass|bootcamp|poster|print|album|song|ticket|guide|video|videos|boilerplate|starter kit|component|components|lifetime|deal)s?$/i

const TIME_IN_NAME =
  /\b(?:years?|months?|weeks?|weekends?|days?|quarters?|nights?|hours?|seasons?|semesters?)\b/i

/** How often a price is charged: as said of it, of everything, or monthly for a plan; else unclear. */
export function intervalOf(
  entry: Entry,
  price: EntryPrice,
  collected: Collected,
  findings: Findings,
): Period | null {
  const { start, end } = price.piece
  if (price.interval) return price.interval
  if (collected.interval) return collected.interval.period
  if (TIME_IN_NAME.test(entry.name)) {
    const reason = `"${entry.name}" names a time, and the price does not say how often it is paid`
    findings.doubt(start, end, reason)
    return null
  }
  if (entry.features.some((feature) => /\b(?:lifetime|for life)\b/i.test(feature))) {
    const reason = `"${entry.name}" may be paid once, for a lifetime; write one-time or /mo`
    findings.doubt(entry.start, entry.end, reason)
    return null
  }
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
  const counted = collected.counts.some((count) => count.of === 'tiers')
  if (BOUGHT_ONCE.test(entry.name) && !counted) return false
  if (collected.plans || counted) return true
  if (isPlanName(entry.name) || entry.usages.length > 0 || collected.usages.length > 0) return true
  const others = collected.entries.filter((other) => other !== entry)
  return others.length > 0 && !collected.sells && !collected.once
}

/** A month for one price and a year for another leaves the interval of a third open. */
export function checkIntervals(collected: Collected, findings: Findings): void {
  checkLooseInterval(collected, findings)
  if (
    collected.interval &&
    collected.interval.period.interval === 'month' &&
    collected.interval.period.count === 1
  )
    return
  const prices = paidEntries(collected).flatMap((entry) =>
    entry.prices.filter((price) => !price.once),
  )
  const open = prices.filter((price) => !price.interval && !costsNothing(price))
  const named = prices.filter((price) => price.interval && !samePeriod(price.interval, MONTH))
  const first = open[0]
  if (first && named.length > 0 && !collected.interval) {
    findings.doubt(
      first.piece.start,
      first.piece.end,
      'no interval is named, and the others are not all monthly; write /mo or /yr',
    )
  }
}

function costsNothing({ piece }: EntryPrice): boolean {
  return piece.money.value.digits === 0n
}

// '$20/mo or yearly': an interval that every price contradicts has no price of its own.
function checkLooseInterval({ interval, entries }: Collected, findings: Findings): void {
  const recurring = entries.flatMap(({ prices }) => prices.filter((price) => !price.once))
  if (!interval || recurring.length === 0) return
  const taken = recurring.some(
    (price) => !price.interval || samePeriod(price.interval, interval.period),
  )
  if (taken) return
  const reason = 'an interval without a price; write its price, like $290/yr, or leave it out'
  findings.doubt(interval.start, interval.end, reason)
}
