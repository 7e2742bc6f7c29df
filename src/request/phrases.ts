import { decimal } from './decimal.js'
import { currencyOfSign, currencyOfWord } from './currencies.js'
import { DISCOUNT_WORDS, readDiscount } from './discounts.js'
import { readCount, readDuration, readInterval } from './intervals.js'
import type { Token } from './lexer.js'
import { numberWord } from './numbers.js'
import { readMark } from './marks.js'
import { multiplied } from './percent.js'
import { readFlag } from './flags.js'
import {
  spanOf,
  type CountPiece,
  type CurrencyPiece,
  type DurationPiece,
  type IntervalPiece,
  type PercentPiece,
  type Piece,
  type QuantityPiece,
  type Read,
} from './pieces.js'
import { readBilled } from './billing-words.js'
import { readPrice } from './prices.js'
import { readUnitPrice } from './usage-prices.js'
import { readTrial } from './trials.js'
import { readQuantity, readUnitWords } from './units.js'
import { KIND_WORDS } from './vocabulary.js'

interface Reader {
  read: (tokens: Token[], at: number) => Read | null
  /** Whether a phrase of this kind can begin with the token; keeps long texts cheap. */
  begins: (token: Token) => boolean
}

const isCounted = (token: Token): boolean =>
  token.kind === 'number' || (token.kind === 'word' && numberWord(token.lower) !== null)
const startsWith =
  (words: RegExp) =>
  (token: Token): boolean =>
    isCounted(token) || (token.kind === 'word' && words.test(token.lower))
const isAmount = (token: Token): boolean =>
  token.kind === 'number' || token.kind === 'sign' || token.text === '-'

