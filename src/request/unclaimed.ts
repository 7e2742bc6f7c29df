import type { BillingSpec, Period } from '../types.js'
import type { Collected } from './entries.js'
import type { Findings } from './findings.js'
import type { Ledger } from './ledger.js'
import { samePeriod } from './offer.js'
import { isSavedAlready, yearlyReason } from './percentages.js'
import type { PercentPiece, Piece, Span } from './pieces.js'
import { REQUEST_WORDS, SEAT_WORDS, USAGE_NOUNS } from './vocabulary.js'

/**
 * Every quantity, number, period, share and sign of the request must have ended up in the spec, or in
 * words that were left out with an assumption. What did not may change what is charged, and is unclear.
 *
 * Asked last, and only where nothing else is open: an item that could not be read leaves all of its
 * words over.
 */
export function checkUnclaimed(
  collected: Collected,
  pieces: Piece[],
  spec: BillingSpec,
  findings: Findings,
): void {
  if (findings.unclear.length > 0) return
  claimFeatures(collected, spec, findings)
  const sold = soldIn(spec)
  let computed = false
  const doubts = pieces.flatMap((piece, at) => {
    const reason = whyUnclaimed(pieces, at, collected, sold)
    if (reason === null) return []
    const yearly = reason === PERCENT ? yearlyReason(piece, pieces, at, collected) : null
    computed ||= yearly !== null
    return [{ ...quoted(pieces, at), kind: piece.kind, reason: yearly ?? reason }]
  })
  for (const { kind, start, end, reason } of doubts) {
    // 'yearly -20%' is one question.
    if (!(computed && kind === 'interval')) findings.doubt(start, end, reason)
  }
}

// A sign or a 'per' is shown with what it belongs to.
function quoted(pieces: Piece[], at: number): Span {
  const [before, piece, behind] = [pieces[at - 1], pieces[at], pieces[at + 1]]
  const { start = 0, end = 0 } = piece ?? {}
  if (piece?.kind === 'mark') return { start: before?.start ?? start, end: behind?.end ?? end }
  return { start, end: piece?.kind === 'word' ? (behind?.end ?? end) : end }
}

// Only what a plan shows is a feature. A product bought once has none to show.
function claimFeatures(
  { offers, entries, ledger }: Collected,
  { tiers }: BillingSpec,
  findings: Findings,
): void {
  const shown = new Set(tiers.flatMap(({ features }) => features))
  const features = entries.flatMap((entry) => entry.features)
  const known = new Set(features)
  // 'CI/CD' may be shown as one feature and read as two.
  const joined = features.join('\n')
  for (const each of offers.flatMap((offer) => offer.shown)) {
    if (saysHowOften(each.feature)) continue
    if (!known.has(each.feature) && !joined.includes(each.feature)) continue
    ledger.claimRest(each, 'feature')
    const listed = findings.assumptions.some(({ value }) => value.includes(each.feature))
    if (shown.has(each.feature) || listed) continue
    findings.assume('request', each.feature, 'a one-time product shows no features; left out')
  }
}

const HOW_OFTEN =
  /^(?:yearly|annual|annually|monthly|weekly|daily|quarterly|(?:year|month|week|day|quarter)s?|too|also|available|possible|optional|optionally|well|instead)$/

// '(also available yearly)' has no price; 'monthly reports' is a feature.
function saysHowOften(feature: string): boolean {
  const words = feature.toLowerCase().match(/[\p{L}\p{N}%-]+/gu) ?? []
  return (
    words.some((word) => HOW_OFTEN.test(word)) &&
    words.every((word) => HOW_OFTEN.test(word) || REQUEST_WORDS.has(word))
  )
}

/** What the spec charges for, which words elsewhere may say again. */
interface Sold {
  periods: Period[]
  perSeat: boolean
  once: boolean
}

// Usage without a price beside it is billed by the month.
function soldIn({ tiers, products }: BillingSpec): Sold {
  const prices = tiers.flatMap((tier) => tier.prices)
  const periods = prices.map(({ interval, intervalCount: count }) => ({ interval, count }))
  return {
    periods: periods.length > 0 ? periods : [{ interval: 'month', count: 1 }],
    perSeat: prices.some((price) => price.perSeat),
    once: products.length > 0,
  }
}

