import type { Period } from '../types.js'
import { readBilled, readLifetime, readOnce, readPerMonth, readSeat } from './billing-words.js'
import { hedgeAfter, hedgeBefore } from './hedges.js'
import { readInterval, type ReadInterval } from './intervals.js'
import type { Token } from './lexer.js'
import { readMoney, type Money } from './money.js'
import { readNumber } from './numbers.js'
import { spanOf, type Span, type PricePiece, type Read, type UsagePiece } from './pieces.js'
import { isStrange, strangeCurrency } from './strange-currencies.js'
import { readUsage } from './usage-prices.js'
import { KIND_WORDS } from './vocabulary.js'
import { COMMA } from './reasons.js'

/** Reads an amount of money with everything that says what it is charged for. */
export function readPrice(tokens: Token[], at: number): Read<PricePiece | UsagePiece> | null {
  const money = readMoney(tokens, at) ?? readBareAmount(tokens, at)
  if (!money) return null
  return readUsage(tokens, at, money) ?? readFixed(tokens, at, money)
}

// '29/mo', '29 a month', 'monthly 29': without a currency, only an interval makes a number a price.
function readBareAmount(tokens: Token[], at: number): Money | null {
  const token = tokens[at]
  if (token?.kind !== 'number') return null
  const strange = strangeCurrency(tokens, at)
  const next = strange !== null && isStrange(tokens, at + 1) ? at + 2 : at + 1
  if (isLabelled(tokens, at) && endsItem(tokens[next])) {
    return bareMoney(token, next, strange)
  }
  const seat = readSeat(tokens, next)
  const interval = readInterval(tokens, seat ?? next)
  if (!interval) return null
  // '10 monthly reports' is a feature.
  const follower = tokens[interval.next]
  const adverb = interval.next === next + 1
  if (
    adverb &&
    follower?.kind === 'word' &&
    !/^(?:or|and|for|with|plan|tier)$/.test(follower.lower)
  ) {
    return null
  }
  if (isQuota(tokens, interval.next)) return null
  const besideNumber = followsNumber(tokens, at)
    ? 'two numbers side by side; write the price with its currency'
    : null
  return bareMoney(token, next, besideNumber ?? strange)
}

function bareMoney(token: Token, next: number, doubt: string | null): Money {
  const read = readNumber(token.text, token.multiplier)
  return {
    value: read.value,
    currency: null,
    bareDollar: false,
    unitDoubt: null,
    doubt: read.doubt ?? (read.comma ? COMMA : null) ?? doubt,
    next,
  }
}

// 'monthly 4.99', 'annual subscription: 39.99'.
function isLabelled(tokens: Token[], at: number): boolean {
  let label = at - 1
  while (LABEL_JOINTS.test(tokens[label]?.lower ?? '')) label--
  return tokens[label]?.kind === 'word' && readInterval(tokens, label)?.next === label + 1
}

const LABEL_JOINTS = /^(?:plan|subscription|membership|price|fee|payment|at|is|for|costs|[:=-])$/

// '4.99, yearly 39.99', but not 'monthly 3 reports'.
function endsItem(token: Token | undefined): boolean {
  if (token?.kind === 'end' || token?.kind === 'newline') return true
  return /^(?:and|or|[,;.)])$/.test(token?.lower ?? '')
}

// '10,000/day free', but '29/mo free trial'.
function isQuota(tokens: Token[], at: number): boolean {
  const [said, behind] = [tokens[at]?.lower ?? '', tokens[at + 1]]
  if (said === 'included') return true
  return said === 'free' && behind?.kind !== 'word' && behind?.kind !== 'number'
}

// 'Pro 29 39/mo', but 'Tier 1 29/mo'.
function followsNumber(tokens: Token[], at: number): boolean {
  return tokens[at - 1]?.kind === 'number' && !KIND_WORDS.has(tokens[at - 2]?.lower ?? '')
}

function readFixed(tokens: Token[], at: number, money: Money): Read<PricePiece> {
  let next = money.next
  let interval: ReadInterval | null = null
  let billed: Period | null = null
  let perSeat = false
  let once = false
  let doubt: string | null = money.doubt
  for (;;) {
    const seat = readSeat(tokens, next)
    if (seat !== null) {
      perSeat = true
      next = seat
      continue
    }
    const billing = readBilled(tokens, next)
    if (billing) {
      doubt ??= billing.doubt
      billed = billing
      next = billing.next
      continue
    }
    const read = readInterval(tokens, next) ?? readPerMonth(tokens, next)
    if (read) {
      if (interval && !(interval.interval === read.interval && interval.count === read.count)) {
        doubt ??= 'it names two intervals; write one, or a price for each'
      }
      doubt ??= read.doubt
      interval = read
      next = read.next
      continue
    }
    const single = readLifetime(tokens, next) ?? readOnce(tokens, next)
    if (single === null) break
    once = true
    next = single
  }
  doubt ??= hedgeBefore(tokens, at) ?? hedgeAfter(tokens, next, interval !== null)
  const period = interval && { interval: interval.interval, count: interval.count }
  const piece: PricePiece = {
    kind: 'price',
    money,
    interval: period,
    billed: billed && { interval: billed.interval, count: billed.count },
    perSeat,
    once,
    doubt,
    ...spanWith(tokens, at, next, doubt),
  }
  return { piece, next }
}

// The word that makes an amount doubtful is quoted with it.
function spanWith(tokens: Token[], at: number, next: number, doubt: string | null): Span {
  const span = spanOf(tokens, at, next)
  const before = tokens[at - 1]
  const after = tokens[next]
  const named = (token: Token | undefined): token is Token =>
    token !== undefined &&
    token.kind !== 'newline' &&
    (doubt?.startsWith(`"${token.text}`) ?? false)
  return {
    start: named(before) ? before.start : span.start,
    end: named(after) ? after.end : span.end,
  }
}
