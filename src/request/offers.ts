import type { Period } from '../types.js'
import { isPlanName, readName, type ReadName } from './names.js'
import type {
  DurationPiece,
  FlagPiece,
  IntervalPiece,
  MarkName,
  PricePiece,
  QuantityPiece,
  TrialPiece,
  UsagePiece,
  WordPiece,
} from './pieces.js'
import { cutParts, isMark, type GroupPiece, type Part, type Segment } from './segments.js'
import { FEATURE_STARTERS, REVERSING } from './vocabulary.js'

/** What one item of the request offers: a name, its prices, and what stands beside them. */
export interface Offer {
  name: ReadName | null
  prices: PricePiece[]
  usages: UsagePiece[]
  quantities: QuantityPiece[]
  intervals: IntervalPiece[]
  trials: { piece: TrialPiece; bracketed: boolean }[]
  free: FlagPiece | null
  contact: FlagPiece | null
  once: boolean
  /** 'all one-time', '(all monthly)': said of the other items too. */
  forAll: { once: boolean; interval: IntervalPiece | null }
  perSeat: boolean
  then: boolean
  overage: boolean
  highlighted: boolean
  features: string[]
  /** Still open for features in the items that follow. */
  open: boolean
  doubts: { start: number; end: number; reason: string }[]
  lead: WordPiece[]
  tail: Part[]
  start: number
  end: number
  segment: Segment
}

const INSIDE = new Set<MarkName>([',', ';', 'line', 'bullet'])

export function emptyOffer(segment: Segment, start: number): Offer {
  return {
    name: null,
    prices: [],
    usages: [],
    quantities: [],
    intervals: [],
    trials: [],
    free: null,
    contact: null,
    once: false,
    forAll: { once: false, interval: null },
    perSeat: false,
    then: false,
    overage: false,
    highlighted: false,
    features: [],
    open: false,
    doubts: [],
    lead: [],
    tail: [],
    start,
    end: start,
    segment,
  }
}

export function hasTerms(offer: Offer): boolean {
  return offer.prices.length > 0 || offer.free !== null || offer.contact !== null
}

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
    const words = offer.tail.filter((piece): piece is WordPiece => piece.kind === 'word')
    if (priced && hasTerms(offer) && words.length > 0 && !isBetweenPrices(offer.tail)) {
      const lead = words
      offer.tail = []
      begin(lead[0]?.start ?? part.start)
      offer.lead = lead
    }
    addPart(offer, part, parts, at, text)
    offer.end = Math.max(offer.end, part.end)
  })
  offers.push(offer)
  for (const each of offers) finishOffer(each, text)
  return offers
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
      addFlag(offer, part, parts, at)
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
        offer.doubts.push({ start: offer.start, end: part.end, reason: 'it is a question' })
      } else if (hasTerms(offer)) offer.tail.push(part)
      return
    case 'discount':
    case 'count':
    case 'currency':
      return
  }
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

// 'monthly: $20', 'yearly at $200'.
function withIntervalBefore(
  piece: PricePiece,
  parts: Part[],
  at: number,
  offer: Offer,
): PricePiece {
  let before = at - 1
  while (isJoint(parts[before])) before--
  const interval = parts[before]
  if (interval?.kind !== 'interval') return piece
  offer.intervals = offer.intervals.filter((each) => each !== interval)
  offer.tail = offer.tail.filter((each) => each !== interval)
  const { period } = interval
  const doubt =
    piece.doubt ??
    interval.doubt ??
    (piece.interval && !samePeriod(piece.interval, period) ? 'it names two intervals' : null)
  return { ...piece, interval: piece.interval ?? period, doubt, start: interval.start }
}

function isJoint(part: Part | undefined): boolean {
  if (!part) return false
  if (part.kind === 'mark') return part.mark === ':' || part.mark === 'dash'
  return (
    part.kind === 'word' &&
    /^(?:at|for|is|price|plan|fee|of|costs|payment|subscription|billing|=)$/.test(part.token.lower)
  )
}

function addFlag(offer: Offer, part: FlagPiece, parts: Part[], at: number): void {
  switch (part.flag) {
    case 'contact':
      offer.contact = part
      return
    case 'free-tier':
      offer.free = part
      return
    case 'free':
      if (meansFreePlan(offer, parts, at)) offer.free = part
      else offer.tail.push(part)
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
      return
    case 'gating':
    case 'no-base':
    case 'no-card':
    case 'tax':
    case 'aside':
      return
  }
}

