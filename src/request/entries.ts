import type { Period } from '../types.js'
import type { Highlight } from './highlights.js'
import type { ReadName } from './names.js'
import type { Ledger } from './ledger.js'
import type { Offer } from './offer.js'
import type {
  CountPiece,
  DiscountPiece,
  PricePiece,
  QuantityPiece,
  TrialPiece,
  UsagePiece,
  WordPiece,
} from './pieces.js'

/** A price, with what its surroundings say about it. */
export interface EntryPrice {
  piece: PricePiece
  interval: Period | null
  once: boolean
  perSeat: boolean
}

/** One thing that is sold, before it is known whether it is a plan or a one-time product. */
export interface Entry {
  name: string
  /** The name as it stands in the request; empty when it does not. */
  written: string
  /** Named by us, since the request gives its price only. */
  unnamed: boolean
  prices: EntryPrice[]
  usages: UsagePiece[]
  quantities: QuantityPiece[]
  free: boolean
  contact: boolean
  trials: { piece: TrialPiece; bracketed: boolean }[]
  features: string[]
  highlighted: boolean
  /** Features may go on in the items that follow. */
  open: boolean
  line: number
  indent: number
  bullet: boolean
  start: number
  end: number
}

export interface Pending {
  name: ReadName
  offer: Offer
  /** Features named before the price: 'Pro: unlimited projects, $29/mo'. */
  features: string[]
  /** Written with a colon, so what follows on its line is its own. */
  colon: boolean
  /** Nothing was sold yet when it came. */
  early: boolean
}

export interface LooseUsage {
  piece: UsagePiece
  offer: Offer
  owner: Entry | null
  /** Joined to its plan by '+', 'then' or an indented line. */
  joined: boolean
}

/** A trial in an item of its own: 'Pro has a 7-day trial'. */
export interface LooseTrial {
  piece: TrialPiece
  /** What it is said of, when that may be a plan. */
  subject: string | null
  /** The words around it. */
  beside: WordPiece[]
  between: boolean
  position: number
}

export interface Doubt {
  start: number
  end: number
  reason: string
}

/** Everything found in the request, in its order. */
export interface Collected {
  /** Where each place of the request ended up. */
  ledger: Ledger
  /** All items, for what they would show as features. */
  offers: Offer[]
  entries: Entry[]
  pending: Pending[]
  usages: LooseUsage[]
  quantities: QuantityPiece[]
  trials: LooseTrial[]
  discounts: DiscountPiece[]
  counts: CountPiece[]
  currencies: { currency: string; start: number; end: number }[]
  interval: { period: Period; start: number; end: number } | null
  once: boolean
  perSeat: boolean
  gating: boolean
  noBase: boolean
  /** 'no free plan' is said. */
  noFree: boolean
  freemium: boolean
  noCard: boolean
  tax: boolean
  sells: boolean
  plans: boolean
  doubts: Doubt[]
  /** More than anybody sells: reading stopped. */
  tooMuch: boolean
  /** 'and usage' behind a price. */
  usageSaid: { start: number; end: number } | null
  leftOut: { start: number; end: number }[]
  /** Features that are said of every plan, or of every `paid` one. */
  shared: { feature: string; paid: boolean }[]
  /** 'Most popular' in items of their own. */
  highlights: Highlight[]
}

export function emptyCollection(ledger: Ledger): Collected {
  return {
    ledger,
    offers: [],
    entries: [],
    pending: [],
    usages: [],
    quantities: [],
    trials: [],
    discounts: [],
    counts: [],
    currencies: [],
    interval: null,
    once: false,
    perSeat: false,
    gating: false,
    noBase: false,
    noFree: false,
    freemium: false,
    noCard: false,
    tax: false,
    sells: false,
    plans: false,
    doubts: [],
    tooMuch: false,
    usageSaid: null,
    leftOut: [],
    shared: [],
    highlights: [],
  }
}

/** An entry with nothing said about it yet but what is given. */
export function newEntry(name: string, known: Partial<Entry>): Entry {
  return {
    name,
    written: '',
    unnamed: false,
    prices: [],
    usages: [],
    quantities: [],
    free: false,
    contact: false,
    trials: [],
    features: [],
    highlighted: false,
    open: false,
    line: 0,
    indent: 0,
    bullet: false,
    start: 0,
    end: 0,
    ...known,
  }
}

/** Plans and products that cost something. */
export function paidEntries(collected: Collected): Entry[] {
  return collected.entries.filter((entry) => entry.prices.length > 0)
}

export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}
