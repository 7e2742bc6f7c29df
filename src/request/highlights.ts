import { sameName, type Collected, type Entry } from './entries.js'
import type { Findings } from './findings.js'
import { isUnder, type Gathering } from './gathering.js'
import type { Token } from './lexer.js'
import { isPlanName, readName } from './names.js'
import type { Offer } from './offer.js'
import { spanOf, type FlagPiece, type Read, type WordPiece } from './pieces.js'
import type { Part, Segment } from './segments.js'

const PHRASES = [
  'most popular', 'most chosen', 'most loved', 'best value', 'best choice', 'best seller', 'best deal', 'top choice',
  'top pick', 'staff pick', 'our pick', 'our favourite', 'our favorite', 'most-popular', 'bestseller', 'best-seller',
  'recommended', 'highlighted', 'highlight', 'popular', 'featured',
].map((phrase) => phrase.split(' ')) // prettier-ignore

const EMOJI = /^\p{Extended_Pictographic}$/u
const KINDS = /^(?:plan|tier|option|choice|one|pick|package|level)$/
/** Words that go with a mark and say nothing more. */
const BESIDE = /^(?:our|the|a|as|is|very|highly|strongly|also|and|please)$/
const DENIED = /^(?:not|never|less|least|isn't|un)$/
const ASKS = /^(?:mark|make|set|show|flag|label|badge|as|be|should|highlight)$/

/**
 * Reads what marks a plan in the pricing table: 'most popular', 'recommended'. In 'popular integrations'
 * and 'get featured on the home page' the words are a feature.
 */
export function readHighlight(tokens: Token[], at: number): Read<FlagPiece> | null {
  const words = PHRASES.find((phrase) => phrase.every((word, n) => tokens[at + n]?.lower === word))
  if (!words || DENIED.test(tokens[at - 1]?.lower ?? '')) return null
  const [single] = words.length === 1 ? words : []
  const before = tokens[at - 1]
  if (single && single !== 'highlight' && before?.kind === 'word' && !leadsToMark(before))
    return null
  let next = at + words.length
  while (KINDS.test(tokens[next]?.lower ?? '') || EMOJI.test(tokens[next]?.text ?? '')) next++
  const after = tokens[next]
  if (single !== undefined && isNamed(tokens, at, next)) return null
  if (after?.kind === 'word' && !endsMark(after, tokens[at], single)) return null
  return { piece: { kind: 'flag', flag: 'highlight', ...spanOf(tokens, at, next) }, next }
}

// 'Popular $29/mo' and 'Featured: $29/mo' name a plan.
function isNamed(tokens: Token[], at: number, next: number): boolean {
  const [before, first] = [tokens[at - 1], tokens[at]]
  const heads = !before || before.kind === 'newline' || /^(?:[,;.|•-]|and|or)$/.test(before.lower)
  const after = tokens[next]?.text === ':' ? tokens[next + 1] : tokens[next]
  const priced = after?.kind === 'sign' || after?.kind === 'number'
  return heads && priced && first?.text !== first?.lower
}

function leadsToMark({ lower, text }: Token): boolean {
  return BESIDE.test(lower) || isPlanName(lower) || /^\p{Lu}/u.test(text) || KINDS.test(lower)
}

function endsMark(after: Token, first: Token | undefined, single: string | undefined): boolean {
  if (/^(?:and|or|at|is|costs?|with|includes?|including)$/.test(after.lower)) return true
  if (single === 'highlight') return /^(?:the|our)$/.test(after.lower) || isPlanName(after.lower)
  // 'Featured Listing' is a name, 'Most popular Pro' and 'recommended Pro' mark one.
  const named = /^\p{Lu}/u.test(after.text)
  return named && (single === undefined || first?.text === first?.lower)
}

/** Whether brackets hold a mark and nothing else. */
export function isMarkOnly(parts: Part[]): boolean {
  return (
    parts.some((part) => part.kind === 'flag' && part.flag === 'highlight') &&
    parts.every(
      (part) =>
        part.kind === 'mark' ||
        (part.kind === 'flag' && part.flag === 'highlight') ||
        (part.kind === 'word' && goesWithMark(part)),
    )
  )
}

/** Takes 'our' and a star off the words before a mark. */
export function dropBeside(words: Part[]): void {
  for (let last = words.at(-1); last?.kind === 'word' && goesWithMark(last); last = words.at(-1)) {
    words.pop()
  }
}

function goesWithMark({ token }: WordPiece): boolean {
  if (token.kind === 'symbol') return EMOJI.test(token.text) || token.text === '★'
  return BESIDE.test(token.lower) || KINDS.test(token.lower)
}

/** A mark in an item of its own, for the plan that it names or stands beside. */
export interface Highlight {
  start: number
  end: number
  segment: Segment
  /** Entries that were read before it. */
  position: number
  /** Lines up to what stands before it and down to what stands behind it. */
  above: number
  below: Segment | null
}

/** Takes an item that marks a plan and offers nothing; false when it says something else as well. */
export function placeHighlight(gathering: Gathering, offer: Offer, position: number): boolean {
  const { collected, segments, text } = gathering
  if (!offer.highlighted) return false
  const words = offer.lead.filter((word) => !goesWithMark(word) && !ASKS.test(word.token.lower))
  const name = readName(words, text)
  const entry = name && collected.entries.find((each) => sameName(each.name, name.name))
  if (name && !entry) return false
  if (offer.features.length + offer.tail.length + offer.quantities.length > 0) return false
  const pending = collected.pending.at(-1)
  if (!name && pending && gathering.pendingAt === position - 1) {
    pending.offer.highlighted = true
    gathering.pendingAt = position
    return true
  }
  if (!name && gathering.current && isUnder(offer, gathering.current)) {
    gathering.current.highlighted = true
    return true
  }
  if (entry) {
    entry.highlighted = true
    return true
  }
  const { line } = offer.segment
  collected.highlights.push({
    start: offer.start,
    end: offer.end,
    segment: offer.segment,
    position: collected.entries.length,
    above: line - (segments[position - 1]?.line ?? -Infinity),
    below: segments[position + 1] ?? null,
  })
  return true
}

/** Marks the plans that stand beside a mark; between two plans, or on several, it is unclear. */
export function markHighlights(collected: Collected, findings: Findings): void {
  for (const highlight of collected.highlights) {
    const entry = entryOf(highlight, collected.entries)
    if (entry) entry.highlighted = true
    else findings.doubt(highlight.start, highlight.end, WHICH)
  }
  const [first, second] = collected.entries.filter(({ highlighted }) => highlighted)
  if (first && second) {
    findings.doubt(
      second.start,
      second.end,
      `"${first.name}" and "${second.name}" are both marked; mark one`,
    )
  }
}

const WHICH =
  'it is not clear which plan it marks; write it in brackets behind the price, like Pro $29/mo (most popular)'

function entryOf(highlight: Highlight, entries: Entry[]): Entry | undefined {
  const { segment, position, above, below } = highlight
  const previous = entries[position - 1]
  const next = entries[position]
  switch (segment.before) {
    case 'start':
      return next
    case 'line':
    case 'bullet': {
      const begins = next && below && below.start <= next.start && next.start < below.end
      const down = begins ? below.line - segment.line : Infinity
      const up = previous ? above : Infinity
      if (up === down) return undefined
      return up < down ? previous : next
    }
    case '.':
    case ';':
      // '… $29/mo. Most popular, Team $99/mo'
      return segment.after === ',' && next?.line === segment.line ? undefined : (previous ?? next)
    default:
      return previous ?? next
  }
}
