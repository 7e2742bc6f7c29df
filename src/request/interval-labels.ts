import { samePeriod, type Offer } from './offer.js'
import type { PricePiece } from './pieces.js'
import type { Part } from './segments.js'

/** Gives a price the interval written before it: 'monthly: $20', 'yearly at $200'. */
export function withIntervalBefore(
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
    (piece.interval && !samePeriod(piece.interval, period)
      ? 'it names two intervals; write one, or a price for each'
      : null)
  return { ...piece, interval: piece.interval ?? period, doubt, start: interval.start }
}

/** Whether a part only joins a label with its price. */
export function isJoint(part: Part | undefined): boolean {
  if (!part) return false
  if (part.kind === 'mark') return part.mark === ':' || part.mark === 'dash'
  return (
    part.kind === 'word' &&
    /^(?:at|for|is|price|plan|fee|of|costs|payment|subscription|billing|=)$/.test(part.token.lower)
  )
}
