import { Clauses } from './clauses.js'
import { nameDoubt } from './doubtful-names.js'
import { emptyCollection, type Collected, type EntryPrice } from './entries.js'
import { isDenied } from './free-plans.js'
import { doubt, isUnder, type Gathering } from './gathering.js'
import { takeHeading } from './headings.js'
import { Ledger } from './ledger.js'
import { namesNothing } from './names.js'
import { hasTerms, samePeriod, type Offer } from './offer.js'
import { readOffers } from './offers.js'
import { entryNamed, ownerOf } from './owners.js'
import { placeRest, placeTrials } from './rest.js'
import type { Part, Segment } from './segments.js'
import { isMeasure } from './units.js'
import { USAGE_NOUNS } from './vocabulary.js'
import { LATER_PRICE } from './reasons.js'

/** Gathers the segments into things that are sold and statements about all of them. */
export function collect(segments: Segment[], text: string): Collected {
  const gathering: Gathering = {
    collected: emptyCollection(new Ledger(text.length)),
    text,
    segments,
    clauses: new Clauses(segments),
    section: null,
    current: null,
    pendingAt: -1,
    list: null,
  }
  for (const [position, segment] of segments.entries()) {
    take(gathering, segment, position)
    if (!isTooMuch(gathering.collected)) continue
    gathering.collected.tooMuch = true
    break
  }
  return gathering.collected
}

// A request has a handful of plans; what is longer is not one, and is not worth the time.
const MOST = 60

function isTooMuch({ entries, pending, usages, doubts, discounts, trials }: Collected): boolean {
  return [entries, pending, usages, doubts, discounts, trials].some((list) => list.length > MOST)
}

function take(gathering: Gathering, segment: Segment, position: number): void {
  noteStatements(gathering, segment.parts)
  const { parts, section } = takeHeading(segment, gathering.collected)
  if (section) gathering.section = section
  if (parts.length === 0) return
  for (const offer of readOffers({ ...segment, parts }, gathering.text))
    place(gathering, offer, position)
}

function noteStatements(gathering: Gathering, parts: Part[]): void {
  const { collected } = gathering
  for (const [at, part] of parts.entries()) {
    if (part.kind === 'group') noteStatements(gathering, part.parts)
    if (part.kind === 'discount') collected.discounts.push(part)
    if (part.kind === 'currency') collected.currencies.push(part)
    if (part.kind === 'word') {
      if (/^sell(?:s|ing)?$/.test(part.token.lower)) collected.sells = true
      if (
        /^(?:plans?|tiers?|subscriptions?|membership|memberships|subscription-based|recurring|base)$/.test(
          part.token.lower,
        )
      ) {
        collected.plans = true
      }
    }
    if (isUsageAsked(part, parts[at + 1]) && !isDeniedAt(parts[at - 1])) {
      collected.usageSaid ??= { start: part.start, end: part.end }
    }
    if (part.kind === 'word' && part.token.lower === 'freemium') collected.freemium = true
    if (part.kind !== 'flag') continue
    if (part.flag === 'gating') collected.gating = true
    if (part.flag === 'no-base') collected.noBase = true
    if (part.flag === 'no-card') collected.noCard = true
    if (part.flag === 'tax') collected.tax = true
  }
}

// 'usage-based billing', 'metered pricing'.
function isUsageAsked(part: Part, next: Part | undefined): boolean {
  if (part.kind !== 'word') return false
  const { lower } = part.token
  if (lower === 'usage-based') return true
  const noun = next?.kind === 'word' ? next.token.lower : ''
  return /^(?:usage|metered)$/.test(lower) && /^(?:billing|pricing|based)$/.test(noun)
}

function isDeniedAt(before: Part | undefined): boolean {
  return before?.kind === 'word' && isDenied(before)
}

function place(gathering: Gathering, offer: Offer, position: number): void {
  gathering.collected.noFree ||= offer.noFree
  gathering.collected.offers.push(offer)
  placeForAll(gathering, offer)
  if (hasTerms(offer)) placeTerms(gathering, offer, position)
  else if (offer.usages.length > 0) placeUsage(gathering, offer)
  else placeRest(gathering, offer, position)
  gathering.collected.doubts.push(...offer.doubts)
}

function placeForAll(gathering: Gathering, { forAll }: Offer): void {
  const { collected } = gathering
  collected.once ||= forAll.once
  if (!forAll.interval) return
  const { period, start, end, doubt: reason } = forAll.interval
  if (reason) doubt(gathering, start, end, reason)
  collected.interval ??= { period, start, end }
}

