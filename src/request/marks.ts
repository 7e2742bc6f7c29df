import type { Token } from './lexer.js'
import { NEGATIVE, readMoney } from './money.js'
import { spanOf, type MarkName, type MarkPiece, type Read } from './pieces.js'

const PLAIN: Record<string, MarkName> = {
  ',': ',', ';': ';', '?': '?', ':': ':', '|': '|', '+': '+', '(': '(', '[': '(', ')': ')', ']': ')',
  '\u2014': 'dash', '/': '/', '\u2192': 'dash', '=': 'dash', '•': 'bullet', '·': 'bullet', '✓': 'bullet',
  '✔': 'bullet', '✅': 'bullet', '▪': 'bullet', '●': 'bullet', '◦': 'bullet', '‣': 'bullet', '➤': 'bullet',
} // prettier-ignore

/** Reads what separates or joins items: commas, brackets, dashes, bullets, 'and'. */
export function readMark(tokens: Token[], at: number): Read<MarkPiece> | null {
  const token = tokens[at]
  if (!token) return null
  const make = (mark: MarkName, length = 1): Read<MarkPiece> => ({
    piece: { kind: 'mark', mark, ...spanOf(tokens, at, at + length) },
    next: at + length,
  })
  if (token.kind === 'newline') return make('line')
  if (startsLine(tokens, at)) {
    const bullet = readBullet(tokens, at)
    if (bullet) return make('bullet', bullet)
  }
  if (token.kind === 'word') {
    if (token.lower === 'and' || token.lower === '&') return make('and')
    // Between two names; 'y' is a year elsewhere.
    const abroad = /^(?:und|et|y|e|en|og|och)$/.test(token.text)
    if (abroad && /^\p{Lu}/u.test(tokens[at + 1]?.text ?? '')) return make('and')
    return token.lower === 'or' ? make('or') : null
  }
  if (token.kind !== 'symbol') return null
  const follower = tokens[at + 1]
  const open =
    !follower || !follower.glued || follower.kind === 'end' || follower.kind === 'newline'
  if (token.text === '.' || token.text === '!') return open || token.text === '!' ? make('.') : null
  if (/^[-=]$/.test(token.text) && follower?.text === '>' && follower.glued) return make('dash', 2)
  if (token.text === '-') {
    if (isMinus(tokens, at)) return null
    return open || (token.glued && follower?.kind === 'sign') ? make('dash') : null
  }
  if (token.text === '>' && tokens[at - 1]?.text === '-') return make('dash')
  if (token.text === '&') return open ? make('and') : null
  if (isNumbered(tokens, at)) return make('bullet', 3)
  if (token.text === '[' || token.text === '(') return make('(')
  // '</script>' is text.
  if (token.text === '/' && token.glued && tokens[at - 1]?.text === '<') return null
  const mark = Object.hasOwn(PLAIN, token.text) ? PLAIN[token.text] : undefined
  return mark ? make(mark) : null
}

// '-$29', '(-$29', but 'Pro-$29' and '$10-$20'.
function isMinus(tokens: Token[], at: number): boolean {
  const before = tokens[at - 1]
  const opens = before?.kind === 'symbol' && !/[)\]%]/.test(before.text)
  const closes = /["'`]/.test(before?.text ?? '') && before?.glued
  const apart = !tokens[at]?.glued || (opens && !closes)
  return apart && readMoney(tokens, at)?.doubt === NEGATIVE
}

function startsLine(tokens: Token[], at: number): boolean {
  const before = tokens[at - 1]
  return !before || before.kind === 'newline'
}

// '(1) Free; (2) Pro $20/mo' numbers the items.
function isNumbered(tokens: Token[], at: number): boolean {
  const [before, label, close] = [tokens[at - 1], tokens[at + 1], tokens[at + 2]]
  if (tokens[at]?.text !== '(' || close?.text !== ')' || tokens[at + 3]?.glued) return false
  const heads = !before || before.kind === 'newline' || /^(?:[;:,.]|and)$/.test(before.lower)
  return heads && /^(?:[1-9]\d?|[a-z]|i{1,3}|iv|v)$/.test(label?.text ?? '') && !label?.multiplier
}

// '- ', '* ', '1. ', '2) ', '## ', '> ', 'a) ': gives the number of tokens.
function readBullet(tokens: Token[], at: number): number | null {
  const token = tokens[at]
  const second = tokens[at + 1]
  if (!token || !second) return null
  if (token.text === '#') {
    let length = 1
    while (tokens[at + length]?.text === '#') length++
    return tokens[at + length]?.glued ? null : length
  }
  if (/^[-*>+\u2014]$/.test(token.text) && !second.glued) return 1
  const label =
    token.kind === 'number'
      ? /^\d{1,2}$/.test(token.text) && !token.multiplier
      : /^[a-z]$/i.test(token.text)
  const closing = token.kind === 'number' ? /^[.)]$/ : /^\)$/
  return label && closing.test(second.text) && second.glued && !tokens[at + 2]?.glued ? 2 : null
}
