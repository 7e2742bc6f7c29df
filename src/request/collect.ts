import {
  emptyCollection,
  newEntry,
  paidEntries,
  sameName,
  type Collected,
  type Entry,
  type EntryPrice,
} from './entries.js'
import { takeHeading, type Section } from './headings.js'
import { capitalised, isMeasure } from './units.js'
import { isPlanName, namesNothing, readName, readObject } from './names.js'
import { featureTexts, hasTerms, readOffers, samePeriod, type Offer } from './offers.js'
import { isMark, type Part, type Segment } from './segments.js'
import type { WordPiece } from './pieces.js'
import { FEATURE_STARTERS, USAGE_NOUNS } from './vocabulary.js'

/** Gathers the segments into things that are sold and statements about all of them. */
export function collect(segments: Segment[], text: string): Collected {
  const collected = emptyCollection()
  const collector = new Collector(collected, text, segments)
  segments.forEach((segment, position) => collector.take(segment, position))
  return collected
}

class Collector {
  private section: Section | null = null
  private current: Entry | null = null
  /** Position of the segment that gave the last pending name. */
  private pendingAt = -1
  /** Where lines and sentences end. */
  private readonly clauseEnds: number[]

  constructor(
    private readonly collected: Collected,
    private readonly text: string,
    private readonly segments: Segment[],
  ) {
    this.clauseEnds = segments
      .filter(
        (segment) =>
          segment.before === 'line' ||
          segment.before === '.' ||
          segment.before === ';' ||
          segment.before === 'bullet',
      )
      .map((segment) => segment.start)
  }

  take(segment: Segment, position: number): void {
    this.noteStatements(segment.parts)
    const { parts, section } = takeHeading(segment, this.collected)
    if (section) this.section = section
    if (parts.length === 0) return
    for (const offer of readOffers({ ...segment, parts }, this.text)) this.place(offer, position)
  }

  private noteStatements(parts: Part[]): void {
    const { collected } = this
    for (const part of parts) {
      if (part.kind === 'group') this.noteStatements(part.parts)
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
      if (part.kind === 'word' && part.token.lower === 'freemium') collected.freemium = true
      if (part.kind !== 'flag') continue
      if (part.flag === 'gating') collected.gating = true
      if (part.flag === 'no-base') collected.noBase = true
      if (part.flag === 'no-card') collected.noCard = true
      if (part.flag === 'tax') collected.tax = true
    }
  }

  private place(offer: Offer, position: number): void {
    this.collected.doubts.push(...offer.doubts)
    this.placeForAll(offer)
    if (hasTerms(offer)) this.placeTerms(offer, position)
    else if (offer.usages.length > 0) this.placeUsage(offer, position)
    else this.placeRest(offer, position)
  }

  private placeTerms(offer: Offer, position: number): void {
    const prices = offer.prices.map((piece) => this.priceOf(piece, offer))
    const owner = this.ownerOf(offer, prices, position)
    if (
      offer.then &&
      offer.usages.length + offer.trials.length === 0 &&
      !this.followsTrial(position)
    ) {
      this.doubt(offer.start, offer.end, 'a price that changes after a while')
    }
    if (!owner) return
    owner.prices.push(...prices)
    owner.usages.push(...offer.usages)
    owner.quantities.push(...offer.quantities)
    owner.trials.push(...offer.trials)
    owner.features.push(...offer.features)
    owner.free ||= offer.free !== null
    owner.contact ||= offer.contact !== null
    owner.highlighted ||= offer.highlighted
    owner.open = offer.open
    owner.end = offer.end
    for (const usage of offer.usages) usage.overage ||= offer.then || offer.overage
    this.current = owner
  }

  // '14-day trial, then $29/mo' is the trial and the price.
  private followsTrial(position: number): boolean {
    const before = this.segments[position - 1]
    return before?.parts.some((part) => part.kind === 'trial') ?? false
  }

  private priceOf(piece: Offer['prices'][number], offer: Offer): EntryPrice {
    let interval = piece.interval
    for (const each of offer.intervals) {
      if (each.billed) continue
      if (interval && !samePeriod(interval, each.period)) {
        this.doubt(piece.start, each.end, 'it names two intervals')
      }
      if (each.doubt) this.doubt(each.start, each.end, each.doubt)
      interval ??= each.period
    }
    const billed = offer.intervals.find((each) => each.billed)
    if (billed) piece.billed ??= billed.period
    interval ??= piece.billed
    const once = piece.once || (offer.once && offer.prices.length === 1)
    if (!interval && !once) interval = this.section?.interval ?? null
    return {
      piece,
      interval,
      once: once || (!interval && (this.section?.once ?? false)),
      perSeat: piece.perSeat || offer.perSeat || (this.section?.perSeat ?? false),
    }
  }

