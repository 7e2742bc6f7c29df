import { currencyOfWord } from './currencies.js'
import type { Token } from './lexer.js'
import { readFlag } from './flags.js'
import { readHighlight } from './highlights.js'
import { readMoney } from './money.js'
import { QUESTION_BEHIND } from './reasons.js'
import { CHANGING, HEDGES_AFTER, HEDGES_BEFORE } from './vocabulary.js'

// Names that are also hedges ('Max $18'): at the head of an item, written as a name.
const ALSO_NAMES = new Set(['max', 'regular', 'value', 'double', 'extra', 'plus', 'additional'])
const PASSED_OVER =
  /^(?:at|for|is|are|of|only|just|be|a|an|the|price|fee|cost|costs|amount|spending|[([:=]|")$/
const BEFORE_SYMBOLS = '~≈<>≤≥±×%^'

/** What stands before the amount at `at` and makes it more or less than a price, or null. */
export function hedgeBefore(tokens: Token[], at: number, usage = false): string | null {
  let before = at - 1
  let set = false
  for (let steps = 0; steps < 4 && PASSED_OVER.test(tokens[before]?.lower ?? ''); steps++) {
    if (/^[([:]$/.test(tokens[before]?.text ?? '')) set = true
    before--
  }
  const token = tokens[before]
  if (!token) return null
  if (token.kind === 'symbol' && BEFORE_SYMBOLS.includes(token.text)) {
    // Written against a name it belongs to the name: '</script> ($29)'.
    if (token.text === '>' && /^[-=]$/.test(tokens[before - 1]?.text ?? '')) return null
    return !token.glued || tokens[before + 1]?.glued ? because(token) : null
  }
  // '12 x $29'.
  if (token.text === 'x' && tokens[before - 1]?.kind === 'number') return because(token)
  if (token.kind === 'word' && CHANGING.has(token.text) && !usage) return because(token)
  if (token.kind !== 'word' || !HEDGES_BEFORE.has(token.lower)) return null
  if (token.lower === 'value' && tokens[before - 1]?.lower === 'best') return null
  if (usage && /^(?:extra|additional|another|then|after|over|excess)$/.test(token.lower))
    return null
  const name = token.text !== token.lower || set
  if (ALSO_NAMES.has(token.lower) && name && headsItem(tokens, before)) return null
  return because(token)
}

/** What stands behind a price ending before token `at` and changes its meaning, or null. */
export function hedgeAfter(tokens: Token[], at: number, complete: boolean): string | null {
  const token = tokens[at]
  if (!token) return null
  const follower = tokens[at + 1]
  if (readHighlight(tokens, at)) return null
  if (token.text === '?') return QUESTION_BEHIND
  if (token.text === '*' || token.text === '~' || token.text === '%') return because(token)
  if (token.text === '-' || token.text === '\u2014') {
    const money = readMoney(tokens, at + 1)
    return money || (follower?.kind === 'number' && follower.glued)
      ? 'it may be a range; write one amount'
      : null
  }
  if (token.text === '/' && !complete) {
    const money = readMoney(tokens, at + 1)
    return money || follower?.kind === 'number'
      ? 'several amounts stand side by side; write a name or an interval for each'
      : null
  }
  if (token.text === '+' && token.glued && !complete) {
    return follower?.kind === 'end' || follower?.kind === 'newline' ? because(token) : null
  }
  if (token.kind !== 'word' || readFlag(tokens, at)?.piece.flag === 'tax') return null
  const unit = unitFollows(tokens, at, complete)
  if (unit)
    return `"${unit}" behind it: a price per unit that is not understood; write per seat, or what is counted`
  if (/^(?:over|above|beyond|past|exceeding|after)$/.test(token.lower)) {
    return trialFollows(tokens, at + 1) ? null : because(token)
  }
  if (/^(?:or|and)$/.test(token.lower)) {
    const hedged = /^(?:so|more|less|up|above|over|higher)$/.test(follower?.lower ?? '')
    return hedged && follower ? because(token, follower) : null
  }
  // '$10 in credits', but 'prices in EUR'.
  if (token.lower === 'in') {
    return follower && currencyOfWord(follower.text) ? null : because(token)
  }
  if (CHANGING.has(token.text)) return because(token)
  if (!HEDGES_AFTER.has(token.lower)) return null
  if (token.lower === 'first' && follower?.kind === 'number') return null
  if (/^incl(?:usive)?$/.test(token.lower) && !taxFollows(tokens, at + 1)) return null
  if (token.lower === 'then' || token.lower === 'more') return then(tokens, at)
  return because(token)
}

// '$99/mo per 10 users', '$10 a night', '$9/mo for each site': not a price of the plan itself.
function unitFollows(tokens: Token[], at: number, complete: boolean): string | null {
  const first = tokens[at]
  const second = tokens[at + 1]
  const isFor = first?.lower === 'for' && /^(?:each|every|per)$/.test(second?.lower ?? '')
  const intro = isFor ? second : first
  const noun = tokens[isFor ? at + 2 : at + 1]
  if (!intro || !noun || (noun.kind !== 'word' && noun.kind !== 'number')) return null
  const article = !complete && /^an?$/.test(intro.lower) && noun.kind === 'word'
  if (!article && !/^(?:per|each|every)$/.test(intro.lower)) return null
  // '$9 per month each', '$29 a one-time fee' and the like are read elsewhere.
  if (article && /^(?:one|one-time|one-off|single)$/.test(noun.lower)) return null
  return `${intro.text} ${noun.text}`
}

// '$29/mo after a 14-day trial' is the price.
function trialFollows(tokens: Token[], at: number): boolean {
  for (let next = at; next < at + 7; next++) {
    if (/^(?:trials?|free-trial)$/.test(tokens[next]?.lower ?? '')) return true
    if (/^[,;.]$/.test(tokens[next]?.text ?? '')) return false
  }
  return false
}

// '$49 base then $0.01 per call' adds usage; '$10 then $20' changes the price.
function then(tokens: Token[], at: number): string | null {
  const money = readMoney(tokens, at + 1)
  if (!money) return because(tokens[at])
  const unit = tokens[money.next]
  return unit?.lower === 'per' || unit?.text === '/' ? null : because(tokens[at])
}

// 'incl. VAT' changes the price, 'incl. 10k emails' does not.
function taxFollows(tokens: Token[], at: number): boolean {
  const next = tokens[at]?.text === '.' ? at + 1 : at
  const word = tokens[next]?.kind === 'number' ? tokens[next + 2] : tokens[next]
  return /^(?:vat|tax|taxes|gst|mwst|sales|of)$/.test(word?.lower ?? '')
}

function headsItem(tokens: Token[], at: number): boolean {
  const before = tokens[at - 1]
  if (!before) return true
  if (before.kind === 'newline' || before.kind === 'number') return true
  if (before.kind === 'symbol') return ',;:|/+.-*([\u2014\u2022'.includes(before.text)
  return /^(?:and|or|a|an|the|called|named|to|with)$/.test(before.lower)
}

function because(...tokens: (Token | undefined)[]): string {
  return `"${tokens.map((token) => token?.text ?? '').join(' ')}" beside it changes what it says; write the amount alone`
}
