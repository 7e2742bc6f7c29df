import type { Offer } from './offer.js'
import type { MarkName, WordPiece } from './pieces.js'
import { isRemarkOnPrice, REMARK_REASON } from './remarks.js'
import { cutParts, type Part } from './segments.js'

const FEATURE_CUTS = new Set<MarkName>([',', ';', 'line', 'bullet', '|'])
const FILLER =
  /^(?:with|includes?|including|incl|featuring|has|gets|contains|comes|features|plus|for|a|an|the|of|and|to|per|plan|tier|base|subscription|where|is|flat|both|each|all|access)$/i

/** The features a run of pieces names; amounts and lengths of time in it are doubtful. */
export function featureTexts(parts: Part[], text: string, offer: Offer): string[] {
  const features: string[] = []
  for (const list of cutParts(parts, FEATURE_CUTS)) {
    let from = 0
    while (from < list.length && isFiller(list[from], list.length - from)) from++
    let to = list.length
    while (to > from && (isFiller(list[to - 1], to - from) || isInCurrency(list, to - 1))) to--
    const kept = list.slice(from, to)
    const first = kept[0]
    const last = kept.at(-1)
    if (!first || !last) continue
    for (const part of kept) noteUnread(part, offer)
    if (kept.every((part) => part.kind === 'quantity' && part.included && part.unit === null))
      continue
    if (kept.every((part) => part.kind === 'trial' || part.kind === 'discount')) continue
    const feature = text.slice(first.start, last.end).replace(/\s+/g, ' ').trim()
    if (isRemarkOnPrice(feature))
      offer.doubts.push({ start: first.start, end: last.end, reason: REMARK_REASON })
    if (isWord(list[0], 'per') && first !== list[0]) {
      const reason = `a price per something; write "per seat", or what is counted`
      offer.doubts.push({ start: list[0].start, end: last.end, reason })
    }
    if (/[\p{L}\p{N}]/u.test(feature)) features.push(shortened(feature))
  }
  return features
}

// 'SSO, in euros': the 'in' goes with its currency; 'Google sign in' keeps its own.
function isInCurrency(list: Part[], at: number): boolean {
  return isWord(list[at], 'in') && list[at + 1]?.kind === 'currency'
}

function isWord(part: Part | undefined, word: string): part is WordPiece {
  return part?.kind === 'word' && part.token.lower === word
}

/** As long as a feature may be in a spec. */
const LONGEST_FEATURE = 200

function shortened(feature: string): string {
  if (feature.length <= LONGEST_FEATURE) return feature
  // Cutting inside a surrogate pair would leave half a character.
  return `${feature.slice(0, LONGEST_FEATURE - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function isFiller(part: Part | undefined, left: number): boolean {
  if (!part) return false
  if (/^(?:mark|trial|discount|currency)$/.test(part.kind)) return true
  if (part.kind !== 'word') return false
  if (part.token.kind === 'symbol')
    return !part.token.glued && /^[-\u2014:=*|.,>"]$/.test(part.token.text)
  return FILLER.test(part.token.text) && !(part.token.lower === 'all' && left > 1)
}

function noteUnread(part: Part, offer: Offer): void {
  const doubt = (reason: string): void => {
    offer.doubts.push({ start: part.start, end: part.end, reason })
  }
  if (part.kind === 'duration')
    doubt(
      'a length of time that belongs to nothing; write what it is for, like 14-day trial or /6 months',
    )
  if (part.kind === 'price' && !offer.prices.includes(part))
    doubt('an amount that belongs to nothing; write a name before it, or leave it out')
  if (part.kind === 'interval' && (part.period.count > 1 || part.billed))
    doubt('an interval that belongs to no price; write it behind its price, like $290/yr')
}
