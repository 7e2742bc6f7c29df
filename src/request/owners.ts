import { newEntry, paidEntries, sameName, type Entry, type EntryPrice } from './entries.js'
import { doubt, type Gathering } from './gathering.js'
import { readObject } from './names.js'
import { doubtCapital, doubtCounted, doubtOnce, doubtWhatIsFree } from './owner-doubts.js'
import { samePeriod, type Offer } from './offer.js'
import type { WordPiece } from './pieces.js'
import { capitalised } from './units.js'

/** Finds or makes the plan an offer's terms belong to; null when that is not clear. */
export function ownerOf(
  gathering: Gathering,
  offer: Offer,
  prices: EntryPrice[],
  position: number,
): Entry | null {
  const { collected } = gathering
  if (!offer.name && offer.free) {
    const word = gathering.text.slice(offer.free.start, offer.free.start + 4)
    doubtWhatIsFree(gathering, offer, position)
    return named(gathering, /free/i.test(word) ? capitalised(word) : 'Free', offer, prices)
  }
  if (offer.name) {
    collected.ledger.claim(offer.name, 'name')
    const both = nameForBoth(gathering, offer, prices)
    if (both) return both
    return named(gathering, offer.name.name, offer, prices)
  }
  if (pendingFits(gathering, offer, position)) {
    const pending = collected.pending.pop()
    if (pending) {
      collected.ledger.claim(pending.name, 'name')
      const entry = add(gathering, pending.name.name, false, pending.offer, offer)
      entry.features.push(...pending.features)
      return entry
    }
  }
  const { current: before } = gathering
  if (before?.free && before.prices.length === 0 && prices.length > 0) {
    if (prices.every(({ piece }) => piece.money.value.digits === 0n)) return before
    if (isPriceOf(offer, before)) {
      const reason = `"${before.name}" is said to be free, and this is a price for it`
      doubt(gathering, offer.start, offer.end, reason)
      return null
    }
  }
  const alone = before !== null && !offer.contact && prices.length > 0
  if (alone && before.prices.length === 0 && isSecondTerm(offer, before)) {
    const said = before.contact ? '"contact us"' : 'free'
    const reason = `"${before.name}" is said to be ${said}, and this may be a price for it; name the plan it belongs to`
    doubt(gathering, offer.start, offer.end, reason)
    return null
  }
  if (offer.contact && offer.segment.before === 'or' && before && before.prices.length > 0) {
    const reason = `"${before.name}" has a price, and is said to be "contact us" as well`
    doubt(gathering, offer.start, offer.end, reason)
    return null
  }
  if (offer.contact && prices.length === 0) {
    collected.leftOut.push(offer)
    return null
  }
  const current = gathering.current
  if (current && current.prices.length > 0 && offer.lead.some(isBilling)) {
    const reason =
      'it may be the whole of what is billed, or a second price; write one price and its interval'
    doubt(gathering, offer.start, offer.end, reason)
    return null
  }
  const sure = prices.every((price) => price.interval !== null || price.once)
  const joins = offer.segment.before !== '+'
  if (
    current &&
    sure &&
    joins &&
    current.prices.length > 0 &&
    !/lifetime/i.test(current.name) &&
    !clashes(current, prices)
  ) {
    doubtOnce(gathering, offer, current, prices)
    return current
  }
  const { pending } = collected
  const once = prices.every((price) => price.once)
  const taken = paidEntries(collected).filter((entry) =>
    entry.prices.some((price) => once || !price.once),
  )
  const object = readObject(offer.lead)
  if (taken.length + pending.length === 0) {
    if (once && object) return add(gathering, object, false, offer, offer)
    doubtCapital(gathering, offer)
    doubtCounted(gathering, offer)
    return add(gathering, 'Base', true, offer, offer)
  }
  const reason =
    current && current.prices.length > 0
      ? `no plan is named for it, and "${current.name}" has a price already; write a name before it`
      : 'it is not clear which plan it is the price of; write a name before it'
  doubt(gathering, offer.start, offer.end, reason)
  return null
}