  private ownerOf(offer: Offer, prices: EntryPrice[], position: number): Entry | null {
    const { collected } = this
    if (!offer.name && offer.free) {
      const word = this.text.slice(offer.free.start, offer.free.start + 4)
      return this.named(/free/i.test(word) ? capitalised(word) : 'Free', offer, prices)
    }
    if (offer.name) return this.named(offer.name.name, offer, prices)
    if (this.pendingFits(offer, position)) {
      const pending = collected.pending.pop()
      if (pending) {
        const entry = this.add(pending.name.name, false, pending.offer, offer)
        entry.features.push(...pending.features)
        return entry
      }
    }
    if (offer.contact && prices.length === 0) {
      collected.leftOut.push(offer)
      return null
    }
    const current = this.current
    const sure = prices.every((price) => price.interval !== null || price.once)
    const joins = offer.segment.before !== '+'
    if (current && sure && joins && current.prices.length > 0 && !this.clashes(current, prices))
      return current
    const only = paidEntries(collected).length === 0 && collected.pending.length === 0
    const object = readObject(offer.lead)
    if (only && object && prices.every((price) => price.once)) {
      return this.add(object, false, offer, offer)
    }
    if (only) {
      return this.add('Base', true, offer, offer)
    }
    const reason =
      current && current.prices.length > 0
        ? `no plan is named for it, and "${current.name}" has a price already`
        : 'it is not clear which plan it is the price of'
    this.doubt(offer.start, offer.end, reason)
    return null
  }

  private clashes(entry: Entry, prices: EntryPrice[]): boolean {
    return prices.some((price) =>
      entry.prices.some(
        (other) =>
          (price.once && other.once) ||
          (price.interval !== null &&
            !other.once &&
            (other.interval === null || samePeriod(price.interval, other.interval))),
      ),
    )
  }

  // A plan may come back under another heading or label: 'Pro monthly $20, Pro yearly $200'.
  private named(name: string, offer: Offer, prices: EntryPrice[]): Entry {
    const known = this.collected.entries.find((entry) => sameName(entry.name, name))
    const labelled = prices.every(
      ({ piece, interval }) =>
        interval !== null && (piece.interval === null || this.isLabelled(piece.start)),
    )
    if (
      known &&
      known.prices.length > 0 &&
      prices.length > 0 &&
      labelled &&
      !this.clashes(known, prices)
    )
      return known
    return this.add(name, false, offer, offer)
  }

  // The price begins with its interval's word when the interval stands before the amount.
  private isLabelled(start: number): boolean {
    return (
      /\p{L}/u.test(this.text[start] ?? '') &&
      !/^[A-Z]{3}\b/.test(this.text.slice(start, start + 4))
    )
  }

  private pendingFits(offer: Offer, position: number): boolean {
    const last = this.collected.pending.at(-1)
    if (!last) return false
    const before = offer.segment.before
    if (last.colon && last.offer.segment.line === offer.segment.line && before === ',') return true
    if (this.pendingAt !== position - 1) return false
    if (offer.contact && offer.prices.length === 0) return true
    const pending = this.segments[this.pendingAt]
    if (!pending) return false
    const alone = (line: number, count: number): boolean =>
      this.segments.filter((segment) => segment.line === line).length === count
    if (before === 'line' || before === 'bullet') return alone(pending.line, 1)
    if (before === '|') return true
    return before === ',' && alone(pending.line, 2)
  }

  private add(name: string, unnamed: boolean, first: Offer, offer: Offer): Entry {
    const { line, indent, bullet } = first.segment
    const { highlighted, start } = first
    const entry = newEntry(name, {
      unnamed,
      highlighted,
      line,
      indent,
      bullet,
      start,
      end: offer.end,
    })
    this.collected.entries.push(entry)
    return entry
  }

  private placeUsage(offer: Offer, position: number): void {
    const { collected } = this
    const named = offer.name
      ? collected.entries.find((entry) => sameName(entry.name, offer.name?.name ?? ''))
      : undefined
    const words = offer.lead.filter(({ token }) => token.kind === 'word')
    const counted = words.filter(({ token }) => USAGE_NOUNS.has(token.lower))
    if (offer.name && !named && counted.length === 0 && !namesNothing(words)) {
      this.doubt(
        offer.start,
        offer.end,
        `"${offer.name.name}" has a price per unit but no base price; say free, $0/mo or a price`,
      )
    }
    const owner = named ?? this.current
    const under = this.isUnder(offer, owner)
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
    this.placeTrials(offer, position)
  }

  private placeTrials(offer: Offer, position: number): void {
    const subject = offer.name && !namesNothing(offer.lead) ? offer.name.name : null
    const all = offer.lead.some(({ token }) =>
      /^(?:all|each|both|every|everyone)$/.test(token.lower),
    )
    for (const { piece } of offer.trials) {
      const own = this.isUnder(offer, this.current) && this.current?.line !== offer.segment.line
      if (own && this.current) {
        this.current.trials.push({ piece, bracketed: true })
        continue
      }
      const comma =
        offer.segment.before !== 'line' &&
        offer.segment.before !== '.' &&
        offer.segment.before !== ';'
      this.collected.trials.push({
        piece,
        subject: all ? null : subject,
        between: comma && this.current !== null && !all,
        position: this.collected.entries.length,
      })
    }
    void position
  }

