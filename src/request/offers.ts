import { addGroup } from './brackets.js'
import { doubtFreeFor, isDenied, meansFreePlan, takeDenial } from './free-plans.js'
import { dropBeside } from './highlights.js'
import { withIntervalBefore } from './interval-labels.js'
import { readName } from './names.js'
import { emptyOffer, hasTerms, type Offer } from './offer.js'
import type { FlagPiece, WordPiece } from './pieces.js'
import { isMark, type GroupPiece, type Part, type Segment } from './segments.js'
import { splitTail } from './tails.js'
import { REVERSING } from './vocabulary.js'
import { LATER_PRICE, QUESTION } from './reasons.js'

/** Reads the items of one segment: usually one, more when separators are left out. */
export function readOffers(segment: Segment, text: string): Offer[] {
  const offers: Offer[] = []
  let offer = emptyOffer(segment, segment.start)
  const parts = segment.parts
  const begin = (start: number): void => {
    offers.push(offer)
    offer = emptyOffer(segment, start)
  }
  parts.forEach((part, at) => {
    if (part.kind === 'flag' && part.flag === 'free-tier' && hasTerms(offer)) begin(part.start)
    const priced = part.kind === 'price' || (part.kind === 'group' && holdsPrice(part))
    if (priced && hasTerms(offer) && !isBetweenPrices(offer.tail)) {
      const lead = offer.tail.filter((piece): piece is WordPiece => piece.kind === 'word')
      offer.tail = []
      begin(lead[0]?.start ?? part.start)
      offer.lead = lead
    }
    addPart(offer, part, parts, at, text)
    offer.end = Math.max(offer.end, part.end)
  })
  offers.push(offer)
  for (const each of offers) finishOffer(each, text)
  doubtContact(offers)
  return offers
}

const MOST_PRICES = 20

// 'Contact us for Pro $29/mo' names a price and says that there is none.
function doubtContact(offers: Offer[]): void {
  offers.forEach(({ contact, name, prices, start }, at) => {
    const next = offers[at + 1]
    if (!contact || name || prices.length > 0 || !next || next.prices.length === 0) return
    const reason = 'a price, and "contact us" as well; write one of them'
    next.doubts.push({ start, end: next.end, reason })
  })
}

function holdsPrice(group: GroupPiece): boolean {
  return group.parts.some((part) => part.kind === 'price')
}

// '$20 billed monthly and $200 …' and '$20/mo – $200/yr' go on with the same plan.
function isBetweenPrices(tail: Part[]): boolean {
  return tail.every(
    (part) =>
      part.kind === 'mark' ||
      (part.kind === 'word' && /^(?:at|is|for|plus|a|the|when|if)$/.test(part.token.lower)),
  )
}

function addPart(offer: Offer, part: Part, parts: Part[], at: number, text: string): void {
  switch (part.kind) {
    case 'price':
      // Nobody writes that many prices for one thing; what is not taken up is reported as left over.
      if (offer.prices.length === MOST_PRICES) return
      if (offer.prices.length > 0 && parts.slice(0, at).some(isThen)) {
        const reason = LATER_PRICE
        offer.doubts.push({ start: offer.start, end: part.end, reason })
      }
      offer.prices.push(withIntervalBefore(part, parts, at, offer))
      return
    case 'usage':
      offer.usages.push(part)
      return
    case 'trial':
      dropJoints(offer.tail)
      dropJoints(offer.lead)
      offer.trials.push({ piece: part, bracketed: false })
      return
    case 'interval':
      offer.intervals.push(part)
      if (inText(offer)) offer.tail.push(part)
      return
    case 'quantity':
      offer.quantities.push(part)
      if (hasTerms(offer)) offer.tail.push(part)
      return
    case 'group':
      addGroup(offer, part, text)
      return
    case 'flag':
      addFlag(offer, part, parts, at, text)
      return
    case 'word':
      if (hasTerms(offer) || offer.usages.length > 0) offer.tail.push(part)
      else offer.lead.push(part)
      return
    case 'duration':
    case 'percent':
      offer.tail.push(part)
      return
    case 'mark':
      if (part.mark === '?') {
        offer.doubts.push({
          start: offer.start,
          end: part.end,
          reason: QUESTION,
        })
      } else if (hasTerms(offer)) offer.tail.push(part)
      return
    case 'discount':
    case 'count':
    case 'currency':
      return
  }
}