// 'Hobby - free' is a plan; 'Pro $29/mo with free onboarding' is a feature.
function meansFreePlan(offer: Offer, parts: Part[], at: number): boolean {
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

function namedAfter(offer: Offer, parts: Part[], at: number): boolean {
  const rest = parts.slice(at + 1)
  return (
    offer.lead.length === 0 &&
    rest.length <= 2 &&
    rest.every((part) => part.kind === 'word' && /^\p{Lu}/u.test(part.token.text))
  )
}

function addGroup(offer: Offer, group: GroupPiece, text: string): void {
  if (!group.closed) {
    offer.doubts.push({ start: group.start, end: group.end, reason: 'the bracket is never closed' })
  }
  for (const parts of cutParts(group.parts, INSIDE)) addGroupPart(offer, parts, text)
}

function addGroupPart(offer: Offer, parts: Part[], text: string): void {
  const inner: Part[][] = parts.some((part) => part.kind === 'price')
    ? cutParts(parts, new Set<MarkName>(['or', 'and', '/', '+', '|']))
    : [parts]
  for (const list of inner) {
    if (saysForAll(list, offer)) continue
    const words = list.filter((part) => part.kind === 'word')
    let kept = false
    list.forEach((part, at) => {
      if (part.kind === 'price') {
        const price = withIntervalBefore(part, list, at, offer)
        if (list.slice(at + 1).some((each) => each.kind === 'word')) {
          const rest = list.slice(at + 1)
          const dashed = rest[0]?.kind === 'mark' || price.interval !== null
          if (!dashed) price.doubt ??= 'the words beside it are not understood'
          else offer.features.push(...featureTexts(rest, text, offer))
        }
        const unknown = list.slice(0, at).filter((each) => each.kind === 'word' && !isJoint(each))
        if (unknown.length > 0) price.doubt ??= 'the words beside it are not understood'
        offer.prices.push(price)
        kept = true
      } else if (part.kind === 'usage') {
        offer.usages.push(part)
        if (
          list.some(
            (each) => each.kind === 'flag' && (each.flag === 'then' || each.flag === 'overage'),
          )
        )
          offer.then = true
        kept = true
      } else if (part.kind === 'quantity') offer.quantities.push(part)
      else if (part.kind === 'trial') {
        offer.trials.push({ piece: part, bracketed: true })
        kept = true
      } else if (part.kind === 'interval' && words.length === 0) {
        offer.intervals.push(part)
        kept = true
      } else if (part.kind === 'flag') {
        const alone = words.length === 0
        if (part.flag === 'free' && alone && list.length === 1) {
          offer.free = part
          kept = true
        }
        if (part.flag === 'contact') offer.contact = part
        if (part.flag === 'once' && alone) offer.once = true
        if (part.flag === 'seat' && alone) offer.perSeat = true
        if (part.flag === 'highlight') offer.highlighted = true
        if (part.flag !== 'free' && part.flag !== 'overage') kept ||= alone
      } else if (part.kind === 'discount') kept = true
    })
    const least = words[0]?.token.lower ?? ''
    if (!kept && /^(?:min|minimum|max|maximum|least|from)$/.test(least) && isPerSeat(offer)) {
      const at = { start: list[0]?.start ?? offer.start, end: list.at(-1)?.end ?? offer.end }
      offer.doubts.push({ ...at, reason: 'a least or largest number of seats cannot be set' })
    }
    if (!kept) offer.features.push(...featureTexts(list, text, offer))
  }
}

// '(all one-time)', '(each billed yearly)'.
function saysForAll(list: Part[], offer: Offer): boolean {
  const words = list.filter((part) => part.kind === 'word')
  const all =
    words.length > 0 &&
    words.every(({ token }) => /^(?:all|each|both|every|prices|plans|are)$/.test(token.lower))
  const interval = list.find((part) => part.kind === 'interval')
  const once = list.some((part) => part.kind === 'flag' && part.flag === 'once')
  const other = list.some(
    (part) => part.kind === 'price' || part.kind === 'usage' || part.kind === 'quantity',
  )
  if (!all || other || (!interval && !once)) return false
  offer.forAll.once ||= once
  if (interval?.kind === 'interval') offer.forAll.interval = interval
  return true
}

function isPerSeat(offer: Offer): boolean {
  return offer.perSeat || offer.prices.some((price) => price.perSeat)
}

function finishOffer(offer: Offer, text: string): void {
  splitTail(offer, text)
  offer.name ??= readName(offer.lead, text)
  if (offer.name?.doubt && offer.prices.length > 0) {
    offer.doubts.push({ start: offer.name.start, end: offer.end, reason: offer.name.doubt })
  }
  const interval = offer.intervals[0]
  if (interval && offer.name === null && offer.prices.length === 0 && hasTerms(offer)) {
    const reason = 'an interval without a price; if it is the name of the plan, write "… plan"'
    offer.doubts.push({ start: offer.start, end: offer.end, reason })
  }
  const reversing = [...offer.lead, ...offer.tail].find(
    (part) =>
      part.kind === 'word' &&
      REVERSING.has(part.token.lower) &&
      part.token.text === part.token.lower,
  )
  if (reversing?.kind === 'word' && (offer.prices.length > 0 || offer.usages.length > 0)) {
    const reason = `"${reversing.token.text}" beside the price changes what it says`
    offer.doubts.push({ start: offer.start, end: offer.end, reason })
  }
}

// Behind the price stand its name ('$9 Basic'), features, or words that make it doubtful.
function splitTail(offer: Offer, text: string): void {
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
      offer.name = behind
      const rest = tail.slice(first + words.length)
      offer.features.push(...featureTexts(rest, text, offer))
      offer.open = rest.length > 0
      return
    }
  }
  const unfinished = offer.prices.some(
    (price) => price.interval === null && !price.once && !price.perSeat,
  )
  const linked =
    head.kind === 'word' &&
    /^(?:for|per|a|an|the|to|where|and|plan|tier|base|subscription|,)$/.test(head.token.lower)
  if (!marked && !starter && !linked && head.kind === 'word' && unfinished) {
    const price = offer.prices.at(-1)
    offer.doubts.push({
      start: price?.start ?? offer.start,
      end: head.end,
      reason: `"${head.token.text}" beside the price is not understood`,
    })
    return
  }
  offer.features.push(...featureTexts(tail.slice(first), text, offer))
  offer.open = true
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

