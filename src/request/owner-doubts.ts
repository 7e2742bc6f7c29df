import { paidEntries, type Entry, type EntryPrice } from './entries.js'
import { doubt, isUnder, type Gathering } from './gathering.js'
import type { Offer } from './offer.js'

/** Doubts 'free' below a line 'Aab' that was taken for a feature. */
export function doubtWhatIsFree(gathering: Gathering, offer: Offer, position: number): void {
  const before = gathering.segments[position - 1]
  const { segment } = offer
  const plain = gathering.text[offer.free?.start ?? 0] === 'f' && segment.parts.length === 1
  if (!plain || segment.before !== 'line' || !before || before.before !== 'line') return
  if (gathering.current === null || before.parts.length > 4) return
  if (!before.parts.every((part) => part.kind === 'word')) return
  const reason = '"free" may be the price of the line above, or a plan of its own'
  doubt(gathering, before.start, offer.end, reason)
}

const JOINS_PRICE = /^(?:at|for|an?|the|is|or|pay|just|only|as|get|price|priced|plus|both|,)$/

/** 'Pro $12/mo or $300 lifetime' is another price of Pro; 'Pro $12/mo; support $300 once' may be none. */
export function doubtOnce(
  gathering: Gathering,
  offer: Offer,
  current: Entry,
  prices: EntryPrice[],
): void {
  if (!prices.every((price) => price.once)) return
  const { before } = offer.segment
  const said = /\blife(?:time)?\b/i.test(gathering.text.slice(offer.start, offer.end))
  const words = offer.lead.some(({ token }) => !JOINS_PRICE.test(token.lower))
  const apart = !said && /^(?:;|\.|line|bullet)$/.test(before) && !isUnder(offer, current)
  if (words || apart) {
    const reason = `a lifetime price of "${current.name}", or something else that is sold; name it`
    doubt(gathering, offer.start, offer.end, reason)
    return
  }
  const others = paidEntries(gathering.collected).some(
    (entry) => entry !== current && gathering.clauses.together(entry.start, offer.start),
  )
  const listed = gathering.text.slice(current.end, offer.start).includes(',')
  if (!others || !listed) return
  doubt(gathering, offer.start, offer.end, `for "${current.name}", or for every plan; name it`)
}

/** Doubts 'Free, With $9/mo': a word of grammar where a name should be. */
export function doubtCapital(gathering: Gathering, offer: Offer): void {
  const [word, second] = offer.lead
  if (!word || second || offer.segment.before !== ',') return
  if (!/^\p{Lu}\p{Ll}/u.test(word.token.text)) return
  const reason = `"${word.token.text}" may be the name of the plan; write it in quotes`
  doubt(gathering, offer.start, offer.end, reason)
}

/** Doubts '10 users $50/mo' and '7 Minute Workout $5/mo': a number before a price without a name. */
export function doubtCounted(gathering: Gathering, offer: Offer): void {
  const [price] = offer.prices
  const counted = offer.quantities.find(
    ({ start, included }) => !included && start < (price?.start ?? 0),
  )
  if (!price || !counted) return
  const { start, end } = counted
  const words = gathering.text.slice(start, end)
  const reason = `"${words}" may be the name or a quota; write a name, the price, then what it includes`
  doubt(gathering, start, Math.max(end, price.end), reason)
}
