import type { Period } from '../types.js'
import { decimal, type Decimal } from './decimal.js'
import { hedgeAfter, hedgeBefore } from './hedges.js'
import { readInterval, type ReadInterval } from './intervals.js'
import type { Token } from './lexer.js'
import { readMoney, type Money } from './money.js'
import { readNumber } from './numbers.js'
import { spanOf, type Span, type PricePiece, type Read, type UsagePiece } from './pieces.js'
import { readQuantity, readUnitWords, sameUnit } from './units.js'
import { PLAN_NAMES, SEAT_WORDS, USAGE_NOUNS } from './vocabulary.js'

const EXTRA = /^(?:extra|additional|more|further|excess|overage)$/
const BEYOND = /^(?:over|above|beyond|past|after|exceeding)$/
const QUOTA_WORDS = /^(?:that|this|it|quota|limit|allowance|included|which)$/

/** Reads 'every API call costs $0.01', 'each extra email: $0.001'. */
export function readUnitPrice(tokens: Token[], at: number): Read<UsagePiece> | null {
  if (!/^(?:every|each|per)$/.test(tokens[at]?.lower ?? '')) return null
  let next = at + 1
  const overage = EXTRA.test(tokens[next]?.lower ?? '')
  if (overage) next++
  const amount = readQuantity(tokens, next)
  if (amount) next = amount.next
  const words = readUnitWords(tokens, next)
  if (!words || !USAGE_NOUNS.has(words.unit.split(' ').at(-1)?.toLowerCase() ?? '')) return null
  next = words.next
  while (/^(?:costs?|is|at|for|charge|charged|:|=)$/.test(tokens[next]?.lower ?? '')) next++
  const money = readMoney(tokens, next)
  if (!money || usageStart(tokens, money.next)) return null
  const tail = readUsageTail(tokens, money.next, words.unit)
  const doubt = money.doubt ?? amount?.doubt ?? tail.doubt ?? hedgeBefore(tokens, next, true)
  const piece: UsagePiece = {
    kind: 'usage',
    money,
    per: amount?.value ?? decimal(1n),
    unit: words.unit,
    included: tail.included,
    overage: overage || tail.overage,
    period: tail.period,
    doubt: doubt ?? hedgeAfter(tokens, tail.next, true),
    ...spanOf(tokens, at, tail.next),
  }
  return { piece, next: tail.next }
}

/** Reads an amount of money with everything that says what it is charged for. */
export function readPrice(tokens: Token[], at: number): Read<PricePiece | UsagePiece> | null {
  const money = readMoney(tokens, at) ?? readBareAmount(tokens, at)
  if (!money) return null
  return readUsage(tokens, at, money) ?? readFixed(tokens, at, money)
}

// '29/mo' and '29 a month': without a currency, only an interval right behind makes a number a price.
function readBareAmount(tokens: Token[], at: number): Money | null {
  const token = tokens[at]
  if (token?.kind !== 'number') return null
  const seat = readSeat(tokens, at + 1)
  const interval = readInterval(tokens, seat ?? at + 1)
  if (!interval) return null
  // '10 monthly reports' is a feature.
  const follower = tokens[interval.next]
  const adverb = interval.next === at + 2
  if (
    adverb &&
    follower?.kind === 'word' &&
    !/^(?:or|and|for|with|plan|tier)$/.test(follower.lower)
  ) {
    return null
  }
  const read = readNumber(token.text, token.multiplier)
  const doubt = read.doubt ?? (read.comma ? 'the comma may separate thousands or decimals' : null)
  return { value: read.value, currency: null, bareDollar: false, doubt, next: at + 1 }
}

