import { multiplied } from './percent.js'
import { readDuration, unitOf } from './intervals.js'
import type { Token } from './lexer.js'
import { readMoney } from './money.js'
import { spanOf, type DiscountPiece, type Read } from './pieces.js'

const KEYWORD = /^(?:promo|coupon|discount|voucher|promotion|promotional|referral|launch)$/
/** Words a coupon can begin with. */
export const DISCOUNT_WORDS =
  /^(?:promo|coupon|discount|voucher|promotion|promotional|referral|launch|codes?)$/
const FILLER =
  /^(?:for|gives?|giving|is|takes?|of|worth|at|a|an|the|to|get|gets|with|using|use|applies|,|offers?|entering|[:=(),"-]|\u2014|→)$/

/** Reads a coupon: its code, what it takes off, and for how long, in any order people write them. */
export function readDiscount(tokens: Token[], at: number): Read<DiscountPiece> | null {
  const draft = new Draft()
  const begins = readCode(tokens, at, draft) ?? readOff(tokens, at, draft, true)
  if (begins === null) return null
  let next = begins
  for (;;) {
    const from = skipFiller(tokens, next)
    const more =
      (draft.code === null ? readCode(tokens, from, draft) : null) ??
      (draft.hasAmount ? null : readOff(tokens, from, draft, draft.code === null)) ??
      (draft.duration === null ? readLasting(tokens, from, draft) : null)
    if (more === null) break
    next = more
    if (/^(?:\)|")$/.test(tokens[next]?.text ?? '') && draft.opened(tokens, at, next)) next++
  }
  return { piece: { ...draft.piece(), ...spanOf(tokens, at, next) }, next }
}

class Draft {
  code: string | null = null
  percent: DiscountPiece['percent'] = null
  money: DiscountPiece['money'] = null
  duration: DiscountPiece['duration'] = null
  months: number | null = null
  doubt: string | null = null

  get hasAmount(): boolean {
    return this.percent !== null || this.money !== null
  }

  opened(tokens: Token[], from: number, to: number): boolean {
    const closing = tokens[to]?.text
    const opening = closing === ')' ? '(' : '"'
    return tokens.slice(from, to).some((token) => token.text === opening)
  }

  piece(): Omit<DiscountPiece, 'start' | 'end'> {
    const { code, percent, money, duration, months, doubt } = this
    return { kind: 'discount', code, percent, money, duration, months, doubt }
  }
}

function skipFiller(tokens: Token[], at: number): number {
  let next = at
  while (next < at + 4 && FILLER.test(tokens[next]?.lower ?? '')) next++
  return next
}

function readCode(tokens: Token[], at: number, draft: Draft): number | null {
  let next = at
  const keyword = KEYWORD.test(tokens[next]?.lower ?? '')
  if (keyword) next++
  const said = /^codes?$/.test(tokens[next]?.lower ?? '')
  if (said) next++
  if (!keyword && !said) return null
  while (/^(?:called|named|[:="'`]|is)$/.test(tokens[next]?.lower ?? '')) next++
  const token = tokens[next]
  if (!token) return null
  const looksLikeCode =
    token.kind === 'quoted' || (token.kind === 'word' && /^[A-Z0-9][A-Z0-9_-]*$/.test(token.text))
  if (!looksLikeCode) {
    if (!said || token.kind !== 'word' || FILLER.test(token.lower)) {
      // 'with a coupon 20% off': a coupon without a code.
      return keyword && readOff(tokens, skipFiller(tokens, next), new Draft(), true) ? next : null
    }
  }
  draft.code = token.text
  if (tokens[next + 1]?.glued && /^["'`]$/.test(tokens[next + 1]?.text ?? '')) next++
  return next + 1
}

function readOff(tokens: Token[], at: number, draft: Draft, needsOff: boolean): number | null {
  const amount = readAmount(tokens, at)
  if (!amount) return null
  let next = amount.next
  let off = false
  while (/^(?:off|discount|reduction|rebate|cheaper)$/.test(tokens[next]?.lower ?? '')) {
    off = true
    next++
  }
  if (!off && needsOff) return null
  draft.percent = amount.percent
  draft.money = amount.money
  draft.doubt ??= amount.doubt
  // 'code X: $19' may be what is paid.
  const taken = off || /^(?:worth|takes?|minus|of|gives?|saves?)$/.test(tokens[at - 1]?.lower ?? '')
  if (amount.money && !taken)
    draft.doubt ??=
      'it does not say whether the amount is taken off or paid; write … off, or the price'
  return next
}

function readAmount(
  tokens: Token[],
  at: number,
): (Pick<DiscountPiece, 'percent' | 'money' | 'doubt'> & { next: number }) | null {
  const number = tokens[at]
  const sign = tokens[at + 1]
  if (number?.kind === 'number' && (sign?.text === '%' || sign?.lower === 'percent')) {
    const read = multiplied(number)
    return { percent: read.value, money: null, doubt: read.doubt, next: at + 2 }
  }
  const money = readMoney(tokens, at)
  return money && { percent: null, money, doubt: money.doubt, next: money.next }
}

function readLasting(tokens: Token[], at: number, draft: Draft): number | null {
  let next = at
  const word = tokens[at]?.lower ?? ''
  if (/^(?:forever|permanently|always|lifetime|life)$/.test(word)) {
    draft.duration = 'forever'
    return at + 1
  }
  if (/^(?:once|one-time|single-use)$/.test(word)) {
    draft.duration = 'once'
    return at + 1
  }
  while (
    /^(?:for|on|off|the|during|your|their|in|one|repeating|recurring|lasting)$/.test(
      tokens[next]?.lower ?? '',
    )
  )
    next++
  const first = /^(?:first|initial)$/.test(tokens[next]?.lower ?? '')
  if (first) next++
  if (
    /^(?:payment|invoice|order|purchase|charge|bill)$/.test(tokens[next]?.lower ?? '') &&
    next > at
  ) {
    draft.duration = 'once'
    return next + 1
  }
  const unit = first ? unitOf(tokens[next]?.lower ?? '') : null
  const read = unit
    ? { interval: unit[0], count: unit[1], doubt: null, next: next + 1 }
    : readDuration(tokens, next)
  if (
    !read ||
    (!first &&
      !/^(?:for|repeating|recurring|lasting)$/.test(tokens[at]?.lower ?? '') &&
      tokens[at - 1]?.lower !== 'for')
  )
    return null
  draft.duration = 'repeating'
  draft.months = read.count * (read.interval === 'year' ? 12 : 1)
  draft.doubt ??= read.doubt
  if (read.interval === 'day' || read.interval === 'week') {
    draft.doubt ??= 'a discount lasts whole months; write for N months'
  }
  return read.next
}