function placeTerms(gathering: Gathering, offer: Offer, position: number): void {
  const prices = offer.prices.map((piece) => priceOf(gathering, piece, offer))
  doubtSection(gathering, offer)
  const owner = ownerOf(gathering, offer, prices, position)
  doubtName(gathering, offer)
  if (
    offer.then &&
    offer.usages.length + offer.trials.length === 0 &&
    !followsTrial(gathering, position)
  ) {
    doubt(gathering, offer.start, offer.end, LATER_PRICE)
  }
  if (!owner) return
  owner.prices.push(...prices)
  owner.usages.push(...offer.usages)
  owner.quantities.push(...offer.quantities)
  owner.trials.push(...offer.trials)
  showQuantities(offer, gathering.text)
  owner.features.push(...offer.features)
  owner.free ||= offer.free !== null
  owner.contact ||= offer.contact !== null
  owner.highlighted ||= offer.highlighted
  owner.open = offer.open
  owner.end = offer.end
  for (const usage of offer.usages) usage.overage ||= offer.then || offer.overage
  gathering.current = owner
}

// 'Pro 5 users $29/mo' shows what 'Pro $29/mo, 5 users' does.
function showQuantities(offer: Offer, text: string): void {
  const price = offer.prices[0]
  // A product has no features to show.
  if (!price || price.once || offer.once) return
  const before = offer.quantities.filter(
    (each) => each.end <= price.start && offer.segment.parts.includes(each),
  )
  const shown = before.map(({ start, end }) => ({ start, end, feature: text.slice(start, end) }))
  offer.features.unshift(...shown.map(({ feature }) => feature))
  offer.shown.push(...shown)
}

// 'Yearly: Pro $24/mo' may be billed once a year.
function doubtSection({ section, collected }: Gathering, offer: Offer): void {
  const heading = section?.interval
  const named = offer.prices.filter((piece) => piece.interval !== null)
  if (!heading || named.length === 0) return
  if (named.some(({ interval }) => interval && samePeriod(interval, heading))) return
  const reason = 'its heading names another interval; write the interval behind each price'
  collected.doubts.push({ start: offer.start, end: offer.end, reason })
}

function doubtName(gathering: Gathering, offer: Offer): void {
  const { name } = offer
  // What is wrong with the price is said already.
  if (!name || name.doubt || offer.prices.some((price) => price.doubt !== null)) return
  const { entries, usages } = gathering.collected
  const metered = usages.length > 0 || entries.some((entry) => entry.usages.length > 0)
  const reason = nameDoubt(name, offer, gathering.text, metered)
  if (reason) doubt(gathering, Math.min(offer.start, name.start), offer.end, reason)
}

// '14-day trial, then $29/mo' is the trial and the price.
function followsTrial(gathering: Gathering, position: number): boolean {
  const before = gathering.segments[position - 1]
  return before?.parts.some((part) => part.kind === 'trial') ?? false
}

function priceOf(gathering: Gathering, piece: Offer['prices'][number], offer: Offer): EntryPrice {
  let interval = piece.interval
  for (const each of offer.intervals) {
    if (each.billed) continue
    if (interval && !samePeriod(interval, each.period)) {
      const [start, end] = [Math.min(piece.start, each.start), Math.max(piece.end, each.end)]
      doubt(gathering, start, end, 'it names two intervals; write one, or a price for each')
    }
    if (each.doubt) doubt(gathering, each.start, each.end, each.doubt)
    interval ??= each.period
  }
  const billed = offer.intervals.find((each) => each.billed)
  if (billed) piece.billed ??= billed.period
  interval ??= piece.billed
  const once = piece.once || (offer.once && offer.prices.length === 1)
  if (!interval && !once) interval = gathering.section?.interval ?? null
  return {
    piece,
    interval,
    once: once || (!interval && (gathering.section?.once ?? false)),
    perSeat: piece.perSeat || offer.perSeat || (gathering.section?.perSeat ?? false),
  }
}

function placeUsage(gathering: Gathering, offer: Offer): void {
  const { collected } = gathering
  const named = offer.name ? entryNamed(gathering, offer.name.name) : undefined
  const words = offer.lead.filter(({ token }) => token.kind === 'word')
  const counted = words.filter(({ token }) => USAGE_NOUNS.has(token.lower))
  if (offer.name && !named && counted.length === 0 && !namesNothing(words)) {
    doubt(
      gathering,
      offer.start,
      offer.end,
      `"${offer.name.name}" has a price per unit but no base price; say free, $0/mo or a price`,
    )
  }
  for (const { start, billed } of offer.intervals) {
    const first = offer.usages[0]
    if (billed || !first || start > first.start) continue
    doubt(
      gathering,
      start,
      first.end,
      'an interval before a price per unit; write what is counted, like $0.01 per call',
    )
  }
  const owner = named ?? gathering.current
  const under = isUnder(offer, owner)
  for (const piece of offer.usages) {
    piece.overage ||= offer.then || offer.overage
    const noun = counted.map(({ token }) => token.text).join(' ')
    if (piece.unit === null && noun) piece.unit = noun
    else if (piece.unit && noun && isMeasure(piece.unit)) piece.unit = `${piece.unit} ${noun}`
    const joined = named !== undefined || offer.segment.before === '+' || offer.then || under
    collected.usages.push({ piece, offer, owner, joined })
  }
  const quantities = owner ? owner.quantities : collected.quantities
  quantities.push(...offer.quantities)
  placeTrials(gathering, offer)
}
