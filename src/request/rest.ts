import { placeFeatureList } from './feature-lists.js'
import { addFeatures, featureTexts } from './features.js'
import { doubt, isUnder, type Gathering } from './gathering.js'
import { placeHighlight } from './highlights.js'
import type { Token } from './lexer.js'
import { isPlanName, namesNothing, readName } from './names.js'
import { samePeriod, type Offer } from './offer.js'
import type { WordPiece } from './pieces.js'
import { isRemarkOnPrice, REMARK_REASON } from './remarks.js'
import { isMark } from './segments.js'
import { FEATURE_STARTERS, KIND_WORDS, REQUEST_WORDS } from './vocabulary.js'

/** Places an item without a price: features, a statement about everything, or a name to come back to. */
export function placeRest(gathering: Gathering, offer: Offer, position: number): void {
  const { collected, current } = gathering
  placeTrials(gathering, offer)
  const bare = namesNothing(offer.lead)
  if (placeHighlight(gathering, offer, position)) return
  const usage = offer.lead.find(({ token }) => /^(?:usage|overages?)$/.test(token.lower))
  if (bare && usage && current && current.prices.length > 0) {
    collected.usageSaid ??= { start: offer.start, end: offer.end }
  }
  if (bare && offer.segment.before === '+' && offer.lead.length > 0 && offer.trials.length === 0) {
    doubt(
      gathering,
      offer.start,
      offer.end,
      'added to the price, and has no price itself; write its price, or leave it out',
    )
    return
  }
  const said = gathering.text.slice(offer.start, offer.end).replace(/^(?:for|with|at|as) /i, '')
  // 'Prices may change.' is said of the future.
  const notice = offer.segment.before === '.' && /^prices may change$/i.test(said)
  if (current && current.prices.length > 0 && !notice && isRemarkOnPrice(said)) {
    doubt(gathering, offer.start, offer.end, REMARK_REASON)
    return
  }
  if (offer.lead[0]?.token.lower === 'per' && offer.lead.length > 1) {
    const reason = 'a price per something; write "per seat", or what is counted'
    doubt(gathering, offer.start, offer.end, reason)
    return
  }
  if (placeFeatureList(gathering, offer, position)) return
  if (bare && offer.tail.length + offer.features.length + offer.quantities.length === 0) {
    placeStatement(gathering, offer)
    return
  }
  const subject = offer.trials.length > 0
  if (subject) return
  const last = collected.pending.at(-1)
  const { line, before, parts } = offer.segment
  const ofPending = last?.colon && last.offer.segment.line === line
  if (ofPending && last.offer.start > (current?.start ?? -1) && PENDING_JOINS.test(before)) {
    last.features.push(...featureTexts(parts, gathering.text, offer))
    collected.quantities.push(...offer.quantities)
    return
  }
  if (goesOn(gathering, offer)) {
    if (current) addFeatures(current, parts, gathering.text, offer)
    current?.quantities.push(...offer.quantities)
    return
  }
  // '10 users', 'up to 10 users'.
  const counted = offer.lead.every(({ token }) => /^(?:up|to)$/.test(token.lower))
  if (offer.quantities.length > 0 && counted && !offer.looseFree) {
    const list = current ? current.quantities : collected.quantities
    list.push(...offer.quantities)
    current?.features.push(...featureTexts(parts, gathering.text, offer))
    return
  }
  if (offer.quantities.length > 0) collected.quantities.push(...offer.quantities)
  placePending(gathering, offer, position)
}

const PENDING_JOINS = /^(?:,|and|\+|\/)$/

