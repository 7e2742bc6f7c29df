import { decimal, type Decimal } from './decimal.js'

// The least a fixed price may be, in major units, as Polar's API document lists it.
const MINIMUMS: Record<string, string> = {
  usd: '0.5', aed: '2', all: '50', amd: '200', aoa: '500', ars: '750', aud: '0.7', awg: '1', azn: '1',
  bam: '1', bbd: '2', bdt: '70', bif: '2000', bmd: '1', bnd: '1', bob: '5', brl: '2.5', bsd: '1',
  bwp: '10', bzd: '2', cad: '0.7', cdf: '2000', chf: '0.5', clp: '500', cny: '5', cop: '2000',
  crc: '300', cve: '50', czk: '15', djf: '100', dkk: '3.2', dop: '40', dzd: '70', egp: '30',
  etb: '80', eur: '0.5', fjd: '2', fkp: '1', gbp: '0.4', gel: '2', gnf: '5000', gip: '1', gmd: '40',
  gtq: '5', gyd: '200', hkd: '4', hnl: '20', htg: '70', huf: '175', idr: '9000', ils: '1.5',
  inr: '60', isk: '70', jmd: '80', jpy: '80', kes: '70', kgs: '50', khr: '3000', kmf: '500',
  krw: '800', kyd: '1', kzt: '300', lak: '20000', lkr: '200', lrd: '100', lsl: '10', mad: '5',
  mdl: '10', mga: '3000', mkd: '50', mnt: '2000', mop: '5', mur: '50', mvr: '8', mxn: '9',
  mwk: '1000', myr: '2', mzn: '50', nad: '10', ngn: '700', nio: '20', nok: '5', npr: '80',
  nzd: '0.9', pab: '1', pen: '2', pgk: '3', php: '35', pkr: '200', pln: '2', pyg: '4000', qar: '2',
  ron: '2.5', rsd: '60', rwf: '1000', sar: '2', sbd: '4', scr: '8', sek: '5', sgd: '0.7', shp: '1',
  sos: '500', srd: '20', szl: '10', thb: '20', tjs: '5', top: '2', try: '30', ttd: '4', twd: '20',
  tzs: '2000', uah: '30', ugx: '2000', uyu: '20', uzs: '7000', vnd: '20000', vuv: '100', wst: '2',
  xaf: '500', xcd: '2', xcg: '1', xof: '500', xpf: '100', yer: '200', zar: '9', zmw: '10',
} // prettier-ignore

// The most a fixed price may be, in major units; of other currencies 99,999,999 minor units.
const MAXIMUMS: Record<string, number> = {
  ars: 1_400_000, cdf: 2_800_000, cop: 4_000_000, idr: 16_000_000, khr: 4_000_000, lak: 21_000_000,
  mnt: 3_500_000, mwk: 1_750_000, ngn: 1_550_000, tzs: 2_500_000, ugx: 3_700_000, uzs: 12_500_000,
} // prettier-ignore

/** Every currency Polar takes a price in, lower case. */
export const CURRENCIES: readonly string[] = Object.keys(MINIMUMS).sort()

const ZERO_DECIMAL = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' '),
)

const SIGNS: Record<string, string> = {
  $: 'usd', us$: 'usd', a$: 'aud', au$: 'aud', c$: 'cad', ca$: 'cad', nz$: 'nzd', hk$: 'hkd',
  s$: 'sgd', sg$: 'sgd', mx$: 'mxn', nt$: 'twd', r$: 'brl', '€': 'eur', '£': 'gbp', '¥': 'jpy',
  'jp¥': 'jpy', 'cn¥': 'cny', '₹': 'inr', '₩': 'krw', '₺': 'try', '₪': 'ils', '₫': 'vnd', '₴': 'uah',
  '฿': 'thb', '₱': 'php', '₦': 'ngn', 'zł': 'pln', 'kč': 'czk',
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

export function currencyOfSign(sign: string): string | null {
  const key = sign.toLowerCase().replace(' ', '')
  return Object.hasOwn(SIGNS, key) ? (SIGNS[key] ?? null) : null
}

/** Currency of a word: 'USD', 'eur', 'dollars'. */
export function currencyOfWord(word: string): string | null {
  const key = word.toLowerCase()
  if (Object.hasOwn(NAMES, key)) return NAMES[key] ?? null
  if (!Object.hasOwn(MINIMUMS, key) || ALSO_WORDS.has(key)) return null
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

/** Digits after the point in the currency's minor unit: 2, or 0 for yen and the like. */
export function decimalsOf(currency: string): number {
  return ZERO_DECIMAL.has(currency) ? 0 : 2
}

/** The least fixed price Polar takes, in minor units. */
export function minimumOf(currency: string): number {
  const minimum = Object.hasOwn(MINIMUMS, currency) ? Number(MINIMUMS[currency]) : 0.5
  return Math.round(minimum * 10 ** decimalsOf(currency))
}

/** The largest fixed price Polar takes, in minor units. */
export function maximumOf(currency: string): number {
  const maximum = Object.hasOwn(MAXIMUMS, currency) ? MAXIMUMS[currency] : undefined
  return maximum === undefined ? 99_999_999 : maximum * 10 ** decimalsOf(currency)
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
