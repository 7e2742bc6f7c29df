import { readInterval, type ReadInterval } from './intervals.js'
import type { Token } from './lexer.js'
import { SEAT_WORDS } from './vocabulary.js'

/** Reads 'per seat', '/user', 'for each member'; gives the next token or null. */
export function readSeat(tokens: Token[], at: number): number | null {
  const every = /^(?:each|every|per)$/.test(tokens[at + 1]?.lower ?? '')
  const from = tokens[at]?.lower === 'for' && every ? at + 1 : at
  const intro = tokens[from]
  const joined = intro?.text === '/' || /^(?:per|a|each|every)$/.test(intro?.lower ?? '')
  if (!joined) return null
  return SEAT_WORDS.has(tokens[from + 1]?.lower ?? '') ? from + 2 : null
}

/** Reads 'billed annually', 'paid every 3 months', 'if you pay yearly'. */
export function readBilled(tokens: Token[], at: number): ReadInterval | null {
  const from = tokens[at]?.text === ',' ? at + 1 : at
  const billed = /^(?:if|when)$/.test(tokens[from]?.lower ?? '') ? from + 1 : from
  const word = tokens[billed]?.lower ?? ''
  if (/^(?:billed|charged|paid|payable|invoiced|billing)$/.test(word)) {
    return readInterval(tokens, billed + 1)
  }
  const pays = billed > from && word === 'you' && tokens[billed + 1]?.lower === 'pay'
  return pays ? readInterval(tokens, billed + 2) : null
}

/** '£10 pm', '£10 pcm': only right behind an amount. */
export function readPerMonth(tokens: Token[], at: number): ReadInterval | null {
  const short = /^p\.?(?:c\.?)?m$/.test(tokens[at]?.lower ?? '')
  return short ? { interval: 'month', count: 1, doubt: null, next: at + 1 } : null
}

/** '$240 lifetime'; elsewhere the word is part of a name. */
export function readLifetime(tokens: Token[], at: number): number | null {
  if (tokens[at]?.lower !== 'lifetime') return null
  return /^(?:access|deal|licen[cs]e)$/.test(tokens[at + 1]?.lower ?? '') ? at + 2 : at + 1
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