  private placeRest(offer: Offer, position: number): void {
    const { collected, current } = this
    this.placeTrials(offer, position)
    const bare = namesNothing(offer.lead)
    if (offer.highlighted && current && bare) current.highlighted = true
    if (bare && offer.tail.length + offer.features.length + offer.quantities.length === 0) {
      this.placeStatement(offer)
      return
    }
    const subject = offer.trials.length > 0
    if (subject) return
    if (this.goesOn(offer)) {
      const parts = offer.segment.parts
      current?.features.push(...featureTexts(parts, this.text, offer))
      current?.quantities.push(...offer.quantities)
      return
    }
    const last = collected.pending.at(-1)
    const { line, before, parts } = offer.segment
    if (last?.colon && last.offer.segment.line === line && /^(?:,|and|\+|\/)$/.test(before)) {
      last.features.push(...featureTexts(parts, this.text, offer))
      return
    }
    if (offer.quantities.length > 0 && offer.lead.length === 0) {
      const list = current ? current.quantities : collected.quantities
      list.push(...offer.quantities)
      current?.features.push(...featureTexts(parts, this.text, offer))
      return
    }
    if (offer.quantities.length > 0) collected.quantities.push(...offer.quantities)
    this.placePending(offer, position)
  }

  private placePending(offer: Offer, position: number): void {
    const { collected } = this
    const { parts } = offer.segment
    const colon = parts.findIndex((part) => isMark(part, ':'))
    const head = parts.slice(0, colon < 0 ? parts.length : colon)
    const words = head.filter((part): part is WordPiece => part.kind === 'word')
    const name = colon < 0 ? offer.name : readName(words, this.text)
    if (!name || words.length === 0) return
    const features = colon < 0 ? [] : featureTexts(parts.slice(colon + 1), this.text, offer)
    const early = collected.entries.length === 0
    collected.pending.push({ name, offer, features, colon: colon >= 0, early })
    this.pendingAt = position
  }

  private placeForAll({ forAll }: Offer): void {
    const { collected } = this
    collected.once ||= forAll.once
    if (!forAll.interval) return
    const { period, start, end, doubt } = forAll.interval
    if (doubt) this.doubt(start, end, doubt)
    collected.interval ??= { period, start, end }
  }

  // 'per month', 'all one-time', 'billed yearly': said of everything before.
  private placeStatement(offer: Offer): void {
    const { collected, current } = this
    for (const { period, doubt, start, end } of offer.intervals) {
      if (doubt) this.doubt(start, end, doubt)
      if (collected.interval && !samePeriod(collected.interval.period, period)) {
        this.doubt(start, end, 'two intervals are named for everything')
      }
      collected.interval ??= { period, start, end }
    }
    collected.once ||= offer.once
    collected.perSeat ||= offer.perSeat
    const list = current ? current.quantities : collected.quantities
    list.push(...offer.quantities)
  }

  private goesOn(offer: Offer): boolean {
    const { current } = this
    if (!current) return false
    const { before, bullet } = offer.segment
    const single = offer.lead.length === 1 && isPlanName(offer.lead[0]?.token.text ?? '')
    if (this.isUnder(offer, current)) return true
    if (single || bullet || before === 'line' || before === '.' || before === ';') return false
    const first = offer.lead[0]?.token
    const starts = first !== undefined && FEATURE_STARTERS.has(first.text)
    return current.open || starts || this.hasClauseOfItsOwn(offer)
  }

  // 'Free: 1 project. Pro: $29/mo, 10 projects, SSO': one plan to a sentence or line.
  private hasClauseOfItsOwn(offer: Offer): boolean {
    const { entries } = this.collected
    const mine = entries.filter(
      (entry) => this.clauseOf(entry.start) === this.clauseOf(offer.start),
    )
    return mine.length === 1 && mine[0] === this.current && this.sellsInOtherClauses(offer.start)
  }

  private sellsInOtherClauses(at: number): boolean {
    const mine = this.clauseOf(at)
    return (
      this.segments.some(
        (segment) => this.clauseOf(segment.start) !== mine && segment.parts.some(isTerm),
      ) &&
      this.segments.filter(
        (segment) => this.clauseOf(segment.start) === mine && segment.parts.some(isTerm),
      ).length === 1
    )
  }

  private clauseOf(at: number): number {
    let low = 0
    let high = this.clauseEnds.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.clauseEnds[middle] ?? 0) <= at) low = middle + 1
      else high = middle
    }
    return low
  }

  // A bullet below its plan's line, or a line indented deeper.
  private isUnder(offer: Offer, entry: Entry | null): boolean {
    if (!entry) return false
    const { line, indent, bullet } = offer.segment
    if (line === entry.line) return false
    return (bullet && !entry.bullet && indent >= entry.indent) || indent > entry.indent
  }

  private doubt(start: number, end: number, reason: string): void {
    this.collected.doubts.push({ start, end, reason })
  }
}

function isTerm(part: Part): boolean {
  if (part.kind === 'group') return part.parts.some((each) => each.kind === 'price')
  return (
    part.kind === 'price' ||
    (part.kind === 'flag' && /^(?:free|free-tier|contact)$/.test(part.flag))
  )
}
