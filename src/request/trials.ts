import { isReference } from './flags.js'
import { unitOf } from './intervals.js'
import type { Token } from './lexer.js'
import { numberWord } from './numbers.js'
import {
  readCountedFree,
  readLength,
  readWithoutNumber,
  skipHyphens,
  TRIAL_OR_DISCOUNT,
  trialWord,
  type TrialLength,
} from './trial-lengths.js'
import { EVERY_PLAN, spanOf, type Read, type TrialPiece } from './pieces.js'

/** Reads '14-day free trial', 'trial of 7 days', 'first month free', 'no trial'. */
export function readTrial(tokens: Token[], at: number): Read<TrialPiece> | null {
  if (isReference(tokens, at)) return null
  const length =
    readNone(tokens, at) ??
    readCountedFree(tokens, at) ??
    readLengthFirst(tokens, at) ??
    readTrialFirst(tokens, at)
  if (!length) return null
  const range = isRange(tokens, at)
    ? 'it may be a range, or one of two lengths; write one length'
    : null
  const hedge = hedgeOf(tokens, at)
  const scope = readScope(tokens, length.next)
  const piece: TrialPiece = {
    kind: 'trial',
    period: length.period,
    scope: scope.scope,
    doubt: length.doubt ?? range ?? hedge,
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

const HEDGES =
  /^(?:not|never|maybe|perhaps|possibly|probably|optional|optionally|about|around|approximately|approx|roughly|circa|ca|least|most|minimum|maximum|max|min|~|than|almost|nearly|guarantee|guaranteed|money-back|refund|tbd|paid)$/

// 'maybe a 7-day trial', 'up to 30 days trial', '30 day money-back trial'.
function hedgeOf(tokens: Token[], at: number): string | null {
  let before = at - 1
  while (/^(?:an?|the|with|of)$/.test(tokens[before]?.lower ?? '')) before--
  const token = tokens[before]
  const upTo = token?.lower === 'to' && tokens[before - 1]?.lower === 'up'
  if (!token || (!upTo && !HEDGES.test(token.lower))) return null
  const words = upTo ? 'up to' : token.text
  return `"${words}" beside the trial changes what it says; write its length, like 14-day trial`
}

function readNone(tokens: Token[], at: number): TrialLength | null {
  if (!/^(?:no|without|zero)$/.test(tokens[at]?.lower ?? '')) return null
  let next = at + 1
  while (/^(?:a|an|any|free)$/.test(tokens[next]?.lower ?? '')) next++
  const trial = trialWord(tokens, next)
  return trial === null ? null : { period: null, doubt: null, next: trial }
}

function readLengthFirst(tokens: Token[], at: number): TrialLength | null {
  const first = tokens[at]?.lower === 'first' ? 1 : 0
  const bare = first ? unitOf(tokens[at + 1]?.lower ?? '') : null
  const read = bare
    ? { interval: bare[0], count: bare[1], doubt: null, next: at + 2 }
    : readLength(tokens, at + first)
  if (!read) return readWithoutNumber(tokens, at)
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
  // 'first 10 hours free' is a quota.
  if (/^(?:h|hrs?|hours?)$/.test(tokens[read.next - 1]?.lower ?? '')) return null
  // '2 months free' beside a yearly price is how a discount is put, not a trial.
  if (free && !first && (read.interval === 'month' || read.interval === 'year')) {
    return { period, doubt: TRIAL_OR_DISCOUNT, next }
  }
  return free ? { period, doubt: read.doubt, next } : null
}

function readTrialFirst(tokens: Token[], at: number): TrialLength | null {
  let next = at
  if (tokens[next]?.lower === 'free') next = skipHyphens(tokens, next + 1)
  if (next > at && tokens[next]?.lower === 'for') {
    const read = readLength(tokens, next + 1)
    if (!read) return null
    return {
      period: { interval: read.interval, count: read.count },
      doubt: read.doubt,
      next: read.next,
    }
  }
  const month = next > at ? unitOf(tokens[next]?.lower ?? '') : null
  if (month && trialWord(tokens, next + 1) === null) {
    const doubt = TRIAL_OR_DISCOUNT
    return { period: { interval: month[0], count: month[1] }, doubt, next: next + 1 }
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
  const read = readLength(tokens, next)
  if (!read) return { period: 'standard', doubt: null, next: trial }
  const close = open && tokens[read.next]?.text === ')' ? 1 : 0
  return {
    period: { interval: read.interval, count: read.count },
    doubt:
      open && !close
        ? 'the bracket holds more than a length of time; write the length alone'
        : read.doubt,
    next: read.next + close,
  }
}

// 'on all paid plans', 'for Pro', 'on the Pro plan'.
function readScope(tokens: Token[], at: number): { scope: TrialPiece['scope']; next: number } {
  const only = tokens[at]?.lower === 'only' ? 1 : 0
  if (!/^(?:on|for|in|with|across|to)$/.test(tokens[at + only]?.lower ?? ''))
    return { scope: null, next: at }
  let next = at + only + 1
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
  if (tokens[next]?.lower === 'only') next++
  while (names.length < 8 && isNameWord(tokens[next])) {
    names.push(tokens[next]?.text ?? '')
    next++
  }
  if (names.length > 1 && names.at(-1)?.toLowerCase() === 'only') names.pop()
  return names.length ? { scope: names.join(' '), next } : { scope: null, next: at }
}

function isNameWord(token: Token | undefined): boolean {
  if (!token) return false
  return token.kind === 'quoted' || token.kind === 'word' || token.text === '&'
}
