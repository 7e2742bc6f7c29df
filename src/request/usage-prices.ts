import { readSeat } from './billing-words.js'
import { decimal, type Decimal } from './decimal.js'
import { hedgeAfter, hedgeBefore } from './hedges.js'
import { readInterval } from './intervals.js'
import type { Token } from './lexer.js'
import { readMoney, type Money } from './money.js'
import { spanOf, type Read, type UsagePiece } from './pieces.js'
import { readQuantity, readUnitWords } from './units.js'
import { readUsageTail } from './usage-tails.js'
import { PLAN_NAMES, SEAT_WORDS, USAGE_NOUNS } from './vocabulary.js'

const EXTRA = /^(?:extra|additional|more|further|excess|overage)$/

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
  const doubt =
    money.doubt ?? money.unitDoubt ?? amount?.doubt ?? tail.doubt ?? hedgeBefore(tokens, next, true)
  const piece: UsagePiece = {
    kind: 'usage',
    money,
    per: amount?.value ?? decimal(1n),
    unit: words.unit,
    included: tail.included,
    overage: overage || tail.overage,
    period: tail.period,
    doubt: doubt ?? hedgeAfter(tokens, tail.next, true) ?? strayBehind(tokens[tail.next]),
    ...spanOf(tokens, at, tail.next),
  }
  return { piece, next: tail.next }
}

/** Reads what an amount is charged for when that is counted: 'per API call over 10k', '/GB'. */
export function readUsage(tokens: Token[], at: number, money: Money): Read<UsagePiece> | null {
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
    money.unitDoubt ??
    (seats
      ? 'seats beyond an included number cannot be set; write a price per seat, or a fixed price'
      : null) ??
    amount?.doubt ??
    tail.doubt ??
    (!known &&
    !/\bactive\b/i.test(words?.unit ?? '') &&
    !amount &&
    tail.period &&
    !tail.included &&
    !tail.overage
      ? 'it may be counted as used, or be a number that is bought; write "per seat", or what is counted'
      : null) ??
    (per.digits === 0n ? 'for zero units; write how many units it is for' : null) ??
    (!known && /[^\p{ASCII}]/u.test(words?.unit ?? '')
      ? `"${words?.unit ?? ''}" is not understood; write /mo or /yr, or what is counted, in English`
      : null) ??
    hedgeBefore(tokens, at, true) ??
    hedgeAfter(tokens, tail.next, true) ??
    strayBehind(tokens[tail.next])
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

// '$0.01 per call under 10k': a word behind a price per unit may bound it or change it.
function strayBehind(token: Token | undefined): string | null {
  if (token?.kind !== 'word' && token?.kind !== 'number') return null
  if (/^(?:and|or|plus|with|then|but|also|in|on|no|storage|bandwidth|traffic)$/.test(token.lower))
    return null
  return `"${token.text}" behind the price per unit is not understood; write one price per unit, like $0.01 per call over 10k`
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
    doubt: money.doubt ?? money.unitDoubt ?? tail.doubt ?? hedgeBefore(tokens, at, true),
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
