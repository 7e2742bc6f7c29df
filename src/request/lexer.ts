import { EMOJI } from '../invisible.js'
import { currencyOfWord } from './currencies.js'
import { numberWord } from './numbers.js'
import { PLAN_NAMES } from './vocabulary.js'

export interface Token {
  kind: 'word' | 'number' | 'sign' | 'quoted' | 'symbol' | 'newline' | 'end'
  text: string
  lower: string
  start: number
  end: number
  /** No blank between this token and the one before. */
  glued: boolean
  /** Of a number: 'k', 'M', … written against it. */
  multiplier: string | null
}

// Letters against a sign say which currency it is: 'CDN$29', '$US 29'.
const SIGN =
  /(?:(?:US |\p{Lu}\p{L}{0,2}(?!\$\{)|\p{Lu}{4}(?!\$\{))?(?:\$(?:\p{Lu}{1,3}(?= ?\d))?|[¥€£₹₩₺₪₫₴฿₱₦])|(?:zł|Kč)(?![\p{L}\p{N}]))/uy
const LETTERS = /^\p{L}+(?=[^\p{L} ])/u
const ROUND_THE_CLOCK = /24\/[57](?![\p{L}\p{N}.,/])/uy
const NUMBER = /\d+(?:[.,]\d+)*|\.\d+/y
// 1'299.50, 10_000, 1 299,50: groups of three, set apart by something that is no point or comma.
const GROUPED =
  /\d{1,3}(?:(['_ ])\d{3}(?![\d'_]))(?:\1\d{3}(?![\d'_]))*(?:[.,]\d{1,2}(?!\d))?(?![.,]\d)/y
const MULTIPLIER = /(?:[kK]|mm|[mM]|bn|B|[Mm]io)(?![\p{L}\p{N}])/uy
const WORD =
  /\p{L}[\p{L}\p{M}\p{N}]*(?:['_&.@-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*(?:[+#]+(?=[\s,:;()]|$))?/uy
const SIMPLE = /\p{L}[\p{L}\p{M}\p{N}]*/uy
const CODE = /[A-Z]{3}(?=\d)/y
const QUOTED = /"([^"\n]{1,80})"/y
// Quotes around a whole clause hold money or several items; only a bare name is taken as one piece.
const NOT_A_NAME = /[\d$€£¥₹,;:()]/

/** Cuts the cleaned request into tokens; the last one is always `end`. Linear in its length. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  let blank = true
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    return pattern.exec(text)
  }
  const push = (kind: Token['kind'], length: number, value?: string, multiplier?: string): void => {
    const raw = value ?? text.slice(at, at + length)
    tokens.push({
      kind,
      text: raw,
      lower: raw.toLowerCase(),
      start: at,
      end: at + length,
      glued: !blank,
      multiplier: multiplier ?? null,
    })
    at += length
    blank = false
  }
  while (at < text.length) {
    const char = text[at] ?? ''
    if (char === '\n') {
      push('newline', 1)
      blank = true
    } else if (char === ' ') {
      at++
      blank = true
    } else if (char >= '0' && char <= '9') {
      lexNumber()
    } else if (char === '.' && /\d/.test(text[at + 1] ?? '')) {
      lexNumber()
    } else {
      lexOther(char)
    }
  }
  push('end', 0, '')
  return tokens

  function lexNumber(): void {
    const hours = take(ROUND_THE_CLOCK)
    if (hours) return push('word', hours[0].length)
    const digits = take(GROUPED)?.[0] ?? take(NUMBER)?.[0] ?? text[at] ?? ''
    MULTIPLIER.lastIndex = at + digits.length
    const multiplier = MULTIPLIER.exec(text)?.[0]
    push('number', digits.length + (multiplier?.length ?? 0), digits, multiplier)
  }

  function lexOther(char: string): void {
    const quoted = char === '"' ? take(QUOTED) : null
    const inside = quoted?.[1]?.trim()
    if (quoted && inside && !NOT_A_NAME.test(inside))
      return push('quoted', quoted[0].length, inside)
    const sign = take(SIGN)
    // 'Pro$29' names a plan.
    const named = PLAN_NAMES.has(LETTERS.exec(sign?.[0] ?? '')?.[0].toLowerCase() ?? '')
    if (sign && !named) return push('sign', sign[0].length)
    const code = take(CODE)
    const coupon = /^(?:codes?|coupon|promo|voucher|discount)$/.test(tokens.at(-1)?.lower ?? '')
    if (code && !coupon && currencyOfWord(code[0])) return push('word', 3)
    const simple = take(SIMPLE)
    if (simple) return push('word', standsAlone(simple[0]) ? simple[0].length : longWord())
    const emoji = take(EMOJI)
    push('symbol', emoji?.[0].length ?? String.fromCodePoint(text.codePointAt(at) ?? 32).length)
  }

  function longWord(): number {
    return take(WORD)?.[0].length ?? 1
  }

  // '14-day-trial' and 'two-week' are counts and units; 'one-time' and 'usage-based' are one word.
  function standsAlone(word: string): boolean {
    const hyphen = tokens.at(-1)
    const owner = tokens.at(-2)
    if (hyphen?.text === '-' && hyphen.glued && !blank && owner) {
      if (owner.kind === 'number' || numberWord(owner.lower) !== null) return true
    }
    if (numberWord(word.toLowerCase()) === null || text[at + word.length] !== '-') return false
    const rest = text.slice(at + word.length + 1, at + word.length + 5).toLowerCase()
    return !/^(?:time|off|shot)/.test(rest)
  }
}
