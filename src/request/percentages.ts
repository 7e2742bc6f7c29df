import { minorValue } from './amounts.js'
import { decimal, decimalText, times, wholeNumber, type Decimal } from './decimal.js'
import type { Collected, Entry } from './entries.js'
import type { Findings } from './findings.js'
import { samePeriod } from './offer.js'
import type { PercentPiece, Piece, Span } from './pieces.js'
import { moneyText } from './price-table.js'

/** Doubts a percentage that says what is charged. One that is only shown is looked at with the rest. */
export function checkPercent(
  piece: PercentPiece,
  pieces: Piece[],
  at: number,
  collected: Collected,
  findings: Findings,
): void {
  if (piece.value.digits === 0n) return
  const { start, end } = piece
  if (isTaxRate(pieces, at)) {
    findings.doubt(start, end, TAX_RATE)
  } else if (isShare(pieces, at)) {
    findings.doubt(start, end, 'a share of an amount cannot be charged; write a fixed price')
  } else if (isSaving(pieces, at) && !isSavedAlready(piece, collected)) {
    const reason = 'a discount without a code; write the discounted price itself'
    findings.doubt(start, end, yearlyReason(piece, pieces, at, collected) ?? reason)
  }
}

const TAX_RATE =
  'the rate of a tax, which Polar reckons for each customer; write "plus VAT" instead, and the price before tax'
const TAX = /^(?:vat|tax|taxes|gst|mwst|ust|tva|iva|moms)$/

function isTaxRate(pieces: Piece[], at: number): boolean {
  const beside = [pieces[at - 2], pieces[at - 1], pieces[at + 1], pieces[at + 2]]
  return beside.some((each) => {
    if (each?.kind === 'flag') return each.flag === 'tax'
    return each?.kind === 'word' && TAX.test(each.token.lower)
  })
}

const SHARED =
  /^(?:of|per|fees?|commission|cut|share|transactions?|revenue|sales|markup|surcharge|processing|platform)$/

// '2.9% + $0.30', '5% of revenue': a share of an amount cannot be charged.
function isShare(pieces: Piece[], at: number): boolean {
  const [before, next] = [pieces[at - 1], pieces[at + 1]]
  const joined = [before, next].some((each) => each?.kind === 'mark' && each.mark === '+')
  const shared = next?.kind === 'word' && SHARED.test(next.token.lower)
  return joined || shared || (next?.kind === 'flag' && next.flag === 'seat')
}

const SAVING = /^(?:save|saves|saving|savings|off|cheaper|less|discount|discounted|reduction)$/

function isSaving(pieces: Piece[], at: number): boolean {
  const beside = [pieces[at - 1], pieces[at + 1], pieces[at + 2]]
  return beside.some((each) => each?.kind === 'word' && SAVING.test(each.token.lower))
}

/** Whether '(save 17%)' is what the two prices before it say. */
export function isSavedAlready(piece: PercentPiece, { entries }: Collected): boolean {
  const entry = entries.findLast((each) => each.start <= piece.start)
  const [month, year] = [pricePer(entry, 'month'), pricePer(entry, 'year')]
  if (!month || !year) return false
  const saved = Math.round(
    (1 - Number(decimalText(year)) / (12 * Number(decimalText(month)))) * 100,
  )
  return Number(decimalText(piece.value)) === saved
}

/** The price of one month or year, null when the plan has none. */
export function pricePer(entry: Entry | undefined, interval: 'month' | 'year'): Decimal | null {
  const price = entry?.prices.find(
    (each) => each.interval && samePeriod(each.interval, { interval, count: 1 }),
  )
  return price ? price.piece.money.value : null
}

/**
 * Why '20% off yearly' is unclear where a monthly price stands before it, with the price that it may
 * come to; null where it is not about a year.
 *
 * @param at place of the percentage among the pieces
 */
export function yearlyReason(
  { start, percent, value }: Span & { percent?: Decimal | null; value?: Decimal },
  pieces: Piece[],
  at: number,
  { entries }: Collected,
): string | null {
  const off = percent ?? value
  const entry = entries.findLast((each) => each.start <= start)
  const month = pricePer(entry, 'month')
  if (!off || !entry || !month || pricePer(entry, 'year') || !isOfYear(pieces, at)) return null
  const currency = entry.prices[0]?.piece.money.currency ?? 'usd'
  const left = decimal(100n * 10n ** BigInt(off.scale) - off.digits, off.scale + 2)
  const minor = wholeNumber(minorValue(times(times(month, decimal(12n)), left), currency))
  const example =
    minor === null || minor <= 0 ? '' : `, like ${moneyText(String(minor), currency)}/yr`
  const which = entry.unnamed ? '' : ` of ${entry.name}`
  return `a yearly price that would have to be computed; write the yearly price${which} itself${example}`
}

// 'yearly -20%', '20% off when billed yearly'.
function isOfYear(pieces: Piece[], at: number): boolean {
  const near = (step: 1 | -1): boolean => {
    for (let next = at + step; Math.abs(next - at) < 6; next += step) {
      const piece = pieces[next]
      if (!piece || (piece.kind === 'mark' && /^(?:line|\.|;)$/.test(piece.mark))) return false
      if (piece.kind === 'interval') return samePeriod(piece.period, { interval: 'year', count: 1 })
      if (piece.kind === 'price') return false
    }
    return false
  }
  return near(-1) || near(1)
}
