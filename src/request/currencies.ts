import { decimalsOf, isCurrency } from '../polar/currencies.js'
import { decimal, type Decimal } from './decimal.js'

const SIGNS: Record<string, string> = {
  $: 'usd', us$: 'usd', a$: 'aud', au$: 'aud', c$: 'cad', ca$: 'cad', nz$: 'nzd', hk$: 'hkd',
  s$: 'sgd', sg$: 'sgd', mx$: 'mxn', nt$: 'twd', r$: 'brl', '€': 'eur', '£': 'gbp', '¥': 'jpy',
  'jp¥': 'jpy', 'cn¥': 'cny', '₹': 'inr', '₩': 'krw', '₺': 'try', '₪': 'ils', '₫': 'vnd', '₴': 'uah',
  '฿': 'thb', '₱': 'php', '₦': 'ngn', 'zł': 'pln', 'kč': 'czk', ar$: 'ars', cdn$: 'cad', can$: 'cad',
  rd$: 'dop', j$: 'jmd', ja$: 'jmd', tt$: 'ttd', mex$: 'mxn', bz$: 'bzd', fj$: 'fjd', n$: 'nad',
  bds$: 'bbd', ec$: 'xcd', ci$: 'kyd', sr$: 'srd', col$: 'cop', cl$: 'clp', tw$: 'twd',
} // prettier-ignore

const NAMES: Record<string, string> = {
  dollar: 'usd', dollars: 'usd', bucks: 'usd', euro: 'eur', euros: 'eur', pounds: 'gbp', quid: 'gbp',
  yen: 'jpy', yuan: 'cny', rmb: 'cny', rupees: 'inr', francs: 'chf', zloty: 'pln', won: 'krw', reais: 'brl',
} // prettier-ignore

const DOLLARS = new Set('usd aud cad nzd hkd sgd mxn twd bsd bbd bmd bnd bzd fjd jmd kyd lrd nad sbd srd ttd xcd ars clp cop'.split(' ')) // prettier-ignore

// Codes that are English words too: in a sentence they are the word.
const ALSO_WORDS = new Set('all top try pen mad bam gel sos cup'.split(' '))

// Where prices are written with a decimal comma.
const COMMA = new Set('eur chf pln czk sek nok dkk brl huf ron isk try uah rsd mkd bam ars clp cop'.split(' ')) // prettier-ignore

/**
 * Currency of a sign with the letters written against it: '$', 'A$', '$US', 'CAD$'. Null when the letters
 * say another currency than is known, or one of several: 'U$' is both US and Uruguayan.
 */
export function currencyOfSign(sign: string): string | null {
  const [, before = '', mark = '', behind = ''] = /^(\p{L}*) ?(\P{L}?)(\p{L}*)$/u.exec(sign) ?? []
  const letters = before + behind
  const key = (letters + mark).toLowerCase()
  if (Object.hasOwn(SIGNS, key)) return SIGNS[key] ?? null
  const [code, plain] = [currencyOfWord(letters), SIGNS[mark] ?? null]
  if (code === null || plain === null) return null
  const one = code === plain || (mark === '$' && isDollar(code)) || (mark === '¥' && code === 'cny')
  return one ? code : null
}

/** Currency of a word: 'USD', 'eur', 'dollars'. */
export function currencyOfWord(word: string): string | null {
  const key = word.toLowerCase()
  if (Object.hasOwn(NAMES, key)) return NAMES[key] ?? null
  if (!isCurrency(key) || ALSO_WORDS.has(key)) return null
  // Mixed case ('Cad', 'Inr') is more likely a name than a code.
  return word === key || word === word.toUpperCase() ? key : null
}

const NATIONAL: Record<string, string> = {
  'us dollar': 'usd', 'american dollar': 'usd', 'canadian dollar': 'cad', 'australian dollar': 'aud',
  'new zealand dollar': 'nzd', 'hong kong dollar': 'hkd', 'singapore dollar': 'sgd',
  'swiss franc': 'chf', 'japanese yen': 'jpy', 'chinese yuan': 'cny', 'korean won': 'krw',
  'indian rupee': 'inr', 'pakistani rupee': 'pkr', 'british pound': 'gbp', 'pound sterling': 'gbp',
  'pounds sterling': 'gbp', 'mexican peso': 'mxn', 'swedish krona': 'sek', 'swedish kronor': 'sek',
  'norwegian krone': 'nok', 'norwegian kroner': 'nok', 'danish krone': 'dkk', 'danish kroner': 'dkk',
  'brazilian real': 'brl', 'brazilian reais': 'brl', 'turkish lira': 'try', 'polish zloty': 'pln',
  'south african rand': 'zar',
} // prettier-ignore

/** Currency of words that name its country: 'Swiss francs'. Takes them in lower case. */
export function currencyOfPhrase(words: string): string | null {
  const found = [words, words.replace(/s$/, '')].find((key) => Object.hasOwn(NATIONAL, key))
  return found === undefined ? null : (NATIONAL[found] ?? null)
}

/** Whether a bare '$' can stand for this currency. */
export function isDollar(currency: string): boolean {
  return DOLLARS.has(currency)
}

export function usesDecimalComma(currency: string): boolean {
  return COMMA.has(currency)
}

/** An amount in minor units as people write it: '0.50 USD', '80 JPY'. */
export function amountText(minor: number, currency: string): string {
  const decimals = decimalsOf(currency)
  return `${(minor / 10 ** decimals).toFixed(decimals)} ${currency.toUpperCase()}`
}

/** Minor units per major unit. */
export function minorUnits(currency: string): Decimal {
  return decimal(10n ** BigInt(decimalsOf(currency)))
}
