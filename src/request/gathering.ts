import type { Clauses } from './clauses.js'
import type { Collected, Entry } from './entries.js'
import type { FeatureList } from './feature-lists.js'
import type { Section } from './headings.js'
import type { Offer } from './offer.js'
import type { Segment } from './segments.js'

/** The state while segments are gathered, one after the other. */
export interface Gathering {
  readonly collected: Collected
  readonly text: string
  readonly segments: Segment[]
  readonly clauses: Clauses
  /** What the heading above says. */
  section: Section | null
  /** The plan or product read last. */
  current: Entry | null
  /** Position of the segment that gave the last pending name. */
  pendingAt: number
  /** The list of features that may go on. */
  list: FeatureList | null
}

export function doubt({ collected }: Gathering, start: number, end: number, reason: string): void {
  collected.doubts.push({ start, end, reason })
}

/** Whether an item is a bullet below its plan's line, or on a line indented deeper. */
export function isUnder(offer: Offer, entry: Entry | null): boolean {
  if (!entry) return false
  const { line, indent, bullet } = offer.segment
  if (line === entry.line) return false
  return (bullet && !entry.bullet && indent >= entry.indent) || indent > entry.indent
}
