import { decimal, times, wholeNumber, type Decimal } from './decimal.js'
import { unitOf } from './intervals.js'
import type { Token } from './lexer.js'
import { multiplierOf, numberWord, readNumber } from './numbers.js'
import { SUMMED_UNITS, USAGE_NOUNS } from './vocabulary.js'
import { COMMA } from './reasons.js'

const UNIT_ENDS = new Set(
  `over above beyond past after exceeding then with and or plus in on for when once at to used sent
  processed made consumed generated stored per a an each every included free is are from by extra
  additional more thereafter afterwards overage monthly yearly weekly daily hourly annually but up no not of
  minimum cost costs charge only if unless beyond within during get gets as`.split(/\s+/),
)

/** How units measure: of one kind, each is some number of the others. */
const SCALES: Record<string, 'data' | 'time'> = {
  byte: 'data', kb: 'data', mb: 'data', gb: 'data', tb: 'data', pb: 'data', kib: 'data', mib: 'data',
  gib: 'data', tib: 'data', kilobyte: 'data', megabyte: 'data', gigabyte: 'data', terabyte: 'data',
  second: 'time', sec: 'time', minute: 'time', min: 'time', hour: 'time', hr: 'time',
} // prettier-ignore

/** What a unit measures, the measure itself, and the noun beside it: '1 TB storage' is data, of storage. */
export function measureOf(
  words: string,
): { kind: 'data' | 'time'; unit: string; of: string | null } | null {
  const parts = words.toLowerCase().split(' ').map(singular)
  const unit = parts.find((part) => Object.hasOwn(SCALES, part))
  const kind = unit === undefined ? undefined : SCALES[unit]
  if (unit === undefined || kind === undefined) return null
  return { kind, unit, of: parts.filter((part) => part !== unit).join(' ') || null }
}

const MEASURES = new Set(['gb', 'mb', 'tb', 'kb', 'gib', 'gigabyte', 'gigabytes', 'kwh', 'minutes', 'minute', 'hour', 'hours']) // prettier-ignore

/** Whether a unit measures something ('GB') that a noun beside it names ('storage'). */
export function isMeasure(unit: string): boolean {
  return MEASURES.has(unit.toLowerCase())
}

/** Reads what is counted: 'API call', 'GB storage', at most three words. */
export function readUnitWords(tokens: Token[], at: number): { unit: string; next: number } | null {
  const words: string[] = []
  let next = at
  while (words.length < 3) {
    const token = tokens[next]
    if (token?.kind !== 'word') break
    if (token.lower === 'of' && MEASURES.has(words.at(-1)?.toLowerCase() ?? '')) {
      next++
      continue
    }
    if (UNIT_ENDS.has(token.lower) || (unitOf(token.lower) && words.length > 0)) break
    if (unitOf(token.lower)) return null
    // 'call' is complete: what follows is no part of it, save another thing that is counted.
    if (isComplete(words) && !USAGE_NOUNS.has(token.lower)) break
    words.push(token.text)
    next++
  }
  return words.length ? { unit: words.join(' '), next } : null
}

function isComplete(words: string[]): boolean {
  const last = words.at(-1)?.toLowerCase() ?? ''
  return USAGE_NOUNS.has(last) && !MEASURES.has(last)
}

/** Reads '10k', '1 million', 'million', 'thousand', or gives null. */
export function readQuantity(
  tokens: Token[],
  at: number,
): { value: Decimal; doubt: string | null; next: number } | null {
  const token = tokens[at]
  if (!token) return null
  if (token.kind === 'word') {
    const count = numberWord(token.lower)
    const spoken = count === null ? null : factorOf(tokens[at + 1])
    if (count !== null && spoken) {
      return { value: times(decimal(BigInt(count)), spoken), doubt: null, next: at + 2 }
    }
    const factor = factorOf(token)
    return factor ? { value: factor, doubt: null, next: at + 1 } : null
  }
  if (token.kind !== 'number') return null
  const read = readNumber(token.text, token.multiplier)
  const word = tokens[at + 1]
  const factor =
    word?.kind === 'word' && /^(?:k|hundred|thousand|million|billion)$/.test(word.lower)
      ? multiplierOf(word.lower)
      : null
  const value = factor ? decimal(read.value.digits * factor.digits, read.value.scale) : read.value
  const doubt =
    read.doubt ??
    (read.comma
      ? COMMA
      : wholeNumber(value) === null
        ? 'not a whole number; write a whole number'
        : null)
  return { value, doubt, next: at + (factor ? 2 : 1) }
}

function factorOf(word: Token | undefined): Decimal | null {
  const spoken = word?.kind === 'word' && /^(?:hundred|thousand|million|billion)$/.test(word.lower)
  return spoken ? multiplierOf(word.lower) : null
}

/** 'API calls' → 'API call'. Leaves what does not look like an English plural. */
export function singular(unit: string): string {
  if (/(?:ss|us|is|[sm]ms)$/i.test(unit)) return unit
  if (/[^aeiou]ies$/i.test(unit)) return unit.replace(/ies$/i, 'y')
  if (/(?:ches|shes|sses|xes)$/i.test(unit)) return unit.replace(/es$/i, '')
  return unit.replace(/s$/i, '')
}

/** Whether two wordings count the same thing: 'calls' and 'API calls', but not 'GB' and 'TB'. */
export function sameUnit(one: string, other: string): boolean {
  const a = singularWords(one)
  const b = singularWords(other)
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.every((word) => long.includes(word))) {
    return short.at(-1) === long.at(-1) || short[0] === long[0]
  }
  return false
}

function singularWords(unit: string): string[] {
  return unit
    .toLowerCase()
    .replace(/e-mail/g, 'email')
    .split(' ')
    .map(singular)
}

/** Unit, name and way of counting of a meter, from the words of the request. */
export function describeUnit(words: string): {
  name: string
  unit: string
  aggregation: 'count' | 'sum'
  property: string | null
} {
  const parts = withProduct(words).split(' ')
  const first = parts[0] ?? ''
  const measured = MEASURES.has(first.toLowerCase()) && parts.length > 1
  const unit = singular(measured ? first : parts.join(' '))
  const name = capitalised(measured ? parts.slice(1).join(' ') : plural(unit))
  const counted = singular(measured ? first : (parts.at(-1) ?? '')).toLowerCase()
  const summed = counted.split('-').some((part) => SUMMED_UNITS.has(part))
  return {
    name,
    unit,
    aggregation: summed ? 'sum' : 'count',
    property: summed ? counted.replace(/[^a-z0-9]/g, '_') : null,
  }
}

// 'GB hour' is one unit, 'GB-hour'; in 'GB storage' the noun says what is measured.
function withProduct(words: string): string {
  return words.replace(
    /^([kmgt]i?b|gigabyte|v?cpu|gpu|server|node|instance|seat|user) (hour|minute|second|day|month)s?$/i,
    '$1-$2',
  )
}

export function capitalised(text: string): string {
  const [first = ''] = text.split(' ')
  if (first !== first.toLowerCase()) return text
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function plural(unit: string): string {
  if (/^(?:[kmgt]i?b|kwh|sms)$/i.test(unit) || /[sm]ms$/i.test(unit)) return unit
  if (/[^aeiou]y$/i.test(unit)) return unit.replace(/y$/i, 'ies')
  return /(?:s|x|ch|sh)$/i.test(unit) ? `${unit}es` : `${unit}s`
}