function isThen(part: Part): boolean {
  return part.kind === 'flag' && part.flag === 'then'
}

// 'with a 14-day trial', '$29/mo after a trial': the words only join.
function dropJoints(parts: Part[]): void {
  for (let last = parts.at(-1); last?.kind === 'word'; last = parts.at(-1)) {
    if (!TRIAL_JOINTS.test(last.token.text)) return
    parts.pop()
  }
}

const TRIAL_JOINTS =
  /^(?:with|after|following|an?|the|plus|includes?|including|has|have|comes|gets?|offers?|its|our|starts|begins)$/

function inText(offer: Offer): boolean {
  return offer.tail.some(
    (part) => part.kind === 'word' || isMark(part, ':') || isMark(part, 'dash'),
  )
}

function addFlag(offer: Offer, part: FlagPiece, parts: Part[], at: number, text: string): void {
  switch (part.flag) {
    case 'contact':
      offer.contact = part
      return
    case 'free-tier':
      if (!takeDenial(offer, part)) offer.free = part
      return
    case 'free':
      if (isDenied(offer.lead.at(-1))) {
        const reason = 'it says what is not free, and not what is; write the price'
        offer.doubts.push({ start: offer.start, end: part.end, reason })
      } else if (meansFreePlan(offer, parts, at)) {
        offer.free = part
        doubtFreeFor(offer, part, parts, at, text)
        if (parts[at + 1]?.kind === 'usage') {
          const reason = 'a free plan that charges for usage, or no plan; write "Free plan + …"'
          offer.doubts.push({ start: part.start, end: parts[at + 1]?.end ?? part.end, reason })
        }
      } else {
        if (!hasTerms(offer)) offer.looseFree ??= part
        offer.tail.push(part)
      }
      return
    case 'once':
      offer.once = true
      return
    case 'seat':
      offer.perSeat = true
      return
    case 'then':
      offer.then = true
      return
    case 'overage':
      offer.overage = true
      if (hasTerms(offer)) offer.tail.push(part)
      return
    case 'highlight':
      offer.highlighted = true
      dropBeside(offer.tail)
      dropBeside(offer.lead)
      return
    case 'gating':
    case 'no-base':
    case 'no-card':
    case 'tax':
    case 'aside':
      return
  }
}

function finishOffer(offer: Offer, text: string): void {
  splitTail(offer, text)
  offer.name ??= readName(offer.lead, text)
  const { looseFree, prices } = offer
  if (looseFree && prices.length > 0) {
    const reason = '"free" before a price may be a plan of its own, or belong to the name'
    offer.doubts.push({ start: offer.start, end: offer.end, reason })
  }
  // One reason for one price: what hedges it is already said.
  const hedged = offer.prices.some((price) => price.doubt !== null)
  if (offer.name?.doubt && hasTerms(offer) && !hedged) {
    offer.doubts.push({ start: offer.name.start, end: offer.end, reason: offer.name.doubt })
  }
  const interval = offer.intervals[0]
  // 'Aaa Pcm free': part of a name, or how often nothing is charged.
  const capital = interval !== undefined && /^\p{Lu}\p{Ll}/u.test(text.slice(interval.start))
  const nameless = offer.name === null || capital
  if (interval && nameless && offer.prices.length === 0 && hasTerms(offer)) {
    const reason = 'an interval without a price; if it is the name of the plan, write "… plan"'
    offer.doubts.push({ start: offer.start, end: offer.end, reason })
  }
  const reversing = [...offer.lead, ...offer.tail].find(
    (part) =>
      part.kind === 'word' &&
      REVERSING.has(part.token.lower) &&
      (part.token.text === part.token.lower || (part === offer.lead[0] && offer.lead.length > 1)),
  )
  if (
    reversing?.kind === 'word' &&
    !hedged &&
    (offer.prices.length > 0 || offer.usages.length > 0)
  ) {
    const reason = `"${reversing.token.text}" beside the price changes what it says; write the price that is charged`
    offer.doubts.push({ start: offer.start, end: offer.end, reason })
  }
}
