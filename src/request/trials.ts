import type { Period } from '../types.js'
import { readDuration, unitOf } from './intervals.js'
import type { Token } from './lexer.js'
import { numberWord } from './numbers.js'
import { EVERY_PLAN, spanOf, type Read, type TrialPiece } from './pieces.js'

type Length = { period: Period | 'standard' | null; doubt: string | null; next: number }

/** Reads '14-day free trial', 'trial of 7 days', 'first month free', 'no trial'. */
export function readTrial(tokens: Token[], at: number): Read<TrialPiece> | null {
  const length = readNone(tokens, at) ?? readLengthFirst(tokens, at) ?? readTrialFirst(tokens, at)
  if (!length) return null
  const range = isRange(tokens, at) ? 'it may be a range, or one of two lengths' : null
  const scope = readScope(tokens, length.next)
  const piece: TrialPiece = {
    kind: 'trial',
    period: length.period,
    scope: scope.scope,
    doubt: length.doubt ?? range,
    ...spanOf(tokens, range ? at - 2 : at, scope.next),
  }
  return { piece, next: scope.next }
}

// '2-4 week trial', '7 or 14 days free'; '$29 - 14-day trial' is a price and a trial.
function isRange(tokens: Token[], at: number): boolean {
  if (!/^(?:[-/\u2014]|to|or|and)$/.test(tokens[at - 1]?.lower ?? '')) return false
  const first = tokens[at - 2]
  const counted = first?.kind === 'number' || (first && numberWord(first.lower) !== null)
  return Boolean(counted) && tokens[at - 3]?.kind !== 'sign'
}

function readNone(tokens: Token[], at: number): Length | null {
  if (!/^(?:no|without|zero)$/.test(tokens[at]?.lower ?? '')) return null
  let next = at + 1
  while (/^(?:a|an|any|free)$/.test(tokens[next]?.lower ?? '')) next++
  const trial = trialWord(tokens, next)
  return trial === null ? null : { period: null, doubt: null, next: trial }
}

function readLengthFirst(tokens: Token[], at: number): Length | null {
  const first = tokens[at]?.lower === 'first' ? 1 : 0
  const bare = first ? unitOf(tokens[at + 1]?.lower ?? '') : null
  const read = bare
    ? { interval: bare[0], count: bare[1], doubt: null, next: at + 2 }
    : readDuration(tokens, at + first)
  if (!read) return null
  const period = { interval: read.interval, count: read.count }
  let next = skipHyphens(tokens, read.next)
  let free = false
  while (/^(?:free|risk-free|no-risk|for|long|full)$/.test(tokens[next]?.lower ?? '')) {
    free ||= tokens[next]?.lower === 'free'
    if (tokens[next]?.lower === 'for' && tokens[next + 1]?.lower !== 'free') break
    next = skipHyphens(tokens, next + 1)
  }
  const trial = trialWord(tokens, next)
  if (trial !== null) return { period, doubt: read.doubt, next: trial }
  // '2 months free' beside a yearly price is how a discount is put, not a trial.
  if (free && !first && (read.interval === 'month' || read.interval === 'year')) {
    return { period, doubt: 'it may be a trial or a discount', next }
  }
  return free ? { period, doubt: read.doubt, next } : null
}

function readTrialFirst(tokens: Token[], at: number): Length | null {
  let next = at
  if (tokens[next]?.lower === 'free') next = skipHyphens(tokens, next + 1)
  if (next > at && tokens[next]?.lower === 'for') {
    const read = readDuration(tokens, next + 1)
    if (!read) return null
    return {
      period: { interval: read.interval, count: read.count },
      doubt: read.doubt,
      next: read.next,
    }
  }
  const trial = trialWord(tokens, next)
  if (trial === null) return null
  next = trial
  let open = false
  while (/^(?:of|for|lasting|period|is|length|[:(=])$/.test(tokens[next]?.lower ?? '')) {
    open ||= tokens[next]?.text === '('
    next++
  }
  if (/^(?:none|no)$/.test(tokens[next]?.lower ?? ''))
    return { period: null, doubt: null, next: next + 1 }
  const read = readDuration(tokens, next)
  if (!read) return { period: 'standard', doubt: null, next: trial }
  const close = open && tokens[read.next]?.text === ')' ? 1 : 0
  return {
    period: { interval: read.interval, count: read.count },
    doubt: open && !close ? 'the bracket holds more than a length of time' : read.doubt,
    next: read.next + close,
  }
}

function trialWord(tokens: Token[], at: number): number | null {
  const word = tokens[at]?.lower ?? ''
  if (word === 'free-trial' || /^trials?$/.test(word)) {
    return tokens[at + 1]?.lower === 'period' ? at + 2 : at + 1
  }
  return null
}

function skipHyphens(tokens: Token[], at: number): number {
  return tokens[at]?.text === '-' && tokens[at + 1]?.glued ? at + 1 : at
}

// 'on all paid plans', 'for Pro', 'on the Pro plan'.
function readScope(tokens: Token[], at: number): { scope: TrialPiece['scope']; next: number } {
  if (!/^(?:on|for|in|with|across|to)$/.test(tokens[at]?.lower ?? ''))
    return { scope: null, next: at }
  let next = at + 1
  while (/^(?:the|our|any)$/.test(tokens[next]?.lower ?? '')) next++
  if (/^(?:all|every|each|both|everything|everyone|new|paid)$/.test(tokens[next]?.lower ?? '')) {
    next++
    while (
      /^(?:of|the|them|paid|plans?|tiers?|users?|customers?|new|other|levels?)$/.test(
        tokens[next]?.lower ?? '',
      )
    )
      next++
    return { scope: EVERY_PLAN, next }
  }
  const names: string[] = []
  while (names.length < 8 && isNameWord(tokens[next])) {
    names.push(tokens[next]?.text ?? '')
    next++
  }
  return names.length ? { scope: names.join(' '), next } : { scope: null, next: at }
}

function isNameWord(token: Token | undefined): boolean {
  if (!token) return false
  return token.kind === 'quoted' || token.kind === 'word' || token.text === '&'
}