const FEATURE_CUTS = new Set<MarkName>([',', ';', 'line', 'bullet', '|'])
const FILLER =
  /^(?:with|includes?|including|incl|featuring|has|gets|contains|comes|features|plus|for|a|an|the|of|and|to|per|plan|tier|base|subscription|where|is|both|each|all|access)$/i

/** The features a run of pieces names; amounts and lengths of time in it are doubtful. */
export function featureTexts(parts: Part[], text: string, offer: Offer): string[] {
  const features: string[] = []
  for (const list of cutParts(parts, FEATURE_CUTS)) {
    let from = 0
    while (from < list.length && isFiller(list[from], list.length - from)) from++
    let to = list.length
    while (to > from && isFiller(list[to - 1], to - from)) to--
    const kept = list.slice(from, to)
    const first = kept[0]
    const last = kept.at(-1)
    if (!first || !last) continue
    for (const part of kept) noteUnread(part, offer)
    if (kept.every((part) => part.kind === 'quantity' && part.included && part.unit === null))
      continue
    if (kept.every((part) => part.kind === 'trial' || part.kind === 'discount')) continue
    const feature = text.slice(first.start, last.end).replace(/\s+/g, ' ').trim()
    if (feature) features.push(feature)
  }
  return features
}

function isFiller(part: Part | undefined, left: number): boolean {
  if (!part) return false
  if (part.kind === 'mark' || part.kind === 'trial' || part.kind === 'discount') return true
  if (part.kind !== 'word') return false
  if (part.token.kind === 'symbol') return !/^[#$@{<`~]$/.test(part.token.text)
  return FILLER.test(part.token.text) && !(part.token.lower === 'all' && left > 1)
}

function noteUnread(part: Part, offer: Offer): void {
  const doubt = (reason: string): void => {
    offer.doubts.push({ start: part.start, end: part.end, reason })
  }
  if (part.kind === 'duration') doubt('a length of time that belongs to nothing')
  if (part.kind === 'price' && !offer.prices.includes(part))
    doubt('an amount that belongs to nothing')
  if (part.kind === 'interval' && (part.period.count > 1 || part.billed))
    doubt('an interval that belongs to no price')
}

export function samePeriod(a: Period, b: Period): boolean {
  return a.interval === b.interval && a.count === b.count
}

export type { DurationPiece }
