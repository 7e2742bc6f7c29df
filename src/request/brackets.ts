import { featureTexts } from './features.js'
import { isMarkOnly } from './highlights.js'
import { isJoint, withIntervalBefore } from './interval-labels.js'
import type { Offer } from './offer.js'
import type { FlagPiece, MarkName, PricePiece } from './pieces.js'
import { changesTrial } from './trial-words.js'
import { FEATURE_STARTERS } from './vocabulary.js'
import { cutParts, isMark, type GroupPiece, type Part } from './segments.js'
import { SEAT_LIMIT, UNCLOSED } from './reasons.js'

const INSIDE = new Set<MarkName>([',', ';', 'line', 'bullet'])

/** Takes what stands in brackets into the offer: its prices, its trial, or features. */
export function addGroup(offer: Offer, group: GroupPiece, text: string): void {
  if (!group.closed) {
    offer.doubts.push({
      start: group.start,
      end: group.end,
      reason: UNCLOSED,
    })
  }
  for (const parts of cutParts(group.parts, INSIDE)) addGroupPart(offer, parts, text)
}

function addGroupPart(offer: Offer, parts: Part[], text: string): void {
  const priced = parts.some((part) => part.kind === 'price')
  for (const list of priced ? cutParts(parts, BETWEEN_PRICES) : [parts]) {
    if (saysForAll(list, offer)) continue
    if (isMarkOnly(list)) {
      offer.highlighted = true
      continue
    }
    const question = list.find((part) => isMark(part, '?'))
    if (question) {
      const reason = 'it is a question; write what is charged'
      offer.doubts.push({ start: list[0]?.start ?? question.start, end: question.end, reason })
    }
    const plain = !list.some((part) => part.kind === 'word')
    let kept = false
    list.forEach((part, at) => {
      if (part.kind === 'price') {
        addBracketedPrice(offer, part, list, at, text)
        kept = true
      } else if (part.kind === 'usage') {
        offer.usages.push(part)
        offer.then ||= list.some(isOverage)
        kept = true
      } else if (part.kind === 'quantity') {
        offer.quantities.push(part)
      } else if (part.kind === 'trial') {
        offer.trials.push({ piece: part, bracketed: true })
        kept = true
      } else if (part.kind === 'interval' && plain) {
        offer.intervals.push(part)
        kept = true
      } else if (part.kind === 'flag') {
        if (part.flag === 'free' && list.some((each) => each.kind === 'price')) {
          const reason = 'it is said to be free, and a price stands beside it; write one of them'
          offer.doubts.push({ start: part.start, end: part.end, reason })
        }
        kept = addBracketedFlag(offer, part, plain, list.length === 1) || kept
      } else if (part.kind === 'discount') {
        kept = true
      }
    })
    if (kept) {
      doubtBesideTrial(offer, list)
      continue
    }
    doubtSeatLimit(offer, list)
    offer.features.push(...featureTexts(list.filter(isNoHighlight), text, offer))
  }
}

function isNoHighlight(part: Part): boolean {
  return part.kind !== 'flag' || part.flag !== 'highlight'
}

const BETWEEN_PRICES = new Set<MarkName>(['or', 'and', '/', '+', '|'])

function isOverage(part: Part): boolean {
  return part.kind === 'flag' && (part.flag === 'then' || part.flag === 'overage')
}

function addBracketedPrice(
  offer: Offer,
  part: PricePiece,
  list: Part[],
  at: number,
  text: string,
): void {
  const price = withIntervalBefore(part, list, at, offer)
  const rest = list.slice(at + 1)
  const before = list.slice(0, at).some((each) => each.kind === 'word' && !isJoint(each))
  if (before) price.doubt ??= 'the words beside it are not understood; write the price alone'
  if (rest.some((each) => each.kind === 'word')) {
    const apart = rest[0]?.kind === 'mark' || beginsFeatures(rest[0]) || rest[0]?.kind === 'flag'
    if (apart) offer.features.push(...featureTexts(rest, text, offer))
    else price.doubt ??= 'the words beside it are not understood; write the price alone'
  }
  if (offer.prices.length < 20) offer.prices.push(price)
}

function beginsFeatures(part: Part | undefined): boolean {
  if (part?.kind === 'quantity') return true
  return (
    part?.kind === 'word' && (part.token.lower === 'for' || FEATURE_STARTERS.has(part.token.lower))
  )
}

/** Gives whether the flag says what the bracket is for, so that it is no feature. */
function addBracketedFlag(
  offer: Offer,
  { flag, ...span }: FlagPiece,
  plain: boolean,
  only: boolean,
): boolean {
  if (flag === 'free' && plain && only) {
    offer.free = { flag, ...span }
    return true
  }
  if (flag === 'contact') offer.contact = { flag, ...span }
  if (flag === 'highlight') offer.highlighted = true
  if (flag === 'once' && plain) offer.once = true
  if (flag === 'seat' && plain) offer.perSeat = true
  return plain && flag !== 'free' && flag !== 'overage'
}

// '(7-day trial if you ask)'.
function doubtBesideTrial(offer: Offer, list: Part[]): void {
  const trial = list.find((part) => part.kind === 'trial')
  const strange = list.find((part) => part.kind === 'word' && changesTrial(part.token))
  if (!trial || strange?.kind !== 'word' || list.some((part) => part.kind === 'price')) return
  const [start, end] = [Math.min(strange.start, trial.start), Math.max(strange.end, trial.end)]
  const reason = `"${strange.token.text}" beside the trial is not understood; write its length alone`
  offer.doubts.push({ start, end, reason })
}

function doubtSeatLimit(offer: Offer, list: Part[]): void {
  const first = list.find((part) => part.kind === 'word')
  const perSeat = offer.perSeat || offer.prices.some((price) => price.perSeat)
  if (!perSeat || first?.kind !== 'word') return
  if (!/^(?:min|minimum|max|maximum|least|from)$/.test(first.token.lower)) return
  const end = list.at(-1)?.end ?? first.end
  offer.doubts.push({
    start: first.start,
    end,
    reason: SEAT_LIMIT,
  })
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
