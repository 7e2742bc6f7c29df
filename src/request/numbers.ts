import { decimal, times, type Decimal } from './decimal.js'

/** A number as written. `doubt` says why its digits cannot be trusted to mean one thing. */
export interface ReadNumber {
  value: Decimal
  /** Written with a decimal comma: '12,50'. */
  comma: boolean
  /** One comma before three digits: '1,250', which is 1.25 where the comma stands before decimals. */
  commaGroup?: boolean
  doubt: string | null
}

const NUMBER_WORDS: Record<string, number> = {
  one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10,
  eleven: 11, twelve: 12, fourteen: 14, fifteen: 15, twenty: 20, thirty: 30, sixty: 60, ninety: 90,
} // prettier-ignore

const MULTIPLIERS: Record<string, bigint> = {
  k: 1_000n, thousand: 1_000n, m: 1_000_000n, mm: 1_000_000n, mio: 1_000_000n, million: 1_000_000n,
  bn: 1_000_000_000n, b: 1_000_000_000n, billion: 1_000_000_000n, hundred: 100n,
} // prettier-ignore

export function numberWord(word: string): number | null {
  return Object.hasOwn(NUMBER_WORDS, word) ? (NUMBER_WORDS[word] ?? null) : null
}

/** The factor of 'k', 'M', 'million', …, or null. */
export function multiplierOf(word: string): Decimal | null {
  if (!Object.hasOwn(MULTIPLIERS, word)) return null
  return decimal(MULTIPLIERS[word] ?? 1n)
}

/** Reads digits with separators. Takes what the lexer calls a number; never throws. */
export function readNumber(text: string, multiplier: string | null): ReadNumber {
  const plain = readDigits(text)
  const factor = multiplier === null ? null : multiplierOf(multiplier.toLowerCase())
  return factor ? { ...plain, value: times(plain.value, factor) } : plain
}

function readDigits(text: string): ReadNumber {
  if (text.replace(/\D/g, '').length > 12) return doubtful('too many digits; check the amount')
  if (/^\d+$/.test(text)) {
    return /^0\d/.test(text)
      ? doubtful('begins with a zero; write the amount without it')
      : sure(text, '')
  }
  if (/['_ ]/.test(text)) return readGrouped(text)
  if (/^0,\d+$/.test(text)) {
    const [whole = '', fraction = ''] = text.split(',')
    return { ...sure(whole, fraction), comma: true }
  }
  if (/^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(text)) {
    const [whole = '', fraction = ''] = text.split('.')
    const commaGroup = text.split(',').length === 2 && fraction === ''
    return { ...sure(whole.replace(/,/g, ''), fraction), commaGroup }
  }
  // 1,20,000: groups as India writes them.
  if (/^[1-9]\d?(,\d{2})+,\d{3}(\.\d+)?$/.test(text))
    return sure(...splitAt(text.replace(/,/g, '')))
  if (/^\d{1,3}(\.\d{3})+,\d{1,2}$/.test(text)) {
    const [whole = '', fraction = ''] = text.split(',')
    return { ...sure(whole.replace(/\./g, ''), fraction), comma: true }
  }
  if (/^[1-9]\d{0,2}(\.\d{3})+$/.test(text)) {
    const read = text.split('.').length === 2 ? sure(...splitAt(text)) : doubtful('')
    return { ...read, doubt: 'the point may separate thousands or decimals; write it like 1299.50' }
  }
  if (/^\d*\.\d+$/.test(text)) return sure(...splitAt(text))
  if (/^\d+,\d{1,2}$/.test(text)) {
    const [whole = '', fraction = ''] = text.split(',')
    return { ...sure(whole, fraction), comma: true }
  }
  return doubtful('not a number in any usual notation; write it like 1299.50')
}

// Groups set apart by a mark of their own leave point and comma to the decimals.
function readGrouped(text: string): ReadNumber {
  const [, whole = '', fraction = ''] = /^([1-9][\d'_ ]*)(?:[.,](\d+))?$/.exec(text) ?? []
  if (whole === '') return doubtful('begins with a zero; write the amount without it')
  const read = sure(whole.replace(/\D/g, ''), fraction)
  // In '10 000' the second part is no number of its own, in 'Tier 1 299' it may be.
  const apart = / (?!0)/.test(whole)
  return apart
    ? {
        ...read,
        doubt: 'the blank may separate thousands or two numbers; write the number without it',
      }
    : read
}

function splitAt(text: string): [string, string] {
  const [whole = '', fraction = ''] = text.split('.')
  return [whole || '0', fraction]
}

function sure(whole: string, fraction: string): ReadNumber {
  return { value: decimal(BigInt(whole + fraction), fraction.length), comma: false, doubt: null }
}

function doubtful(doubt: string): ReadNumber {
  return { value: decimal(0n), comma: false, doubt }
}
