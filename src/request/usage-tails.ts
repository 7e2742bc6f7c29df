import type { Period } from '../types.js'
import type { Decimal } from './decimal.js'
import { readInterval } from './intervals.js'
import type { Token } from './lexer.js'
import { readQuantity, readUnitWords, sameUnit } from './units.js'

const BEYOND = /^(?:over|above|beyond|past|after|exceeding)$/
const QUOTA_WORDS = /^(?:that|this|it|quota|limit|allowance|included|which)$/

/** What stands behind a usage price: its quota, period, and whether it begins beyond a quota. */
export interface UsageTail {
  included: Decimal | null
  overage: boolean
  period: Period | null
  doubt: string | null
  next: number
}

/** Reads 'over 10k', 'beyond the quota', 'per month' from token `at` on, for a price per `unit`. */
export function readUsageTail(tokens: Token[], at: number, unit: string | null): UsageTail {
  const tail: UsageTail = { included: null, overage: false, period: null, doubt: null, next: at }
  for (;;) {
    const word = tokens[tail.next]?.lower ?? ''
    if (/^(?:used|sent|processed|made|consumed|generated|stored)$/.test(word)) {
      tail.next++
    } else if (/^(?:thereafter|afterwards|extra|overage)$/.test(word)) {
      tail.overage = true
      tail.next++
    } else if (BEYOND.test(word)) {
      if (readBeyond(tokens, tail, unit)) continue
      if (endsItem(tokens[tail.next + 1])) tail.overage = true
      else tail.doubt ??= `what stands behind "${tokens[tail.next]?.text ?? ''}" is not understood`
      tail.next++
      return tail
    } else {
      const interval = readInterval(tokens, tail.next)
      if (!interval) return tail
      if (tail.period) tail.doubt ??= 'it names two intervals; write one, or a price for each'
      tail.doubt ??= interval.doubt
      tail.period = { interval: interval.interval, count: interval.count }
      tail.next = interval.next
    }
  }
}

function readBeyond(tokens: Token[], tail: UsageTail, unit: string | null): boolean {
  let next = tail.next + 1
  while (/^(?:the|first|initial|included|your|a|quota|of|limit)$/.test(tokens[next]?.lower ?? ''))
    next++
  const quota = readQuantity(tokens, next)
  if (!quota) {
    const last = tokens[next]?.lower ?? ''
    const previous = tokens[next - 1]?.lower ?? ''
    if (!QUOTA_WORDS.test(last) && !QUOTA_WORDS.test(previous)) return false
    tail.overage = true
    tail.next = QUOTA_WORDS.test(last) ? next + 1 : next
    return true
  }
  if (tail.included) tail.doubt ??= 'it names two quotas; write one'
  tail.included = quota.value
  tail.doubt ??= quota.doubt
  next = quota.next
  const words = readUnitWords(tokens, next)
  if (words) {
    if (unit && !sameUnit(unit, words.unit)) {
      tail.doubt ??= `"${unit}" and "${words.unit}" may not be the same`
    }
    next = words.next
  }
  tail.next = next
  return true
}

function endsItem(token: Token | undefined): boolean {
  return !token || token.kind === 'end' || token.kind === 'newline' || /^[,;.)]$/.test(token.text)
}
