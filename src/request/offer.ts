import type { Period } from '../types.js'
import type { ReadName } from './names.js'
import type {
  FlagPiece,
  IntervalPiece,
  PricePiece,
  QuantityPiece,
  Span,
  TrialPiece,
  UsagePiece,
  WordPiece,
} from './pieces.js'
import type { Part, Segment } from './segments.js'

/** What one item of the request offers: a name, its prices, and what stands beside them. */
export interface Offer {
  name: ReadName | null
  prices: PricePiece[]
  usages: UsagePiece[]
  quantities: QuantityPiece[]
  intervals: IntervalPiece[]
  trials: { piece: TrialPiece; bracketed: boolean }[]
  free: FlagPiece | null
  /** 'free' among the words, and no plan by itself. */
  looseFree: FlagPiece | null
  /** 'no free plan'. */
  noFree: boolean
  contact: FlagPiece | null
  once: boolean
  /** 'all one-time', '(all monthly)': said of the other items too. */
  forAll: { once: boolean; interval: IntervalPiece | null }
  perSeat: boolean
  then: boolean
  overage: boolean
  highlighted: boolean
  features: string[]
  /** Where the features stand, whether or not a plan came to show them. */
  shown: (Span & { feature: string })[]
  /** Still open for features in the items that follow. */
  open: boolean
  doubts: { start: number; end: number; reason: string }[]
  lead: WordPiece[]
  tail: Part[]
  start: number
  end: number
  segment: Segment
}

export function emptyOffer(segment: Segment, start: number): Offer {
  return {
    name: null,
    prices: [],
    usages: [],
    quantities: [],
    intervals: [],
    trials: [],
    free: null,
    looseFree: null,
    noFree: false,
    contact: null,
    once: false,
    forAll: { once: false, interval: null },
    perSeat: false,
    then: false,
    overage: false,
    highlighted: false,
    features: [],
    shown: [],
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

export function samePeriod(a: Period, b: Period): boolean {
  return a.interval === b.interval && a.count === b.count
}
