import type { Token } from './lexer.js'
import { readHighlight } from './highlights.js'
import { spanOf, type Flag, type FlagPiece, type Read } from './pieces.js'
import { readOnce } from './billing-words.js'
import { SEAT_WORDS, USAGE_NOUNS } from './vocabulary.js'

const NO_FEES = ['hidden', 'extra', 'setup', 'per-seat'].flatMap((kind) =>
  ['fee', 'fees', 'cost', 'costs', 'pricing'].map((noun) => `no ${kind} ${noun}`),
)
const TAXES_ON_TOP = ['vat', 'tax', 'taxes', 'gst'].flatMap((tax) => [
  ...['plus', '+', 'excl .', 'excl', 'ex .', 'ex', 'excluding', 'exclusive of', 'before', 'net of']
    .map((word) => `${word} ${tax}`),
  `${tax} extra`,
  `${tax} not included`,
]) // prettier-ignore

// Longest wording first where one begins another.
const PHRASES: [Flag, string][] = [
  ['contact', 'contact us for pricing'],
  ['contact', 'contact us for a quote'],
  ['contact', 'contact sales'],
  ['contact', 'contact us'],
  ['contact', 'contact our sales team'],
  ['contact', 'talk to our sales team'],
  ['contact', 'talk to sales'],
  ['contact', 'talk to us'],
  ['contact', 'speak to sales'],
  ['contact', 'speak to us'],
  ['contact', 'call us'],
  ['contact', 'call sales'],
  ['contact', 'email us'],
  ['contact', 'get in touch'],
  ['contact', "let's talk"],
  ['contact', 'lets talk'],
  ['contact', 'custom pricing'],
  ['contact', 'custom price'],
  ['contact', 'custom quote'],
  ['contact', 'bespoke pricing'],
  ['contact', 'individual pricing'],
  ['contact', 'price on request'],
  ['contact', 'pricing on request'],
  ['contact', 'on request'],
  ['contact', 'upon request'],
  ['contact', 'price on application'],
  ['contact', 'request a quote'],
  ['contact', 'get a quote'],
  ['contact', 'contact-sales'],
  ['contact', 'contact-us'],
  ['free-tier', 'free tier'],
  ['free-tier', 'free plan'],
  ['free-tier', 'free version'],
  ['free-tier', 'free level'],
  ['free-tier', 'free package'],
  ['free-tier', 'free edition'],
  ['free-tier', 'free option'],
  ['free-tier', 'free account'],
  ['free', 'free forever'],
  ['free', 'free of charge'],
  ['free', 'for free'],
  ['free', 'no charge'],
  ['free', 'at no cost'],
  ['free', 'free'],
  ['gating', 'feature gating'],
  ['gating', 'feature gates'],
  ['gating', 'feature-gating'],
  ['gating', 'feature-gated'],
  ['gating', 'feature flags'],
  ['gating', 'gated features'],
  ['gating', 'gate features'],
  ['gating', 'gating'],
  ['gating', 'gated'],
  ['gating', 'gate'],
  ['gating', 'paywall'],
  ['gating', 'paywalled'],
  ['gating', 'locked features'],
  ['gating', 'lock features'],
  ['gating', 'restrict features'],
  ['gating', 'protect features'],
  ['no-base', 'nothing monthly'],
  ['no-base', 'no monthly fee'],
  ['no-base', 'no monthly charge'],
  ['no-base', 'no base fee'],
  ['no-base', 'no base price'],
  ['no-base', 'no fixed fee'],
  ['no-base', 'no subscription'],
  ['no-base', 'nothing else'],
  ['no-base', 'no fixed price'],
  ['no-card', 'no credit card required'],
  ['no-card', 'no credit card needed'],
  ['no-card', 'no credit card'],
  ['no-card', 'no card required'],
  ['no-card', 'no card needed'],
  ['no-card', 'no card'],
  ['no-card', 'without a credit card'],
  ['no-card', 'without credit card'],
  ['overage', 'overage'],
  ['overage', 'overages'],
  ['overage', 'extra'],
  ['overage', 'additional'],
  ['overage', 'after that'],
  ['overage', 'thereafter'],
  ['overage', 'beyond that'],
  ['then', 'and then'],
  ['then', 'then'],
  ['aside', 'on top of'],
  ['aside', 'on top'],
  ['aside', 'in addition to'],
  ['aside', 'in addition'],
  ['aside', 'cancel anytime'],
  ['aside', 'cancel any time'],
  ['aside', 'no contract'],
  ['aside', 'no contracts'],
  ['aside', 'no commitment'],
  ['aside', 'renews automatically'],
  ...NO_FEES.map((phrase): [Flag, string] => ['aside', phrase]),
  ...TAXES_ON_TOP.map((phrase): [Flag, string] => ['tax', phrase]),
]

