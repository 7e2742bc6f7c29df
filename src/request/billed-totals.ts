import type { Period } from '../types.js'
import { decimal, decimalText, times } from './decimal.js'
import type { Entry, EntryPrice } from './entries.js'
import type { Findings } from './findings.js'
import { samePeriod } from './offer.js'

/**
 * Prices as they are billed: '$20/mo billed annually ($240/yr)' is one yearly price. Without its total
 * the price of a bill would have to be computed, and is unclear.
 */
export function billedTotals(entry: Entry, prices: EntryPrice[], findings: Findings): EntryPrice[] {
  const kept = new Set(prices)
  checkSameTwice(prices, findings)
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

// '$180/yr ($15/mo)' may be one price in two forms; '$15/mo or $180/yr' is a choice.
function checkSameTwice(prices: EntryPrice[], findings: Findings): void {
  const [first, second] = prices
  if (!first?.interval || !second?.interval || prices.length > 2) return
  const factor = monthsIn(first.interval) / monthsIn(second.interval)
  const [long, short] = factor > 1 ? [first, second] : [second, first]
  const ratio = factor > 1 ? factor : 1 / factor
  if (!(ratio > 1)) return
  const between = findings.quote(first.piece.end, second.piece.start)
  if (short.piece.billed) return
  // '$99/mo, $1,188 billed annually'.
  const aside = /[(=\u2014]/.test(between) || long.piece.billed !== null
  if (!aside && long === second) return
  const total = Number(decimalText(long.piece.money.value))
  const part = Number(decimalText(short.piece.money.value))
  // A part is shown rounded to cents, or to whole units.
  const rounded = [Math.round((total / ratio) * 100) / 100, Math.round(total / ratio)]
  if (rounded.includes(part) || part * ratio === total) {
    const reason = 'one price in two forms, or two prices; join two with "or", the shorter first'
    findings.doubt(first.piece.start, second.piece.end, reason)
  }
}

function monthsIn({ interval, count }: Period): number {
  return interval === 'year' ? count * 12 : interval === 'month' ? count : Number.NaN
}
