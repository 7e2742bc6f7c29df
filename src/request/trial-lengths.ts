import type { Period } from '../types.js'
import { readCount, readDuration, unitOf } from './intervals.js'
import type { Token } from './lexer.js'

/** How long a trial lasts: 'standard' when it does not say, null when there is none. */
export type TrialLength = { period: Period | 'standard' | null; doubt: string | null; next: number }

export const TRIAL_OR_DISCOUNT =
  'it may be a trial, or a discount in the price; write "trial" behind it if it is one, else leave it out and write the price that is charged'

// '14 days', and '14d', '2w', which are lengths only beside a trial.
export function readLength(
  tokens: Token[],
  at: number,
): (Omit<TrialLength, 'period'> & Period) | null {
  const read = readDuration(tokens, at)
  if (read) return read
  const counted = tokens[at]?.kind === 'number' ? readCount(tokens, at) : null
  const unit = counted && tokens[counted.next]
  if (!unit) return null
  const short = { d: 'day', w: 'week' }[unit.lower]
  const { count, doubt, next } = counted
  if (/^(?:h|hr|hrs|hours?)$/.test(unit.lower)) {
    const reason = 'a trial lasts whole days; write it in days'
    return { interval: 'day', count, doubt: reason, next: next + 1 }
  }
  if (short !== 'day' && short !== 'week') return null
  const tooLong =
    count < 1 || count > 1000
      ? 'not a usable length of time; write days, weeks, months or years'
      : null
  return { interval: short, count, doubt: doubt ?? tooLong, next: next + 1 }
}

// 'a week-long trial', "a month's free trial", 'half a month trial'.
export function readWithoutNumber(tokens: Token[], at: number): TrialLength | null {
  const half = tokens[at]?.lower === 'half'
  let next = half ? at + 1 : at
  if (/^an?$/.test(tokens[next]?.lower ?? '')) next++
  const unit = unitOf((tokens[next]?.lower ?? '').replace(/-long$|'s$/, ''))
  if (!unit) return null
  next = skipHyphens(tokens, next + 1)
  while (/^(?:long|free|risk-free)$/.test(tokens[next]?.lower ?? '')) {
    next = skipHyphens(tokens, next + 1)
  }
  const trial = trialWord(tokens, next)
  if (trial === null) return null
  const doubt = half ? 'half of a time; write it in days, like 15-day trial' : null
  return { period: { interval: unit[0], count: unit[1] }, doubt, next: trial }
}

// 'one free week'.
export function readCountedFree(tokens: Token[], at: number): TrialLength | null {
  const counted = readCount(tokens, at)
  const unit = counted && unitOf(tokens[counted.next + 1]?.lower ?? '')
  if (!counted || !unit || tokens[counted.next]?.lower !== 'free') return null
  const next = trialWord(tokens, counted.next + 2)
  const count = counted.count * unit[1]
  return {
    period: { interval: unit[0], count },
    doubt: counted.doubt ?? (next === null ? TRIAL_OR_DISCOUNT : null),
    next: next ?? counted.next + 2,
  }
}

export function trialWord(tokens: Token[], at: number): number | null {
  const word = tokens[at]?.lower ?? ''
  if (word === 'free-trial' || /^trials?$/.test(word)) {
    return tokens[at + 1]?.lower === 'period' ? at + 2 : at + 1
  }
  return null
}

export function skipHyphens(tokens: Token[], at: number): number {
  return tokens[at]?.text === '-' && tokens[at + 1]?.glued ? at + 1 : at
}