// '$15 monthly or $150 yearly for Pro': a name behind the last price is the name of both.
function nameForBoth(
  gathering: Gathering,
  { name, segment, start, prices: [first] }: Offer,
  prices: EntryPrice[],
): Entry | null {
  const { current, clauses, text } = gathering
  if (!current?.unnamed || !name || !first || name.start < first.end) return null
  if (!/^(?:and|or|,|\/)$/.test(segment.before) || !clauses.together(current.start, start))
    return null
  if (entryNamed(gathering, name.name) || clashes(current, prices)) return null
  const timed = [...current.prices, ...prices].every(({ interval, once }) => interval && !once)
  if (!timed) return null
  const written = text.slice(name.start, name.end)
  return Object.assign(current, { name: name.name, written, unnamed: false })
}

// '$29/mo, billed $348 yearly'.
function isBilling({ token }: WordPiece): boolean {
  return /^(?:billed|invoiced|paid|payable|charged|due)$/.test(token.lower)
}

// 'Pro free or $5/mo', 'Enterprise: contact us, $99/mo'; 'Free or $5/mo' is two plans.
function isSecondTerm({ segment }: Offer, { name, line, contact, free }: Entry): boolean {
  if (line !== segment.line || !/^(?:or|,|\/|and)$/.test(segment.before)) return false
  return contact || (free && !/^free$/i.test(name))
}

// 'Price: $5' below the free plan, or in the next cell of its row.
function isPriceOf(offer: Offer, entry: Entry): boolean {
  const { before, line } = offer.segment
  if (before === '|') return line === entry.line
  return offer.lead.some(({ token }) => /^(?:price|cost|costs)$/.test(token.lower))
}

function clashes(entry: Entry, prices: EntryPrice[]): boolean {
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

/** The plan or product of that name, if there is one yet. */
export function entryNamed({ collected }: Gathering, name: string): Entry | undefined {
  return collected.entries.find((entry) => sameName(entry.name, name))
}

// A plan may come back under another heading or label: 'Pro monthly $20, Pro yearly $200'.
function named(gathering: Gathering, name: string, offer: Offer, prices: EntryPrice[]): Entry {
  const known = entryNamed(gathering, name)
  const labelled = prices.every(
    ({ piece, interval }) =>
      interval !== null && (piece.interval === null || isLabelled(gathering, piece.start)),
  )
  if (known && isMoreOf(known, offer)) return known
  if (known && known.prices.length > 0 && prices.length > 0 && labelled && !clashes(known, prices))
    return known
  return add(gathering, name, false, offer, offer)
}

// 'Free, Pro $29/mo. Free: 1 project, community support' names Free twice and sells it once.
function isMoreOf(known: Entry, offer: Offer): boolean {
  const nothing = known.prices.every(({ piece }) => piece.money.value.digits === 0n)
  const free = nothing && (known.free || known.prices.length > 0)
  const said = offer.features.length > 0 && known.features.length === 0
  return said && free && offer.free !== null && offer.prices.length === 0
}

// The price begins with its interval's word when the interval stands before the amount.
function isLabelled(gathering: Gathering, start: number): boolean {
  return (
    /\p{L}/u.test(gathering.text[start] ?? '') &&
    !/^[A-Z]{3}\b/.test(gathering.text.slice(start, start + 4))
  )
}

function pendingFits(gathering: Gathering, offer: Offer, position: number): boolean {
  const last = gathering.collected.pending.at(-1)
  if (!last) return false
  const before = offer.segment.before
  if (last.colon && last.offer.segment.line === offer.segment.line && before === ',') return true
  if (gathering.pendingAt !== position - 1) return false
  if (offer.contact && offer.prices.length === 0) return true
  const pending = gathering.segments[gathering.pendingAt]
  if (!pending) return false
  const items = gathering.clauses.itemsOnLine(pending.line)
  if (before === 'line' || before === 'bullet') return items === 1
  return before === '|' || (before === ',' && items === 2)
}

function add(
  gathering: Gathering,
  name: string,
  unnamed: boolean,
  first: Offer,
  offer: Offer,
): Entry {
  const { line, indent, bullet } = first.segment
  const { highlighted, start } = first
  const read = first.name ?? offer.name
  const entry = newEntry(name, {
    written: read && !unnamed ? gathering.text.slice(read.start, read.end) : '',
    unnamed,
    highlighted,
    line,
    indent,
    bullet,
    start,
    end: offer.end,
  })
  gathering.collected.entries.push(entry)
  return entry
}
