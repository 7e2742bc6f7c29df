import { isGroup } from './doubtful-names.js'
import { hasTerms, type Offer } from './offer.js'
import type { FlagPiece, WordPiece } from './pieces.js'
import type { Part } from './segments.js'
import { FEATURE_STARTERS } from './vocabulary.js'

/** 'no free plan' asks for none; 'not free' says nothing that could be sold. */
export function isDenied(word: WordPiece | undefined): boolean {
  return word !== undefined && DENIALS.test(word.token.lower)
}

const DENIALS =
  /^(?:no|not|never|without|nothing|neither|nor|non|isn't|aren't|isnt|arent|hardly|almost|barely)$/

/** Takes 'no' off a free plan that is denied. */
export function takeDenial(offer: Offer, free: FlagPiece): boolean {
  const words = offer.lead.filter(({ token }) => !/^(?:a|an|any)$/.test(token.lower))
  const denial = words.at(-1)
  if (!isDenied(denial) || words.length > 1) {
    if (isDenied(denial)) {
      const reason =
        'it says that there is no free plan, or names one; write "no free plan", or leave it out'
      offer.doubts.push({ start: offer.start, end: free.end, reason })
    }
    return isDenied(denial)
  }
  offer.lead = []
  offer.noFree = true
  return true
}

/** 'Hobby - free' is a plan; 'Pro $29/mo with free onboarding' is a feature. */
export function meansFreePlan(offer: Offer, parts: Part[], at: number): boolean {
  if (hasTerms(offer) || offer.usages.length > 0) return false
  const next = parts[at + 1]
  if (!next || next.kind === 'group' || next.kind === 'mark' || next.kind === 'interval')
    return true
  if (next.kind === 'word') {
    return (
      FEATURE_STARTERS.has(next.token.lower) ||
      /^(?:for|to|is|at)$/.test(next.token.lower) ||
      namedAfter(offer, parts, at)
    )
  }
  return next.kind !== 'quantity' || offer.lead.length === 0
}

/** Doubts 'free for students': a plan, or what some pay for the one before. */
export function doubtFreeFor(
  offer: Offer,
  free: FlagPiece,
  parts: Part[],
  at: number,
  text: string,
): void {
  const [next, group] = [parts[at + 1], parts[at + 2]]
  if (next?.kind !== 'word' || next.token.lower !== 'for' || group?.kind !== 'word') return
  if (text[free.start] !== 'f' || !isGroup(group.token.lower)) return
  const reason = `a free plan, or a price for "${group.token.text}" only`
  offer.doubts.push({ start: free.start, end: group.end, reason })
}

function namedAfter(offer: Offer, parts: Part[], at: number): boolean {
  if (offer.lead.length > 0 || parts.length - at > 3) return false
  return parts
    .slice(at + 1)
    .every((part) => part.kind === 'word' && /^\p{Lu}/u.test(part.token.text))
}
