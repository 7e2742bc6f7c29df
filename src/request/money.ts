import {
  currencyOfPhrase,
  currencyOfSign,
  currencyOfWord,
  isDollar,
  usesDecimalComma,
} from './currencies.js'
import { decimal, times, type Decimal } from './decimal.js'
import type { Token } from './lexer.js'
import { readNumber } from './numbers.js'
import { KIND_WORDS, PLAN_NAMES } from './vocabulary.js'
import { COMMA, QUESTION_BEHIND } from './reasons.js'

/** An amount of money as written, in major units. */
export interface Money {
  value: Decimal
  /** Null when no sign or code stands beside the number. */
  currency: string | null
  /** A bare '$', which a currency named elsewhere in the request may refine. */
  bareDollar: boolean
  /** Why the amount cannot be taken for the price of one unit, which may have more than two decimals. */
  unitDoubt: string | null
  /** Why the amount cannot be taken as it stands. */
  doubt: string | null
  /** Token after the last one used. */
  next: number
}

/** Why an amount below zero cannot be taken. */
export const NEGATIVE = 'a negative amount; write the price without the minus'

/** Reads '$29', '29€', 'USD 29', '29 dollars', '50 cents', '-$5' at token `at`, or gives null. */
export function readMoney(tokens: Token[], at: number): Money | null {
  const minus = tokens[at]?.text === '-' ? 1 : 0
  if (minus && !tokens[at + 1]?.glued) return null
  const money = readPrefixed(tokens, at + minus) ?? readSuffixed(tokens, at + minus)
  if (!money) return null
  return minus ? { ...money, doubt: NEGATIVE } : money
}

function readPrefixed(tokens: Token[], at: number): Money | null {
  const sign = tokens[at]
  const isSign = sign?.kind === 'sign'
  const currency = isSign
    ? currencyOfSign(sign.text)
    : sign?.kind === 'word' && /^[A-Z]{3}$/.test(sign.text)
      ? currencyOfWord(sign.text)
      : null
  if (!sign || (!currency && !isSign)) return null
  let next = at + 1
  let doubt = currency ? lettersBefore(tokens, at) : unknownSign(sign)
  let bareDollar = sign.text === '$'
  let named = currency
  // 'USD $10' names its currency twice.
  const second = tokens[next]
  if (!isSign && second?.kind === 'sign') {
    if (currency && !agrees(currency, second.text))
      doubt = 'two currencies for one amount; write one'
    next++
  }
  if (tokens[next]?.text === '-' && tokens[next + 1]?.kind === 'number') {
    doubt = NEGATIVE
    next++
  }
  const number = tokens[next]
  if (number?.kind !== 'number') return null
  next++
  const after = tokens[next]
  const code = isSign && after?.kind === 'word' ? currencyOfWord(after.text) : null
  if (code && after) {
    if (sign.text === '$' && isDollar(code)) {
      named = code
      bareDollar = false
    } else if (code !== currency) doubt ??= 'two currencies for one amount; write one'
    next++
  }
  return finish(tokens, number, named, bareDollar, doubt, next)
}

function unknownSign({ text }: Token): string {
  return `"${text}" may be one of several currencies; write its ISO code, like 29 CAD`
}

// 'Pro AU $29' is not 'Pro $29'.
function lettersBefore(tokens: Token[], at: number): string | null {
  const [letters, sign] = [tokens[at - 1], tokens[at]]
  if (letters?.kind !== 'word' || sign?.text !== '$' || sign.glued) return null
  if (!/^\p{Lu}[\p{L}]{1,2}$/u.test(letters.text) || PLAN_NAMES.has(letters.lower)) return null
  if (currencyOfSign(`${letters.text}$`) === null) return null
  return `"${letters.text} $" may be a currency; write its ISO code, like 29 CAD`
}

function readSuffixed(tokens: Token[], at: number): Money | null {
  const number = tokens[at]
  const after = tokens[at + 1]
  if (number?.kind !== 'number' || !after) return null
  if (after.kind === 'sign') {
    // '10 $20' is a number and an amount.
    const following = tokens[at + 2]
    if (following?.kind === 'number' && following.glued && !after.glued) return null
    const currency = currencyOfSign(after.text)
    const doubt = currency ? null : unknownSign(after)
    return finish(tokens, number, currency, after.text === '$', doubt, at + 2)
  }
  if (after.text === '¢' || (after.kind === 'word' && /^(?:cents?|ct|pence)$/.test(after.lower))) {
    const currency = after.text === '¢' ? 'usd' : after.lower === 'pence' ? 'gbp' : null
    const money = finish(tokens, number, currency, false, null, at + 2)
    return { ...money, value: times(money.value, decimal(1n, 2)) }
  }
  if (after.kind !== 'word') return null
  for (const length of [2, 3]) {
    const words = tokens.slice(at + 1, at + 1 + length).map(({ lower }) => lower)
    const currency = currencyOfPhrase(words.join(' '))
    if (currency) return finish(tokens, number, currency, false, null, at + 1 + length)
  }
  const currency = currencyOfWord(after.text)
  if (!currency) return null
  const second = tokens[at + 2]?.kind === 'number'
  // 'Tier 1 USD 99' is a number and an amount, '20 dollars 50' may be one with its cents.
  if (second && KIND_WORDS.has(tokens[at - 1]?.lower ?? '')) return null
  const doubt = second
    ? 'a number on both sides of the currency; write the amount once, like $20.50'
    : null
  return finish(tokens, number, currency, /^dollars?$/.test(after.lower), doubt, at + 2)
}

function agrees(currency: string, sign: string): boolean {
  return currencyOfSign(sign) === currency || (sign === '$' && isDollar(currency))
}

function finish(
  tokens: Token[],
  number: Token,
  currency: string | null,
  bareDollar: boolean,
  doubt: string | null,
  next: number,
): Money {
  const read = readNumber(number.text, number.multiplier)
  const lowerM = number.multiplier === 'm' || number.multiplier === 'b'
  const reason =
    doubt ??
    read.doubt ??
    (read.comma && currency !== null && !usesDecimalComma(currency)
      ? COMMA
      : lowerM
        ? 'the letter behind the amount may mean several things; write the amount out'
        : gluedTail(tokens, next))
  const unitDoubt =
    read.commaGroup && currency !== null && usesDecimalComma(currency) ? COMMA : null
  return { value: read.value, currency, bareDollar, unitDoubt, doubt: reason, next }
}

// '$29ish', "$1'200", '$29+': whatever is written against an amount may change it.
function gluedTail(tokens: Token[], next: number): string | null {
  const tail = tokens[next]
  if (!tail?.glued || tail.kind === 'end' || tail.kind === 'newline') return null
  const follower = tokens[next + 1]
  const spaced = !follower?.glued || follower.kind === 'end' || follower.kind === 'newline'
  if (tail.text === '+') {
    const goesOn = !spaced && /^(?:sign|number|word)$/.test(follower?.kind ?? '')
    return goesOn ? null : 'the plus behind it may mean "and up"; write the amount that is charged'
  }
  if (tail.kind === 'symbol') {
    if ('.,;:!)]}/|"`'.includes(tail.text) || '([{'.includes(tail.text)) return null
    if (tail.text === '-' && follower?.kind === 'word') return null
    if (tail.text === '\u2014' || tail.text === '-') return 'it may be a range; write one amount'
    if (tail.text === '?') return QUESTION_BEHIND
    return 'something is written against it; write the amount alone'
  }
  return 'something is written against it; write the amount alone'
}
