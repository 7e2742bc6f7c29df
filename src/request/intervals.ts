import type { Interval, Period } from '../types.js'
import { wholeNumber } from './decimal.js'
import type { Token } from './lexer.js'
import { numberWord, readNumber } from './numbers.js'
import { NO_INTERVAL } from './reasons.js'

export interface ReadInterval extends Period {
  doubt: string | null
  next: number
}

const UNITS: Record<string, [Interval, number]> = {
  day: ['day', 1], days: ['day', 1], week: ['week', 1], weeks: ['week', 1], wk: ['week', 1],
  wks: ['week', 1], month: ['month', 1], months: ['month', 1], mo: ['month', 1], mos: ['month', 1],
  mth: ['month', 1], mths: ['month', 1], mnth: ['month', 1], year: ['year', 1], years: ['year', 1],
  yr: ['year', 1], yrs: ['year', 1], annum: ['year', 1], quarter: ['month', 3],
  quarters: ['month', 3], qtr: ['month', 3], fortnight: ['week', 2], fortnights: ['week', 2],
  semester: ['month', 6], 'half-year': ['month', 6],
} // prettier-ignore

const ADVERBS: Record<string, [Interval, number]> = {
  daily: ['day', 1], weekly: ['week', 1], monthly: ['month', 1], yearly: ['year', 1],
  annually: ['year', 1], annual: ['year', 1], quarterly: ['month', 3], fortnightly: ['week', 2],
  'semi-annually': ['month', 6], semiannually: ['month', 6], 'semi-annual': ['month', 6],
  semiannual: ['month', 6], 'half-yearly': ['month', 6], biyearly: ['year', 2],
  'month-to-month': ['month', 1], 'p.a': ['year', 1],
} // prettier-ignore

// Prices are pasted from pages in the languages that Polar's sellers write; 'tag' is left to English.
const ABROAD: Record<string, [Interval, number]> = {
  monat: ['month', 1], monate: ['month', 1], monaten: ['month', 1], mois: ['month', 1],
  mes: ['month', 1], meses: ['month', 1], 'mês': ['month', 1], mese: ['month', 1],
  mesi: ['month', 1], maand: ['month', 1], maanden: ['month', 1], 'måned': ['month', 1],
  'månad': ['month', 1], jahr: ['year', 1], jahre: ['year', 1], jahren: ['year', 1],
  an: ['year', 1], ans: ['year', 1], 'année': ['year', 1], 'año': ['year', 1], 'años': ['year', 1],
  ano: ['year', 1], anos: ['year', 1], anno: ['year', 1], anni: ['year', 1], jaar: ['year', 1],
  woche: ['week', 1], wochen: ['week', 1], semaine: ['week', 1], semaines: ['week', 1],
  semana: ['week', 1], semanas: ['week', 1], settimana: ['week', 1], quartal: ['month', 3],
  trimestre: ['month', 3],
} // prettier-ignore

const ADVERBS_ABROAD: Record<string, [Interval, number]> = {
  monatlich: ['month', 1], mensuel: ['month', 1], mensuels: ['month', 1], mensual: ['month', 1],
  mensal: ['month', 1], mensile: ['month', 1], mensili: ['month', 1], maandelijks: ['month', 1],
  'jährlich': ['year', 1], jaarlijks: ['year', 1], annuel: ['year', 1], annuels: ['year', 1],
  anual: ['year', 1], annuale: ['year', 1], 'wöchentlich': ['week', 1],
  'vierteljährlich': ['month', 3],
} // prettier-ignore