// Order matters: a coupon's amount is not a price, a trial's length is not an interval.
const READERS: Reader[] = [
  { read: readMark, begins: () => true },
  {
    read: readDiscount,
    begins: (token) =>
      isAmount(token) ||
      (token.kind === 'word' &&
        (DISCOUNT_WORDS.test(token.lower) || /^[A-Z]{3}$/.test(token.text))),
  },
  {
    read: readTrial,
    begins: startsWith(
      /^(?:no|without|zero|first|free|free-trial|trials?|half|an?|(?:day|week|month|fortnight|quarter|year)(?:-long|'s)?)$/,
    ),
  },
  { read: readCountOfPlans, begins: isCounted },
  { read: readUnitPrice, begins: (token) => /^(?:every|each|per)$/.test(token.lower) },
  {
    read: readPrice,
    begins: (token) => isAmount(token) || (token.kind === 'word' && /^[A-Z]{3}$/.test(token.text)),
  },
  { read: readFlag, begins: () => true },
  {
    read: readIntervalAlone,
    begins: (token) => token.kind === 'word' || token.text === '/' || token.text === ',',
  },
  { read: readPercent, begins: (token) => token.kind === 'number' },
  { read: readDurationAlone, begins: isCounted },
  { read: readQuantityAlone, begins: startsWith(/^first$/) },
  { read: readCurrencyAlone, begins: (token) => token.kind === 'word' || token.kind === 'sign' },
]

/** The request as phrases: amounts, trials, quotas, marks, and the words between them. */
export function readPhrases(tokens: Token[]): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  while (tokens[at] && tokens[at]?.kind !== 'end') {
    const read = firstRead(tokens, at)
    pieces.push(read.piece)
    at = Math.max(read.next, at + 1)
  }
  return pieces
}

function firstRead(tokens: Token[], at: number): Read {
  const token = tokens[at]
  if (!token) throw new RangeError('past the last token')
  for (const { read, begins } of READERS) {
    const found = begins(token) ? read(tokens, at) : null
    if (found) return found
  }
  return { piece: { kind: 'word', token, start: token.start, end: token.end }, next: at + 1 }
}

function readCountOfPlans(tokens: Token[], at: number): Read<CountPiece> | null {
  const counted = readCount(tokens, at)
  if (!counted || counted.doubt) return null
  let next = counted.next
  let paid = false
  while (
    /^(?:pricing|price|subscription|paid|different|simple|billing|payment|recurring|monthly|separate)$/.test(
      tokens[next]?.lower ?? '',
    ) &&
    next < at + 6
  ) {
    paid ||= tokens[next]?.lower === 'paid'
    next++
  }
  const noun = tokens[next]?.lower ?? ''
  const tiers = /^(?:tiers?|plans?|levels?|packages?|subscriptions)$/.test(noun)
  if (!tiers && noun !== 'products') return null
  const piece: CountPiece = {
    kind: 'count',
    count: counted.count,
    of: tiers ? 'tiers' : 'products',
    paid,
    ...spanOf(tokens, at, next + 1),
  }
  return { piece, next: next + 1 }
}

function readIntervalAlone(tokens: Token[], at: number): Read<IntervalPiece> | null {
  const billed = readBilled(tokens, at)
  const read = billed ?? readInterval(tokens, at)
  if (!read) return null
  const piece: IntervalPiece = {
    kind: 'interval',
    period: { interval: read.interval, count: read.count },
    billed: billed !== null,
    doubt: read.doubt,
    ...spanOf(tokens, at, read.next),
  }
  return { piece, next: read.next }
}

function readPercent(tokens: Token[], at: number): Read<PercentPiece> | null {
  const [number, sign] = [tokens[at], tokens[at + 1]]
  if (number?.kind !== 'number' || !(sign?.text === '%' || sign?.lower === 'percent')) return null
  const { value } = multiplied(number)
  return { piece: { kind: 'percent', value, ...spanOf(tokens, at, at + 2) }, next: at + 2 }
}

// '30-day history' is a feature; a length of time beside a price is not.
const LASTING =
  /^(?:history|retention|logs?|backups?|guarantee|money-back|refunds?|money|back|support|data|analytics|audit|archive|storage|access|notice|response|delivery|sprint|sprints|window|lookback)$/

function readDurationAlone(
  tokens: Token[],
  at: number,
): Read<DurationPiece | QuantityPiece> | null {
  const read = readDuration(tokens, at)
  if (!read) return null
  const noun = tokens[read.next]?.text === '-' ? read.next + 1 : read.next
  if (LASTING.test(tokens[noun]?.lower ?? '')) {
    let end = noun + 1
    while (LASTING.test(tokens[end]?.lower ?? '')) end++
    const piece: QuantityPiece = {
      kind: 'quantity',
      value: decimal(BigInt(read.count)),
      unit: tokens[noun]?.text ?? null,
      included: false,
      first: false,
      period: null,
      doubt: read.doubt,
      ...spanOf(tokens, at, end),
    }
    return { piece, next: end }
  }
  const period = { interval: read.interval, count: read.count }
  return { piece: { kind: 'duration', period, ...spanOf(tokens, at, read.next) }, next: read.next }
}

// '500 minutes', '10k API calls included', 'first 1,000 free', '500 free minutes'.
function readQuantityAlone(tokens: Token[], at: number): Read<QuantityPiece> | null {
  const first = tokens[at]?.lower === 'first' ? 1 : 0
  if (first === 0 && tokens[at]?.kind !== 'number') return null
  // 'Tier 1 free' is a plan.
  if (first === 0 && KIND_WORDS.has(tokens[at - 1]?.lower ?? '')) return null
  const amount = readQuantity(tokens, at + first)
  if (!amount) return null
  let next = amount.next
  if (tokens[next]?.text === '-' && tokens[next]?.glued && tokens[next + 1]?.glued) next++
  let included = /^(?:includes?|including|included|incl)$/.test(tokens[at - 1]?.lower ?? '')
  const skipIncluded = (): void => {
    if (
      /^(?:for|is|are)$/.test(tokens[next]?.lower ?? '') &&
      /^(?:free|included)$/.test(tokens[next + 1]?.lower ?? '')
    )
      next++
    if (!/^(?:free|included)$/.test(tokens[next]?.lower ?? '')) return
    included = true
    next++
  }
  skipIncluded()
  const words = readUnitWords(tokens, next)
  if (words) next = words.next
  let interval = readInterval(tokens, next)
  if (interval) next = interval.next
  skipIncluded()
  if (!words && !included) return null
  // '1000 requests included per day'.
  if (!interval && words) {
    interval = readInterval(tokens, next)
    if (interval) next = interval.next
  }
  const piece: QuantityPiece = {
    kind: 'quantity',
    value: amount.value,
    unit: words?.unit ?? null,
    included: included || first === 1,
    first: first === 1,
    period: interval && { interval: interval.interval, count: interval.count },
    doubt:
      amount.doubt ??
      interval?.doubt ??
      (decimal(amount.value.digits).digits === 0n ? 'a quota of zero' : null),
    ...spanOf(tokens, at, next),
  }
  return { piece, next }
}

/** Codes that are no words: '(usd)' is a currency, '(all)' or '(try)' need not be one. */
const NO_WORD = /^(?:usd|eur|gbp|cad|aud|nzd|inr|jpy|chf|sek|nok|dkk|pln|brl|mxn|sgd|hkd|zar)$/

// 'all prices in EUR': a code without an amount.
function readCurrencyAlone(tokens: Token[], at: number): Read<CurrencyPiece> | null {
  const token = tokens[at]
  if (!token) return null
  if (token.kind === 'word' && /^[A-Z]{3}$/.test(token.text)) {
    const currency = currencyOfWord(token.text)
    return currency ? currencyPiece(token, at, currency) : null
  }
  const before = tokens[at - 1]?.lower ?? ''
  const isAlone = before === '(' && tokens[at + 1]?.text === ')' && NO_WORD.test(token.lower)
  const named = isAlone || /^(?:in|currency|currency:)$/.test(before)
  const currency = named && token.kind === 'word' ? currencyOfWord(token.lower) : null
  if (currency) return currencyPiece(token, at, currency)
  const sign = named && token.kind === 'sign' ? currencyOfSign(token.text) : null
  return sign ? currencyPiece(token, at, sign) : null
}

function currencyPiece(token: Token, at: number, currency: string): Read<CurrencyPiece> {
  return { piece: { kind: 'currency', currency, start: token.start, end: token.end }, next: at + 1 }
}
