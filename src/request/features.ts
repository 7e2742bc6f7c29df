import type { Entry } from './entries.js'
import { leadsToFeatures } from './feature-leads.js'
import type { Offer } from './offer.js'
import type { MarkName, WordPiece } from './pieces.js'
import { isRemarkOnPrice, REMARK_REASON } from './remarks.js'
import { cutParts, isMark, type Part } from './segments.js'

const FEATURE_CUTS = new Set<MarkName>([',', ';', 'line', 'bullet', '|'])
const LEADING =
  /^(?:with|includes?|including|incl|featuring|has|have|gets?|contains?|comes?|offers?|adds?|features|plus|for|a|an|the|of|and|to|per|where|is|flat|both|each|which|that|also)$/i
const TRAILING =
  /^(?:with|includes?|including|plus|for|a|an|the|of|and|to|per|is|where|both|each|also)$/i
// Before a list these go with the plan: 'Pro $29/mo base plan with SSO'; 'API access' is a feature.
const KIND = /^(?:plan|tier|base|subscription|access)$/i
// 'and more' promises nothing that could be shown, nor does politeness.
const AND_MORE = /^(?:(?:and )?(?:much |many )?more|etc\.?|so on|please|pls|thanks|thank you)$/i

/** The features a run of pieces names; amounts and lengths of time in it are doubtful. */
export function featureTexts(parts: Part[], text: string, offer: Offer): string[] {
  const features: string[] = []
  for (const list of cutParts(parts, FEATURE_CUTS)) {
    const colon = list.findIndex((part) => isMark(part, ':'))
    const headed = colon > 0 && leadsToFeatures(list.slice(0, colon)) ? colon : 0
    const from = headed + afterLead(list.slice(headed))
    let to = list.length
    while (to > from && (isFiller(list[to - 1], TRAILING) || isInCurrency(list, to - 1))) to--
    const kept = list.slice(from, to)
    const first = kept[0]
    const last = kept.at(-1)
    if (!first || !last) continue
    for (const part of kept) noteUnread(part, offer)
    if (kept.every((part) => part.kind === 'quantity' && part.included && part.unit === null))
      continue
    if (kept.every((part) => part.kind === 'trial' || part.kind === 'discount')) continue
    const feature = text.slice(first.start, last.end).replace(/\s+/g, ' ').trim()
    // 'get one free' is a remark with its first word.
    const whole = text.slice(list[0]?.start, last.end).replace(/\s+/g, ' ').trim()
    if (isRemarkOnPrice(feature) || isRemarkOnPrice(whole))
      offer.doubts.push({ start: first.start, end: last.end, reason: REMARK_REASON })
    if (isWord(list[0], 'per') && first !== list[0]) {
      const reason = `a price per something; write "per seat", or what is counted`
      offer.doubts.push({ start: list[0].start, end: last.end, reason })
    }
    if (!/[\p{L}\p{N}]/u.test(feature) || AND_MORE.test(feature)) continue
    features.push(shortened(feature))
    offer.shown.push({ start: first.start, end: last.end, feature: shortened(feature) })
  }
  return features
}

// Where the words begin that say something: behind 'with', 'includes the', 'base plan with'.
function afterLead(list: Part[]): number {
  let from = 0
  for (;;) {
    while (from < list.length && isFiller(list[from], LEADING)) from++
    let next = from
    while (isKind(list[next])) next++
    const leads = next === list.length || (next > from && isFiller(list[next], LEADS_ON))
    if (next === from || !leads)
      return isWord(list[from], 'all') && from === list.length - 1 ? list.length : from
    from = next
  }
}

function isKind(part: Part | undefined): boolean {
  return part?.kind === 'word' && KIND.test(part.token.text)
}

// 'access to all courses' and 'access for teams' are features.
const LEADS_ON =
  /^(?:with|includes?|including|incl|featuring|has|gets?|contains?|comes?|features|plus|where|is|which|that)$/i

/** Adds an item's features to its plan; 'CI/CD', 'drag & drop' and 'email or chat' stay one. */
export function addFeatures(entry: Entry, parts: Part[], text: string, offer: Offer): void {
  const [first, ...others] = featureTexts(parts, text, offer)
  if (first === undefined) return
  const last = entry.features.at(-1)
  const start = parts[0]?.start ?? offer.start
  const glue = JOINT.exec(text.slice(Math.max(0, start - 4), start))
  // '10 GB & 5 users' are two.
  const joint = offer.quantities.length > 0 && glue?.[0] !== '/' ? null : glue
  if (last !== undefined && joint && endsAt(text, start - joint[0].length, last)) {
    entry.features[entry.features.length - 1] = shortened(last + joint[0] + first)
  } else entry.features.push(first)
  entry.features.push(...others)
}

const JOINT = /(?:\/| ?& ?| or )$/

function endsAt(text: string, end: number, words: string): boolean {
  return text.slice(Math.max(0, end - words.length), end) === words
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

function isFiller(part: Part | undefined, words: RegExp): boolean {
  if (!part) return false
  if (/^(?:mark|trial|discount|currency)$/.test(part.kind)) return true
  if (part.kind !== 'word') return false
  if (part.token.kind === 'symbol')
    return !part.token.glued && /^[-\u2014:=*|.,>"]$/.test(part.token.text)
  return words.test(part.token.text)
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
