import { sameName, type Collected, type Entry } from './entries.js'
import { addFeatures, featureTexts } from './features.js'
import { isAround, readLead, type Lead } from './feature-leads.js'
import { doubt, type Gathering } from './gathering.js'
import type { Token } from './lexer.js'
import { isPlanName, namesNothing } from './names.js'
import { hasTerms, type Offer } from './offer.js'
import type { WordPiece } from './pieces.js'
import { notPriced } from './reasons.js'
import type { Part, Segment } from './segments.js'

// 'offer a discount' and 'have fun' ask for something.
const NEEDS_SUBJECT = /^(?:have|get|contain|offer|come)$/
const SURE_VERB = /^(?:includes?|including|features)$/
const ALL = /^(?:all|every|each|both|everyone|everybody)$/

/** A list of features apart from its plan's price, while items of it go on. */
export interface FeatureList {
  /** What it is of; null for every plan. */
  owner: Entry | null
  /** Only plans that cost something. */
  paid: boolean
  /** Said to be included: what is counted in it is a quota where that is sold. */
  included: boolean
  /** Bullets may follow. */
  colon: boolean
  /** Position of the segment read last. */
  at: number
}

/**
 * Takes 'Pro includes: SSO, API access', 'All plans have backups', 'Features: …' and 'Pro: SSO, API
 * access' behind the prices to the plan they are of. False when the item is none of these.
 */
export function placeFeatureList(gathering: Gathering, offer: Offer, position: number): boolean {
  if (hasTerms(offer) || offer.trials.length + offer.usages.length > 0) return false
  const lead = readLead(offer.segment.parts)
  const list =
    goingOn(gathering, offer, position) ?? (lead && beginning(gathering, offer, position, lead))
  if (!list) return false
  gathering.list = { ...list, at: position }
  const { collected, text } = gathering
  const parts = lead?.rest ?? offer.segment.parts
  const { owner, paid } = list
  for (const quantity of offer.quantities) quantity.included ||= list.included
  if (owner) {
    gathering.current = owner
    owner.open = true
    addFeatures(owner, parts, text, offer)
    owner.quantities.push(...offer.quantities)
    return true
  }
  const features = featureTexts(parts, text, offer)
  collected.shared.push(...features.map((feature) => ({ feature, paid })))
  collected.quantities.push(...offer.quantities)
  return true
}

/** Gives each plan the features that are said of all. */
export function shareFeatures({ entries, shared }: Collected): void {
  for (const entry of entries) {
    const costs = entry.prices.some(({ piece }) => piece.money.value.digits > 0n)
    // A product that is bought once is no plan.
    if (costs && entry.prices.every(({ once }) => once)) continue
    for (const { feature, paid } of shared) if (!paid || costs) entry.features.push(feature)
  }
}

const JOINS = new Set<Segment['before']>([',', 'and', 'or', '+', '/'])

function goingOn(
  { list }: Gathering,
  { segment, lead }: Offer,
  position: number,
): FeatureList | null {
  if (!list || list.at !== position - 1) return null
  const [first, second] = lead
  if (first && !second && isPlanName(first.token.text) && first.token.text !== 'plus') return null
  return JOINS.has(segment.before) || (list.colon && segment.bullet) ? list : null
}

function beginning(
  gathering: Gathering,
  offer: Offer,
  position: number,
  { words, verb, colon, rest }: Lead,
): FeatureList | null {
  const { entries, pending } = gathering.collected
  if (entries.length === 0) return null
  const included = /^includ/.test(verb?.lower ?? '')
  const made = { at: position, colon: colon && rest.length === 0, paid: false, included }
  const said = words.map(({ token }) => token.lower)
  if (verb && ALL.test(said[0] ?? '') && words.every(({ token }) => isAround(token)))
    return { ...made, owner: null, paid: said.includes('paid') }
  const names = words.filter(({ token }) => !isAround(token))
  const [first, last] = [names[0], names.at(-1)]
  if (first && last) {
    const name = gathering.text.slice(first.start, last.end).replace(/^"|"$/g, '')
    const owner = entries.find((entry) => sameName(entry.name, name))
    if (!owner && verb && isPlanName(name)) {
      const reason = notPriced(name)
      doubt(gathering, first.start, last.end, reason)
      return { ...made, owner: null }
    }
    return owner ? { ...made, owner } : null
  }
  const { current, pendingAt } = gathering
  const { before, line } = offer.segment
  if (!colon && !saysSomething(rest, verb)) return null
  const ofPending =
    pendingAt === position - 1 ||
    pending.some(({ offer: { segment, start } }) => {
      return segment.line === line && start > (current?.start ?? 0)
    })
  const sure = words.length > 0 || SURE_VERB.test(verb?.lower ?? '')
  if (!current || ofPending || (!sure && NEEDS_SUBJECT.test(verb?.lower ?? ''))) return null
  if (!/^(?:line|bullet|\.|;)$/.test(before)) return { ...made, owner: current }
  if (verb && !colon && !sure) return null
  if (!standsAlone(gathering, current)) doubt(gathering, offer.start, offer.end, WHOSE)
  return { ...made, owner: current }
}

// 'with feature gating' and 'with Polar.sh' are of the request.
function saysSomething(rest: Part[], verb: Token | null): boolean {
  const words = rest.filter((part): part is WordPiece => part.kind === 'word')
  if (rest.some((part) => part.kind === 'quantity')) return true
  return words.length > 0 && !(verb?.lower === 'with' && namesNothing(words))
}

const WHOSE =
  'it is not clear which plan has these features; name it, like "Pro includes: SSO, backups"'

// No other plan in its sentences or lines.
function standsAlone({ collected, clauses }: Gathering, current: Entry): boolean {
  return collected.entries.every(
    ({ start }) =>
      start === current.start ||
      !(clauses.together(start, current.start) || clauses.together(start, current.end)),
  )
}
