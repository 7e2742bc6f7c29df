import type { Token } from './lexer.js'
import { KIND_WORDS, PLAN_NAMES } from './vocabulary.js'

// Short forms that several countries share, and codes of money that Polar does not take.
const SHORT_FORMS =
  /^(?:rs|re|kr|fr|sfr|ft|lei|lv|rm|rp|руб|р|btc|xbt|eth|usdt|usdc|rub|byn|ves|irr|iqd|kwd|bhd|omr|jod|tnd|lyd|sdg|syp|lbp|ghs|mmk|afn|btn|points|coins)$/

// Of capital letters, as the countries write them: 'R 199', 'KSh 500'.
const LETTERS =
  /^(?:R|Q|L|K|F|S|Br|Bs|Gs|Kz|Ks|MT|Tk|Le|Dh|Dhs|DH|SR|QR|KSh|Ksh|TSh|USh|CFA|FCFA|XDR|DM)$/

/** Why a number that no known currency stands beside is still not in the request's currency; else null. */
export function strangeCurrency(tokens: Token[], number: number): string | null {
  for (const at of [number - 1, number + 1]) {
    if (isStrange(tokens, at)) {
      return `"${tokens[at]?.text ?? ''}" may be a currency; write its ISO code`
    }
  }
  return null
}

/** Whether a token is a currency that is not known, or a short form that several countries share. */
export function isStrange(tokens: Token[], at: number): boolean {
  const token = tokens[at]
  if (!token) return false
  const sign = token.kind === 'symbol' && /\p{Sc}/u.test(token.text)
  const short = token.kind === 'word' && (SHORT_FORMS.test(token.lower) || isLetters(tokens, at))
  const code = token.kind === 'word' && /^[A-Z]{3}$/.test(token.text) && isNumber(tokens[at - 1])
  return sign || short || code || isCodeBehindName(tokens, at)
}

// 'Pro R 199/mo', but 'Plan R 199/mo'.
function isLetters(tokens: Token[], at: number): boolean {
  const name = tokens[at - 1]
  const named = name?.kind === 'word' && !KIND_WORDS.has(name.lower)
  return LETTERS.test(tokens[at]?.text ?? '') && (named || isNumber(name))
}

function isNumber(token: Token | undefined): boolean {
  return token?.kind === 'number'
}

// 'Pro XYZ 29/mo'; alone, 'VIP 29/mo' is a name.
function isCodeBehindName(tokens: Token[], at: number): boolean {
  const token = tokens[at]
  const name = tokens[at - 1]
  return (
    token?.kind === 'word' &&
    /^[A-Z]{3}$/.test(token.text) &&
    !PLAN_NAMES.has(token.lower) &&
    name?.kind === 'word' &&
    name.text !== name.text.toUpperCase()
  )
}