const INTRODUCES_ABROAD = /^(?:\/|per|pro|par|por|al|ao|im|je|jede|jeden|jedes|à|all')$/

const TWO_MEANINGS = new Set('biweekly bi-weekly bimonthly bi-monthly biannual biannually bi-annual bi-annually biyearly semi-monthly'.split(' ')) // prettier-ignore

export function unitOf(word: string): [Interval, number] | null {
  return Object.hasOwn(UNITS, word) ? (UNITS[word] ?? null) : null
}

/** Reads how often something is charged at token `at`: 'monthly', '/mo', 'per 6 months', 'a year'. */
export function readInterval(tokens: Token[], at: number): ReadInterval | null {
  const token = tokens[at]
  if (!token) return null
  if (token.kind === 'word') {
    if (TWO_MEANINGS.has(token.lower)) {
      const doubt = `"${token.text}" may mean twice in, or every second, period`
      return { interval: 'month', count: 1, doubt, next: at + 1 }
    }
    const adverb = Object.hasOwn(ADVERBS, token.lower) ? ADVERBS[token.lower] : undefined
    if (adverb) {
      const dot = token.lower === 'p.a' && tokens[at + 1]?.text === '.' ? 1 : 0
      const basis = tokens[at + 1]?.lower === 'basis' ? 1 : 0
      return { interval: adverb[0], count: adverb[1], doubt: null, next: at + 1 + dot + basis }
    }
    if (token.lower === 'once') {
      const next = tokens[at + 1]
      return next?.kind === 'word' && introduces(next) ? readUnit(tokens, at + 2) : null
    }
    if (token.lower === 'twice') {
      const read = introduces(tokens[at + 1]) ? readUnit(tokens, at + 2) : null
      return read
        ? {
            ...read,
            doubt: 'twice in a period is not a price per period; write the price of one bill',
          }
        : null
    }
    if (token.lower === 'on' && tokens[at + 1]?.lower === 'a') {
      const adverb = tokens[at + 2]?.lower === 'on' ? null : readInterval(tokens, at + 2)
      return adverb && tokens[adverb.next - 1]?.lower === 'basis' ? adverb : null
    }
    if (token.lower === 'by' && tokens[at + 1]?.lower === 'the') return readUnit(tokens, at + 2)
    // Written against a number it may be pence.
    if (token.lower === 'p' && !token.glued && tokens[at + 1]?.text === '/') {
      const month = tokens[at + 2]?.lower === 'm'
      if (month) return { interval: 'month', count: 1, doubt: null, next: at + 3 }
      return readUnit(tokens, at + 2)
    }
  }
  const read = introduces(token) ? readUnit(tokens, at + 1) : null
  return read ?? readAbroad(tokens, at)
}

// '9,99 € pro Monat', '5€/mes', 'mensuel'.
function readAbroad(tokens: Token[], at: number): ReadInterval | null {
  const token = tokens[at]
  if (token?.kind !== 'word' && token?.text !== '/') return null
  const adverb = Object.hasOwn(ADVERBS_ABROAD, token.lower) ? ADVERBS_ABROAD[token.lower] : null
  if (adverb) return { interval: adverb[0], count: adverb[1], doubt: null, next: at + 1 }
  // A plan called Pro introduces none.
  if (!INTRODUCES_ABROAD.test(token.text)) return null
  const counted = readCount(tokens, at + 1)
  const unitAt = counted ? counted.next : at + 1
  const word = tokens[unitAt]?.lower ?? ''
  // 'an' is English as well.
  if (word === 'an' && !/^(?:\/|par)$/.test(token.text)) return null
  const unit = Object.hasOwn(ABROAD, word) ? ABROAD[word] : null
  if (!unit) return null
  const count = (counted?.count ?? 1) * unit[1]
  const doubt = counted?.doubt ?? (count < 1 || count > 999 ? NO_INTERVAL : null)
  return { interval: unit[0], count, doubt, next: unitAt + 1 }
}

function introduces(token: Token | undefined): boolean {
  return (
    token !== undefined && (token.text === '/' || /^(?:per|a|an|every|each|p)$/.test(token.lower))
  )
}

function readUnit(tokens: Token[], at: number): ReadInterval | null {
  const first = tokens[at]
  if (first?.lower === 'other' && tokens[at - 1]?.lower !== 'other') {
    const rest = readUnit(tokens, at + 1)
    return rest ? { ...rest, count: rest.count * 2 } : null
  }
  if (first?.lower === 'm' && tokens[at - 1]?.text === '/') {
    return { interval: 'month', count: 1, doubt: '"/m" may be a month or a minute', next: at + 1 }
  }
  // 'a month' but not 'a 21-day trial'.
  const article = /^an?$/.test(tokens[at - 1]?.lower ?? '')
  const counted = article ? null : readCount(tokens, at)
  const unitAt = counted ? counted.next : at
  const word = tokens[unitAt]?.lower ?? ''
  const short = tokens[unitAt - 1]?.text === '/' && word === 'y'
  const unit = short ? (['year', 1] as const) : unitOf(word)
  if (!unit) return null
  const count = (counted?.count ?? 1) * unit[1]
  const dot =
    /^(?:mos?|mths?|mnth|yrs?|wks?|qtr|y)$/.test(word) && isAbbreviationPoint(tokens, unitAt + 1)
      ? 1
      : 0
  const doubt = counted?.doubt ?? (count < 1 || count > 999 ? NO_INTERVAL : null)
  return { interval: unit[0], count, doubt, next: unitAt + 1 + dot }
}

// In 'per mo. with …' the point belongs to the short form; otherwise it ends the sentence.
function isAbbreviationPoint(tokens: Token[], at: number): boolean {
  const point = tokens[at]
  if (point?.text !== '.' || !point.glued) return false
  return /^(?:with|and|or|per|billed|plus|for|then|[,;:()/+|-])$/.test(tokens[at + 1]?.text ?? '')
}

/** Reads '14' or 'two', and the hyphen behind it. */
export function readCount(
  tokens: Token[],
  at: number,
): { count: number; doubt: string | null; next: number } | null {
  const token = tokens[at]
  if (!token) return null
  const hyphen = tokens[at + 1]?.text === '-' ? 1 : 0
  if (token.kind === 'number') {
    const read = readNumber(token.text, token.multiplier)
    const count = wholeNumber(read.value)
    const doubt = read.doubt ?? (count === null ? 'not a whole number; write a whole number' : null)
    return { count: count ?? 0, doubt, next: at + 1 + hyphen }
  }
  const word = token.kind === 'word' ? numberWord(token.lower) : null
  return word === null ? null : { count: word, doubt: null, next: at + 1 + hyphen }
}

/** Reads a length of time at token `at`: '14 days', 'two-week', 'month' only with a count. */
export function readDuration(tokens: Token[], at: number): ReadInterval | null {
  const counted = readCount(tokens, at)
  if (!counted) return null
  const unit = unitOf(tokens[counted.next]?.lower ?? '')
  if (!unit) return null
  const count = counted.count * unit[1]
  const doubt =
    counted.doubt ??
    (count < 1 || count > 1000
      ? 'not a usable length of time; write days, weeks, months or years'
      : null)
  return { interval: unit[0], count, doubt, next: counted.next + 1 }
}
