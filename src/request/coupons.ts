import type { Discount } from '../types.js'
import { fixedAmount } from './amounts.js'
import type { Collected } from './entries.js'
import type { Findings } from './findings.js'
import { sameName } from './entries.js'
import type { DiscountPiece } from './pieces.js'

/** The coupons of the request. `recurring`: whether anything is sold at an interval. */
export function buildDiscounts(
  collected: Collected,
  currency: string,
  recurring: boolean,
  findings: Findings,
): Discount[] {
  const discounts: Discount[] = []
  for (const piece of collected.discounts) {
    const discount = buildDiscount(piece, currency, recurring, findings)
    if (!discount) continue
    if (discounts.some((other) => sameName(other.code, discount.code))) {
      findings.doubt(piece.start, piece.end, `the code "${discount.code}" is named twice`)
    }
    discounts.push(discount)
  }
  return discounts
}

function buildDiscount(
  piece: DiscountPiece,
  currency: string,
  recurring: boolean,
  findings: Findings,
): Discount | null {
  const refuse = (reason: string): null => {
    findings.doubt(piece.start, piece.end, reason)
    return null
  }
  if (piece.doubt) return refuse(piece.doubt)
  if (piece.code === null)
    return refuse('a discount without a code; name the code, or write the discounted price itself')
  if (!/^[A-Za-z0-9]{3,256}$/.test(piece.code))
    return refuse('a code at Polar is letters and digits only, three or more')
  const duration = piece.duration ?? (recurring ? null : 'once')
  if (duration === null)
    return refuse('it does not say for how long; write once, forever or for N months')
  if (piece.months !== null && (piece.months < 1 || piece.months > 999))
    return refuse('not a usable number of months')
  if (duration === 'repeating' && !recurring)
    return refuse('it lasts for months, and nothing is paid for again')
  const months = duration === 'repeating' ? piece.months : null
  if (piece.percent) {
    const { digits, scale } = piece.percent
    const percentOff = Number(digits) / 10 ** scale
    if (percentOff <= 0 || percentOff > 100 || scale > 2)
      return refuse('not a percentage Polar takes')
    return { code: piece.code, percentOff, amountOff: null, duration, months }
  }
  if (!piece.money) return refuse('it does not say how much the code takes off')
  const amountOff = fixedAmount(
    { money: piece.money, start: piece.start, end: piece.end },
    currency,
    findings,
  )
  if (amountOff === null) return null
  if (amountOff === 0) return refuse('it takes nothing off')
  return { code: piece.code, percentOff: null, amountOff, duration, months }
}