function whyUnclaimed(
  pieces: Piece[],
  at: number,
  collected: Collected,
  sold: Sold,
): string | null {
  const piece = pieces[at]
  if (!piece) return null
  const { ledger } = collected
  const role = ledger.roleOf(piece)
  switch (piece.kind) {
    case 'quantity':
      if (piece.first && role !== 'quota') return FIRST
      return role === null ? QUANTITY : null
    case 'percent':
      return (role === 'feature' && isShown(piece, pieces[at + 1])) ||
        isSavedAlready(piece, collected)
        ? null
        : PERCENT
    case 'interval':
      return role !== null || sold.periods.some((each) => samePeriod(each, piece.period))
        ? null
        : INTERVAL
    case 'mark':
      return isSecondPer(pieces, at, ledger) ? SECOND_PER : null
    case 'flag':
      if (role !== null) return null
      if (piece.flag === 'seat') return sold.perSeat ? null : SECOND_PER
      return piece.flag === 'once' && !sold.once ? ONCE : null
    case 'word':
      if (isMinus(pieces, at)) return MINUS
      if (piece.token.kind === 'symbol' && /(?![0-9])\p{N}/u.test(piece.token.text))
        return role === 'feature' ? null : NUMERAL
      if (piece.token.kind === 'number')
        return role === null || (role === 'feature' && isAlone(pieces, at)) ? NUMBER : null
      if (role !== null) return null
      if (piece.token.lower === 'hourly') return SECOND_PER
      if (piece.token.lower !== 'per') return null
      return /^(?:price|usage)$/.test(pieces[at - 1]?.kind ?? '') ? SECOND_PER : PER
    default:
      return null
  }
}

// What is measured in percent and is no money.
const MEASURED =
  /^(?:uptime|sla|availability|accuracy|accurate|coverage|satisfaction|faster|renewable|recyclable|organic|vegan|natural|open|open-source|secure|private|native|responsive|white-label|remote|customizable|compliant|money-back|money)$/

// '99.9% uptime', '0% transaction fees'.
function isShown({ value }: PercentPiece, behind: Piece | undefined): boolean {
  return value.digits === 0n || (behind?.kind === 'word' && MEASURED.test(behind.token.lower))
}

// '(5)', '9 EUR' and '9 (only today)' count nothing; 'OAuth 2.0', 'HTTP/2', '1:1' and '24/7' do.
function isAlone(pieces: Piece[], at: number): boolean {
  const number = pieces[at]
  return [pieces[at - 1], pieces[at + 1]].every((each) => {
    if (each?.kind === 'word' && /\p{L}/u.test(each.token.text)) return false
    const joint = each?.kind === 'mark' ? /[/:]/.test(each.mark) : each?.kind === 'word'
    return !joint || !number || (each?.end !== number.start && each?.start !== number.end)
  })
}

// '$0.10/GB/hour', '$8 per month and user': joined to an amount, and ended up nowhere.
function isSecondPer(pieces: Piece[], at: number, ledger: Ledger): boolean {
  const [before, joint, behind] = [pieces[at - 1], pieces[at], pieces[at + 1]]
  if (!before || joint?.kind !== 'mark' || !behind) return false
  if (!/^(?:price|usage)$/.test(before.kind)) return false
  const unit = behind.kind === 'word' && ledger.roleOf(behind) === null
  if (joint.mark === 'and') return unit && isUnit(behind.token.lower)
  if (joint.mark !== '/' || before.end !== joint.start) return false
  // '$29/mo/5 users' may be the price of every five.
  return unit || (behind.kind === 'quantity' && behind.start === joint.end)
}

function isUnit(word: string): boolean {
  return SEAT_WORDS.has(word) || USAGE_NOUNS.has(word)
}

// '-20' and '±5', but '10-20', 'e-20' and '- 20'.
function isMinus(pieces: Piece[], at: number): boolean {
  const [before, sign, behind] = [pieces[at - 1], pieces[at], pieces[at + 1]]
  if (sign?.kind !== 'word' || !/^[-±]$/.test(sign.token.text) || behind?.start !== sign.end)
    return false
  const number =
    behind.kind === 'word'
      ? behind.token.kind === 'number'
      : /^(?:quantity|duration|count|trial|discount)$/.test(behind.kind)
  return number && (before?.end !== sign.start || before.kind === 'mark')
}

const QUANTITY =
  'a number of something, and it is not clear what it is for; write it behind the price, like "Pro $29/mo with 5 users", put a name that holds it in quotes, or leave it out'
const FIRST =
  'what comes after the first of these has no price; write it, like $0.01 per call over 1000, or leave out "first"'
const NUMBER =
  'a number, and it is not clear what it counts; write behind the price what it is of, or leave it out'
const NUMERAL = 'a number in other digits than 0 to 9; write it in those'
const PERCENT =
  'a percentage, and it is not clear of what; write the price that is charged, or a coupon, like "code SAVE20: 20% off forever"'
const INTERVAL = 'an interval without a price; write its price, like $290/yr, or leave it out'
const PER = 'a price per something, and no amount; write it, like $0.01 per call, or leave it out'
const SECOND_PER =
  'a second "per" behind a price; write one unit, like $10 per seat, $0.01 per call or $0.10 per GB-hour'
const ONCE =
  'one-time, and nothing is sold once; write it behind its price, like $99 one-time, or leave it out'
const MINUS = 'a sign before a number; write the price that is charged, or the number without it'
