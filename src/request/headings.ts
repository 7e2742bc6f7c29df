import type { Period } from '../types.js'
import type { Collected } from './entries.js'
import { leadsToFeatures } from './feature-leads.js'
import { isMarkOnly } from './highlights.js'
import { namesNothing } from './names.js'
import { wholeNumber } from './decimal.js'
import { numberWord } from './numbers.js'
import type { CountPiece, WordPiece } from './pieces.js'
import { isMark, type Part, type Segment } from './segments.js'

/** What a heading says for the items below it: 'Yearly plans: …', 'One-time: …'. */
export interface Section {
  interval: Period | null
  once: boolean
  perSeat: boolean
}

const HEADING_NOUN =
  /^(?:pricing|prices|plans|tiers|billing|packages|subscriptions|payments|levels|options|purchases|products|offers|offerings|memberships|requirements|criteria|structure)$/

/** Takes the introduction off a segment ('add billing with 3 tiers:'), noting what it says. */
export function takeHeading(
  segment: Segment,
  collected: Collected,
): { parts: Part[]; section: Section | null } {
  let parts = takeCounts(segment.parts, collected)
  let section: Section | null = null
  const colon = parts.findIndex((part) => isMark(part, ':'))
  const head = parts.slice(0, Math.max(colon, 0))
  if (collected.entries.length > 0 && leadsToFeatures(head)) return { parts, section }
  // 'Most popular: Pro $29/mo'
  if (colon === 1 && isMarkOnly(head) && parts.length > 2)
    return { parts: [...head, ...parts.slice(2)], section }
  if (colon >= 0) {
    const next = parts[colon + 1]
    const count = countIn(head)
    if (count) {
      collected.counts.push(count)
      collected.ledger.claim(count, 'count')
    }
    if (
      (count !== null || isHeading(head)) &&
      !(next?.kind === 'price' && count === null && !saysNothing(head)) &&
      !(next?.kind === 'price' && head.some((part) => part.kind === 'interval'))
    ) {
      section = sectionOf(head)
      parts = parts.slice(colon + 1)
    }
  }
  return { parts, section }
}

// Words before a count of plans ask for the plans; they name none.
function takeCounts(parts: Part[], collected: Collected): Part[] {
  let last = -1
  parts.forEach((part, at) => {
    if (part.kind !== 'count') return
    collected.counts.push(part)
    const before = parts.slice(last + 1, at)
    if (!before.some((each) => sells(each))) last = at
  })
  if (last < 0) return parts
  let from = last + 1
  const colon = parts.findIndex((part, at) => at > last && isMark(part, ':'))
  const between = parts.slice(from, Math.max(from, colon))
  const priced = between.some((part) => part.kind === 'price' || part.kind === 'group')
  if (colon >= 0 && !priced && parts[colon + 1]?.kind !== 'price') return parts.slice(colon + 1)
  while (isMark(parts[from], 'dash') || (isMark(parts[from], ':') && sells(parts[from + 1]))) from++
  return parts.slice(from)
}

function sells(part: Part | undefined): boolean {
  if (!part) return false
  if (part.kind === 'price' || part.kind === 'usage') return true
  return part.kind === 'flag' && /^(?:free|free-tier|contact)$/.test(part.flag)
}

// 'sell three templates:', 'offering 2 courses:'.
function countIn(head: Part[]): CountPiece | null {
  if (head.some((part) => sells(part) || part.kind === 'group')) return null
  const quantity = head.find((part) => part.kind === 'quantity')
  const words = head.filter((part): part is WordPiece => part.kind === 'word')
  if (quantity?.kind === 'quantity') {
    const count = wholeNumber(quantity.value)
    const plain = namesNothing(words) && count !== null && count > 0 && count <= 20
    return plain
      ? { kind: 'count', count, of: 'all', paid: false, start: quantity.start, end: quantity.end }
      : null
  }
  const at = words.findIndex(({ token }) => numberWord(token.lower) !== null)
  const number = words[at]
  if (
    !number ||
    !namesNothing(words.slice(0, at)) ||
    words.length - at > 3 ||
    words.length - at < 2
  )
    return null
  const count = numberWord(number.token.lower) ?? 0
  return {
    kind: 'count',
    count,
    of: 'all',
    paid: false,
    start: number.start,
    end: words.at(-1)?.end ?? number.end,
  }
}

/** Usage that is sold without a plan. */
export const PAY_AS_YOU_GO = /\bpayg\b|\bpay[- ]as[- ]you[- ]go\b/

function saysNothing(head: Part[]): boolean {
  return namesNothing(head.filter((part): part is WordPiece => part.kind === 'word'))
}

function isHeading(head: Part[]): boolean {
  if (head.some((part) => sells(part) || part.kind === 'group' || part.kind === 'quantity'))
    return false
  const words = head.filter((part): part is WordPiece => part.kind === 'word')
  const last = words.at(-1)
  // 'Pay as you go: $0.01 per call' is an offer; 'Plan A: $10, Plan B: $20' too.
  if (PAY_AS_YOU_GO.test(words.map(({ token }) => token.lower).join(' '))) return false
  if (last && /^[A-Z]$/.test(last.token.text)) return false
  const asks =
    words.length > 1 &&
    /^(?:sell|offer|selling|offering|create|launch)$/.test(words[0]?.token.lower ?? '')
  // 'Our pricing will be simple: …'
  const says =
    words.some(({ token }) => HEADING_NOUN.test(token.lower)) &&
    words.some(({ token }) => /^(?:is|are|be|looks?|goes)$/.test(token.lower))
  return (
    asks ||
    says ||
    namesNothing(words) ||
    (last !== undefined && HEADING_NOUN.test(last.token.lower))
  )
}

function sectionOf(head: Part[]): Section | null {
  const intervals = head.filter((part) => part.kind === 'interval')
  const once = head.some((part) => part.kind === 'flag' && part.flag === 'once')
  const perSeat = head.some((part) => part.kind === 'flag' && part.flag === 'seat')
  const interval = intervals[0]
  if (intervals.length === 1 && interval && !interval.doubt) {
    return { interval: interval.period, once, perSeat }
  }
  return { interval: null, once, perSeat }
}
