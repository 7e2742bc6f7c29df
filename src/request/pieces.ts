import type { Discount, Period } from '../types.js'
import type { Decimal } from './decimal.js'
import type { Token } from './lexer.js'
import type { Money } from './money.js'

/** Where a piece stands in the cleaned request, as character offsets. */
export interface Span {
  start: number
  end: number
}

/** An amount charged as it stands: per interval, per seat, or once. */
export interface PricePiece extends Span {
  kind: 'price'
  money: Money
  interval: Period | null
  /** 'billed yearly' behind the price. */
  billed: Period | null
  perSeat: boolean
  once: boolean
  doubt: string | null
}

/** An amount for every so many units of something counted. */
export interface UsagePiece extends Span {
  kind: 'usage'
  money: Money
  per: Decimal
  unit: string | null
  included: Decimal | null
  /** Said to start beyond a quota that stands elsewhere. */
  overage: boolean
  period: Period | null
  doubt: string | null
}

/** A number of something: a quota when usage is priced, otherwise part of a feature. */
export interface QuantityPiece extends Span {
  kind: 'quantity'
  value: Decimal
  unit: string | null
  /** Said to cost nothing extra: 'included', 'first … free'. */
  included: boolean
  /** 'first 1,000': more of it has a price. */
  first: boolean
  period: Period | null
  doubt: string | null
}

/** Scope of a trial that is said to be for every plan. */
export const EVERY_PLAN = '*'

export interface TrialPiece extends Span {
  kind: 'trial'
  /** 'standard': a trial without a length; null: said to have none. */
  period: Period | 'standard' | null
  /** The plans it is said to be for, or `EVERY_PLAN`; null when it does not say. */
  scope: string | null
  doubt: string | null
}

export interface DiscountPiece extends Span {
  kind: 'discount'
  code: string | null
  percent: Decimal | null
  money: Money | null
  duration: Discount['duration'] | null
  months: number | null
  doubt: string | null
}

export interface IntervalPiece extends Span {
  kind: 'interval'
  period: Period
  billed: boolean
  doubt: string | null
}

export interface DurationPiece extends Span {
  kind: 'duration'
  period: Period
}

export interface CountPiece extends Span {
  kind: 'count'
  count: number
  of: 'tiers' | 'products' | 'all'
  paid: boolean
}

export type Flag =
  | 'contact'
  | 'free'
  | 'free-tier'
  | 'gating'
  | 'highlight'
  | 'once'
  | 'seat'
  | 'no-base'
  | 'then'
  | 'overage'
  | 'no-card'
  | 'tax'
  | 'aside'

export interface FlagPiece extends Span {
  kind: 'flag'
  flag: Flag
}

export interface CurrencyPiece extends Span {
  kind: 'currency'
  currency: string
}

/** A word, a bare number, or a symbol without a meaning of its own. */
export interface WordPiece extends Span {
  kind: 'word'
  token: Token
}

export interface PercentPiece extends Span {
  kind: 'percent'
  value: Decimal
}

export type MarkName =
  | ','
  | ';'
  | '.'
  | '?'
  | ':'
  | '/'
  | '|'
  | '+'
  | 'and'
  | 'or'
  | 'dash'
  | '('
  | ')'
  | 'line'
  | 'bullet'

export interface MarkPiece extends Span {
  kind: 'mark'
  mark: MarkName
}

export type Piece =
  | PricePiece
  | UsagePiece
  | QuantityPiece
  | TrialPiece
  | DiscountPiece
  | IntervalPiece
  | DurationPiece
  | CountPiece
  | FlagPiece
  | CurrencyPiece
  | WordPiece
  | PercentPiece
  | MarkPiece

/** What a reader gives: the piece, and the token to go on with. */
export interface Read<P extends Piece = Piece> {
  piece: P
  next: number
}

export function spanOf(tokens: Token[], from: number, next: number): Span {
  return { start: tokens[from]?.start ?? 0, end: tokens[Math.max(from, next - 1)]?.end ?? 0 }
}