function readSeat(tokens: Token[], at: number): number | null {
  const intro = tokens[at]
  const joined = intro?.text === '/' || /^(?:per|a|each|every)$/.test(intro?.lower ?? '')
  if (!joined) return null
  return SEAT_WORDS.has(tokens[at + 1]?.lower ?? '') ? at + 2 : null
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
        doubt ??= 'it names two intervals'
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

// '£10 pm': only right behind an amount.
function readPerMonth(tokens: Token[], at: number): ReadInterval | null {
  const short = /^p\.?m$/.test(tokens[at]?.lower ?? '')
  return short ? { interval: 'month', count: 1, doubt: null, next: at + 1 } : null
}

// '$240 lifetime'; elsewhere the word is part of a name.
function readLifetime(tokens: Token[], at: number): number | null {
  if (tokens[at]?.lower !== 'lifetime') return null
  return /^(?:access|deal|licen[cs]e)$/.test(tokens[at + 1]?.lower ?? '') ? at + 2 : at + 1
}

/** Reads 'billed annually', 'paid every 3 months'. */
export function readBilled(tokens: Token[], at: number): ReadInterval | null {
  const comma = tokens[at]?.text === ',' ? 1 : 0
  if (!/^(?:billed|charged|paid|payable|invoiced|billing)$/.test(tokens[at + comma]?.lower ?? '')) {
    return null
  }
  return readInterval(tokens, at + comma + 1)
}

/** Reads 'once', 'one-time payment', 'one-off', 'lifetime'; gives the next token or null. */
export function readOnce(tokens: Token[], at: number): number | null {
  const word = tokens[at]?.lower ?? ''
  let next: number | null = null
  if (word === 'once' || /^(?:one-time|one-off|onetime|one-shot|single-payment)$/.test(word))
    next = at + 1
  if (word === 'one' && /^(?:time|off)$/.test(tokens[at + 1]?.lower ?? '')) next = at + 2
  if (/^(?:single|one)$/.test(word) && /^payment$/.test(tokens[at + 1]?.lower ?? '')) next = at + 2
  if (word === 'for' && /^(?:life|lifetime)$/.test(tokens[at + 1]?.lower ?? '')) {
    next = at + 2
  }
  if (
    word === 'a' &&
    next === null &&
    /^(?:one-time|one-off|single)$/.test(tokens[at + 1]?.lower ?? '')
  ) {
    return readOnce(tokens, at + 1)
  }
  if (word === 'as' && tokens[at + 1]?.lower === 'a' && tokens[at + 2]?.lower !== 'as') {
    return readOnce(tokens, at + 2)
  }
  if (next === null) return null
  while (
    /^(?:payment|purchase|fee|charge|only|payments|purchases|price)$/.test(
      tokens[next]?.lower ?? '',
    )
  )
    next++
  return next
}

function readUsage(tokens: Token[], at: number, money: Money): Read<UsagePiece> | null {
  const each = readEach(tokens, at, money)
  if (each) return each
  const start = usageStart(tokens, money.next)
  if (!start) return null
  let next = start.next
  let overage = false
  const skipExtra = (): void => {
    while (EXTRA.test(tokens[next]?.lower ?? '')) {
      overage = true
      next++
    }
  }
  skipExtra()
  const amount = readQuantity(tokens, next)
  if (amount) next = amount.next
  skipExtra()
  const words = readUnitWords(tokens, next)
  if (words) next = words.next
  if (!amount && !words) return null
  const known =
    words !== null && words.unit.split(' ').some((w) => USAGE_NOUNS.has(w.toLowerCase()))
  if (!amount && !known) {
    // 'Free/Pro $29/Team $99': the slash separates plans; '$29 a steal' is no unit.
    if (start.loose || (start.slash && readMoney(tokens, next))) return null
    if (start.slash && PLAN_NAMES.has(words?.unit.toLowerCase() ?? '')) return null
  }
  const tail = readUsageTail(tokens, next, words?.unit ?? null)
  const per: Decimal = amount?.value ?? decimal(1n)
  const seats = words !== null && SEAT_WORDS.has(words.unit.toLowerCase())
  const doubt =
    money.doubt ??
    (seats ? 'seats beyond an included number cannot be set' : null) ??
    amount?.doubt ??
    tail.doubt ??
    (per.digits === 0n ? 'for zero units' : null) ??
    hedgeBefore(tokens, at, true) ??
    hedgeAfter(tokens, tail.next, true)
  const piece: UsagePiece = {
    kind: 'usage',
    money,
    per,
    unit: words?.unit ?? null,
    included: tail.included,
    overage: overage || tail.overage || saidBefore(tokens, at),
    period: tail.period,
    doubt,
    ...spanOf(tokens, at, tail.next),
  }
  return { piece, next: tail.next }
}

// 'API calls at $0.01 each': what is counted stands before the amount.
function readEach(tokens: Token[], at: number, money: Money): Read<UsagePiece> | null {
  if (!/^(?:each|apiece)$/.test(tokens[money.next]?.lower ?? '')) return null
  let before = at - 1
  while (/^(?:at|for|cost|costs|are|:|=)$/.test(tokens[before]?.lower ?? '')) before--
  if (!USAGE_NOUNS.has(tokens[before]?.lower ?? '')) return null
  if (readUnitWords(tokens, money.next + 1)) return null
  const tail = readUsageTail(tokens, money.next + 1, null)
  const piece: UsagePiece = {
    kind: 'usage',
    money,
    per: decimal(1n),
    unit: null,
    included: tail.included,
    overage: tail.overage,
    period: tail.period,
    doubt: money.doubt ?? tail.doubt ?? hedgeBefore(tokens, at, true),
    ...spanOf(tokens, at, tail.next),
  }
  return { piece, next: tail.next }
}

function saidBefore(tokens: Token[], at: number): boolean {
  return /^(?:then|extra|additional|overage|after|thereafter)$/.test(tokens[at - 1]?.lower ?? '')
}

function usageStart(
  tokens: Token[],
  at: number,
): { next: number; slash: boolean; loose: boolean } | null {
  const word = tokens[at]?.lower ?? ''
  if (readInterval(tokens, at) || readSeat(tokens, at) !== null) return null
  if (word === '/') return { next: at + 1, slash: true, loose: false }
  const second = tokens[at + 1]?.lower ?? ''
  if (word === 'per' || (word === 'for' && /^(?:each|every)$/.test(second))) {
    const skip = /^(?:each|every)$/.test(second) ? 2 : 1
    return { next: at + skip, slash: false, loose: false }
  }
  if (/^(?:a|an|each|every)$/.test(word)) return { next: at + 1, slash: false, loose: true }
  return null
}

interface UsageTail {
  included: Decimal | null
  overage: boolean
  period: Period | null
  doubt: string | null
  next: number
}

function readUsageTail(tokens: Token[], at: number, unit: string | null): UsageTail {
  const tail: UsageTail = { included: null, overage: false, period: null, doubt: null, next: at }
  for (;;) {
    const word = tokens[tail.next]?.lower ?? ''
    if (/^(?:used|sent|processed|made|consumed|generated|stored)$/.test(word)) {
      tail.next++
    } else if (/^(?:thereafter|afterwards|extra|overage)$/.test(word)) {
      tail.overage = true
      tail.next++
    } else if (BEYOND.test(word)) {
      if (!readBeyond(tokens, tail, unit)) return tail
    } else {
      const interval = readInterval(tokens, tail.next)
      if (!interval) return tail
      if (tail.period) tail.doubt ??= 'it names two intervals'
      tail.doubt ??= interval.doubt
      tail.period = { interval: interval.interval, count: interval.count }
      tail.next = interval.next
    }
  }
}

function readBeyond(tokens: Token[], tail: UsageTail, unit: string | null): boolean {
  let next = tail.next + 1
  while (/^(?:the|first|initial|included|your|a|quota|of|limit)$/.test(tokens[next]?.lower ?? ''))
    next++
  const quota = readQuantity(tokens, next)
  if (!quota) {
    const last = tokens[next]?.lower ?? ''
    const previous = tokens[next - 1]?.lower ?? ''
    if (!QUOTA_WORDS.test(last) && !QUOTA_WORDS.test(previous)) return false
    tail.overage = true
    tail.next = QUOTA_WORDS.test(last) ? next + 1 : next
    return true
  }
  if (tail.included) tail.doubt ??= 'it names two quotas'
  tail.included = quota.value
  tail.doubt ??= quota.doubt
  next = quota.next
  const words = readUnitWords(tokens, next)
  if (words) {
    if (unit && !sameUnit(unit, words.unit)) {
      tail.doubt ??= `"${unit}" and "${words.unit}" may not be the same`
    }
    next = words.next
  }
  tail.next = next
  return true
}
