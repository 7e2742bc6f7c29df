import type { Period } from '../types.js'
import type { Collected } from './entries.js'
import { namesNothing } from './names.js'
import type { WordPiece } from './pieces.js'
import { isMark, type Part, type Segment } from './segments.js'

/** What a heading says for the items below it: 'Yearly plans: …', 'One-time: …'. */
export interface Section {
  interval: Period | null
  once: boolean
  perSeat: boolean
}

const HEADING_NOUN =
  /^(?:pricing|prices|plans|tiers|billing|packages|subscriptions|payments|levels|options|purchases|products|offers|offerings|memberships)$/

/** Takes the introduction off a segment ('add billing with 3 tiers:'), noting what it says. */
export function takeHeading(
  segment: Segment,
  collected: Collected,
): { parts: Part[]; section: Section | null } {
  let parts = takeCounts(segment.parts, collected)
  let section: Section | null = null
  const colon = parts.findIndex((part) => isMark(part, ':'))
  if (colon >= 0) {
    const head = parts.slice(0, colon)
    const next = parts[colon + 1]
    if (
      isHeading(head) &&
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
  while (isMark(parts[from], 'dash') || (isMark(parts[from], ':') && sells(parts[from + 1]))) from++
  return parts.slice(from)
}

function sells(part: Part | undefined): boolean {
  if (!part) return false
  if (part.kind === 'price' || part.kind === 'usage') return true
  return part.kind === 'flag' && /^(?:free|free-tier|contact)$/.test(part.flag)
}

function isHeading(head: Part[]): boolean {
  if (head.some((part) => sells(part) || part.kind === 'group' || part.kind === 'quantity'))
    return false
  const words = head.filter((part): part is WordPiece => part.kind === 'word')
  const last = words.at(-1)
  return namesNothing(words) || (last !== undefined && HEADING_NOUN.test(last.token.lower))
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