const BY_FIRST_WORD = new Map<string, [Flag, string[]][]>()
for (const [flag, phrase] of PHRASES) {
  const words = phrase.split(' ')
  const first = words[0] ?? ''
  const list = BY_FIRST_WORD.get(first) ?? []
  list.push([flag, words])
  list.sort((a, b) => b[1].length - a[1].length)
  BY_FIRST_WORD.set(first, list)
}

/** Reads a fixed phrase: 'contact sales', 'free tier', 'most popular', 'one-time'. */
export function readFlag(tokens: Token[], at: number): Read<FlagPiece> | null {
  const tax = /^(?:vat|tax|taxes|gst)$/.test(tokens[at]?.lower ?? '')
  if (tax && tokens[at - 1]?.text === '+') return flag(tokens, at, at + 1, 'tax')
  const once = readOnce(tokens, at)
  if (once !== null) return flag(tokens, at, once, 'once')
  const seat =
    /^(?:per|\/)$/.test(tokens[at]?.lower ?? '') && SEAT_WORDS.has(tokens[at + 1]?.lower ?? '')
  if (seat) return flag(tokens, at, at + 2, 'seat')
  if (/^(?:custom|contact|poa|quote)$/.test(tokens[at]?.lower ?? '') && standsAlone(tokens, at))
    return flag(tokens, at, at + 1, 'contact')
  const highlight = readHighlight(tokens, at)
  if (highlight) return highlight
  if (isReference(tokens, at)) return null
  for (const [name, words] of BY_FIRST_WORD.get(tokens[at]?.lower ?? '') ?? []) {
    if (words.every((word, n) => tokens[at + n]?.lower === word) && !isName(tokens, at, name)) {
      return flag(tokens, at, at + words.length, name)
    }
  }
  return null
}

/** 'Everything in Free' and 'all features of the free plan' name a plan; nothing is free by them. */
export function isReference(tokens: Token[], at: number): boolean {
  if (tokens[at]?.lower !== 'free') return false
  const article = /^(?:the|our)$/.test(tokens[at - 1]?.lower ?? '') ? 1 : 0
  const [what, of] = [tokens[at - 2 - article], tokens[at - 1 - article]]
  return (
    /^(?:in|from|of)$/.test(of?.lower ?? '') &&
    /^(?:everything|all|anything|features|benefits|included|that's|what's)$/.test(what?.lower ?? '')
  )
}

// 'Free Spirit: $5', 'Extra $5' and 'Sea Gate' are names, 'Free, Pro $5' and 'extra emails' are not.
function isName(tokens: Token[], at: number, name: Flag): boolean {
  const token = tokens[at]
  const next = tokens[at + 1]
  if (!token || !next || token.text === token.lower) return false
  if (name === 'gating') return isCapitalWord(tokens[at - 1]) && isPriceLike(next)
  if (name === 'overage') return !USAGE_NOUNS.has(next.lower) || next.lower === 'contact'
  if (name !== 'free' || !/^\p{Lu}\p{Ll}/u.test(next.text) || next.kind !== 'word') return false
  const after = /^\p{Lu}\p{Ll}/u.test(tokens[at + 2]?.text ?? '') ? tokens[at + 3] : tokens[at + 2]
  return (
    after !== undefined &&
    after.kind !== 'end' &&
    after.kind !== 'newline' &&
    !/^[,;.|/)+]$/.test(after.text) &&
    !/^(?:and|or|with)$/.test(after.lower)
  )
}

function isPriceLike({ kind, lower }: Token): boolean {
  return /^(?:sign|number)$/.test(kind) || /^(?:free|contact|[:(])$/.test(lower)
}

function isCapitalWord(token: Token | undefined): boolean {
  return token?.kind === 'word' && /^\p{Lu}\p{Ll}/u.test(token.text)
}

// 'Enterprise: custom' is a price to ask for; 'custom domain' is a feature.
function standsAlone(tokens: Token[], at: number): boolean {
  const before = tokens[at - 1]
  const after = tokens[at + 1]
  if (!before || !after) return false
  return (
    (/^(?:[-:(=|\u2014]|is)$/.test(before.lower) || before.lower === 'enterprise') &&
    (after.kind === 'end' || after.kind === 'newline' || /^[,;.)|]$/.test(after.text))
  )
}

function flag(tokens: Token[], at: number, next: number, name: Flag): Read<FlagPiece> {
  return { piece: { kind: 'flag', flag: name, ...spanOf(tokens, at, next) }, next }
}
