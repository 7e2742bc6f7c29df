import type { Period } from '../types.js'
import { decimal, times } from './decimal.js'
import type { Entry, EntryPrice } from './entries.js'
import type { Findings } from './findings.js'
import { samePeriod } from './offer.js'

/**
 * Prices as they are billed: '$20/mo billed annually ($240/yr)' is one yearly price. Without its total
 * the price of a bill would have to be computed, and is unclear.
 */
export function billedTotals(entry: Entry, prices: EntryPrice[], findings: Findings): EntryPrice[] {
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