function placePending(gathering: Gathering, offer: Offer, position: number): void {
  const { collected } = gathering
  const { parts } = offer.segment
  const colon = parts.findIndex((part) => isMark(part, ':'))
  const head = parts.slice(0, colon < 0 ? parts.length : colon)
  const words = head.filter((part): part is WordPiece => part.kind === 'word')
  const name = colon < 0 ? offer.name : readName(words, gathering.text)
  if (!name || words.length === 0) {
    const strange = words.find(({ token }) => isUnread(token))
    if (strange && !offer.looseFree) {
      const reason = `"${strange.token.text}" is not understood; leave it out, or write a price behind it`
      doubt(gathering, offer.start, offer.end, reason)
    }
    const { looseFree } = offer
    if (looseFree)
      doubt(
        gathering,
        offer.start,
        offer.end,
        'it is not clear what is free; write "Free plan", or how much is included',
      )
    return
  }
  const features = colon < 0 ? [] : featureTexts(parts.slice(colon + 1), gathering.text, offer)
  const early = collected.entries.length === 0
  collected.pending.push({ name, offer, features, colon: colon >= 0, early })
  gathering.pendingAt = position
}

function isUnread({ kind, lower }: Token): boolean {
  return kind === 'word' && !REQUEST_WORDS.has(lower)
}

// 'per month', 'all one-time', 'billed yearly': said of everything before.
function placeStatement(gathering: Gathering, offer: Offer): void {
  const { collected, current } = gathering
  for (const { period, doubt: reason, start, end } of offer.intervals) {
    if (reason) doubt(gathering, start, end, reason)
    if (collected.interval && !samePeriod(collected.interval.period, period)) {
      doubt(
        gathering,
        start,
        end,
        'two intervals are named for everything; write the interval behind each price',
      )
    }
    collected.interval ??= { period, start, end }
  }
  collected.once ||= offer.once
  collected.perSeat ||= offer.perSeat
  const list = current ? current.quantities : collected.quantities
  list.push(...offer.quantities)
}

function goesOn(gathering: Gathering, offer: Offer): boolean {
  const { current } = gathering
  if (!current) return false
  const { before, bullet } = offer.segment
  const single = offer.lead.length === 1 && isPlanName(offer.lead[0]?.token.text ?? '')
  if (isUnder(offer, current)) return true
  if (single || before === 'line' || before === '.') return false
  const sameLine = offer.segment.line === current.line
  if (bullet && !sameLine) return false
  // 'Pro $29/mo: SSO; audit logs', 'Pro $29/mo • SSO • audit logs'.
  if (before === 'bullet' || before === ';')
    return sameLine && !namesPlan(offer) && (before === 'bullet' || current.open)
  const first = offer.lead[0]?.token
  const starts = first !== undefined && FEATURE_STARTERS.has(first.text)
  return current.open || starts || hasClauseOfItsOwn(gathering, offer)
}

// A word with a capital may be a plan that has lost its price; 'SSO' is none.
function namesPlan({ lead, quantities, segment }: Offer): boolean {
  if (segment.parts.some((part) => isMark(part, ':') || isMark(part, 'dash'))) return true
  const [first, second] = lead
  if (!first || second || quantities.length > 0)
    return KIND_WORDS.has(lead.at(-1)?.token.lower ?? '')
  return /^\p{Lu}\p{Ll}/u.test(first.token.text)
}

// 'Free: 1 project. Pro: $29/mo, 10 projects, SSO': one plan to a sentence or line.
function hasClauseOfItsOwn({ current, clauses }: Gathering, offer: Offer): boolean {
  if (!current || !clauses.together(current.start, offer.start)) return false
  return clauses.sellsOneOfSeveral(offer.start)
}

export function placeTrials(gathering: Gathering, offer: Offer): void {
  const subject = offer.name && !namesNothing(offer.lead) ? offer.name.name : null
  const all = offer.lead.some(({ token }) => /^(?:all|each|both|every|everyone)$/.test(token.lower))
  for (const { piece } of offer.trials) {
    const own = isUnder(offer, gathering.current) && gathering.current?.line !== offer.segment.line
    if (own && gathering.current) {
      gathering.current.trials.push({ piece, bracketed: true })
      continue
    }
    const comma =
      offer.segment.before !== 'line' &&
      offer.segment.before !== '.' &&
      offer.segment.before !== ';'
    gathering.collected.trials.push({
      piece,
      subject: all ? null : subject,
      beside: offer.lead,
      between: comma && gathering.current !== null && !all,
      position: gathering.collected.entries.length,
    })
  }
}
