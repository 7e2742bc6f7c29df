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

export function isCurrency(code: string): boolean {
  return Object.hasOwn(MINIMUMS, code)
}

const ZERO_DECIMAL = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf'.split(' '),
)

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
