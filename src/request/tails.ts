import { featureTexts } from './features.js'
import { isPlanName, readName } from './names.js'
import type { Offer } from './offer.js'
import type { WordPiece } from './pieces.js'
import { isMark, type Part } from './segments.js'
import { FEATURE_STARTERS } from './vocabulary.js'

/** Sorts out what stands behind the terms: the name, features, or words that make them doubtful. */
export function splitTail(offer: Offer, text: string): void {
  const tail = offer.tail
  if (tail.length === 0) return
  let first = 0
  while (isMark(tail[first], 'dash') || isMark(tail[first], ':')) first++
  const marked = first > 0
  const head = tail[first]
  if (!head) {
    offer.open = marked
    return
  }
  const each = head.kind === 'word' && head.token.lower === 'each' && tail.length === first + 1
  if (each && offer.prices.some((price) => price.once)) {
    offer.forAll.once = true
    return
  }
  const starter = head.kind === 'word' && startsFeatures(head)
  const lead = readName(offer.lead, text)
  const named =
    offer.prices.length > 0 ||
    (offer.contact !== null && head.kind === 'word' && head.token.lower === 'for')
  if (!marked && !starter && lead === null && named) {
    const words = leadingWords(tail.slice(first))
    const behind = readName(words, text)
    if (behind && words.length > 0) {
      if (isPer(words, tail[first + words.length])) {
        const reason = '"pro" may be the name of the plan, or mean "per"'
        offer.doubts.push({ start: offer.start, end: offer.end, reason })
      }
      offer.name = behind
      const rest = tail.slice(first + words.length)
      offer.features.push(...featureTexts(rest, text, offer))
      offer.open = rest.length > 0
      return
    }
  }
  // 'yearly ($150) billing'.
  const billing = offer.intervals.length === 1 && tail.length === first + 1 && saysBilling(head)
  if (billing) return
  const unfinished = offer.prices.some(
    (price) => price.interval === null && !price.once && !price.perSeat,
  )
  const linked =
    head.kind === 'word' &&
    /^(?:for|per|a|an|the|to|where|and|plan|tier|base|subscription|,)$/.test(head.token.lower)
  if (!marked && !starter && !linked && head.kind === 'word' && unfinished) {
    const price = offer.prices.at(-1)
    offer.doubts.push({
      start: Math.min(price?.start ?? offer.start, head.start),
      end: head.end,
      reason: `"${head.token.text}" beside the price is not understood; leave it out, or write /mo, /yr or one-time`,
    })
    return
  }
  offer.features.push(...featureTexts(tail.slice(first), text, offer))
  offer.open = true
}

function saysBilling(part: Part): boolean {
  return part.kind === 'word' && /^(?:billing|payments?|pricing)$/.test(part.token.lower)
}

// '10 $ pro 1000 E-Mails'.
function isPer(words: WordPiece[], next: Part | undefined): boolean {
  if (words[0]?.token.text !== 'pro') return false
  return words.length > 1 || next?.kind === 'quantity'
}

// 'Plus' is a plan, 'plus' begins a list.
function startsFeatures({ token }: WordPiece): boolean {
  return (
    FEATURE_STARTERS.has(token.lower) && (token.text === token.lower || !isPlanName(token.text))
  )
}

function leadingWords(parts: Part[]): WordPiece[] {
  const words: WordPiece[] = []
  for (const part of parts) {
    if (part.kind !== 'word') break
    if (
      words.length > 0 &&
      FEATURE_STARTERS.has(part.token.lower) &&
      part.token.text === part.token.lower
    )
      break
    words.push(part)
  }
  return words
}
