import { decimalsOf, maximumOf, minimumOf } from '../polar/currencies.js'
import { amountText, isDollar, minorUnits } from './currencies.js'
import { times, wholeNumber, type Decimal } from './decimal.js'
import type { Findings } from './findings.js'
import type { Money } from './money.js'

/** Where an amount stands, for quoting it. */
export interface Placed {
  money: Money
  start: number
  end: number
}

/** The currency of a request, and where it comes from. */
export interface CurrencyReading {
  /** ISO 4217, lower case. */
  currency: string
  /** Said somewhere, by a sign, a code or a word; else it is assumed. */
  named: boolean
  /** The amounts that no currency stands beside, as written. Cents are money by their own word. */
  bare: string[]
}

/** The one currency of the request. Two are unclear; none is US dollars, said as an assumption. */
export function resolveCurrency(
  amounts: Placed[],
  declared: { currency: string; start: number; end: number }[],
  text: string,
  findings: Findings,
): CurrencyReading {
  const named = [...new Set(declared.map((each) => each.currency))]
  const first = declared[0]
  if (named.length > 1 && first) {
    findings.doubt(first.start, declared.at(-1)?.end ?? first.end, 'names two currencies; name one')
  }
  const stated = named[0]
  const found = new Map<string, Placed>()
  const bare = amounts.filter(({ money }) => money.currency === null)
  for (const amount of amounts) {
    const { currency, bareDollar } = amount.money
    if (currency === null) continue
    if (bareDollar && stated && isDollar(stated)) found.set(stated, amount)
    else found.set(currency, amount)
  }
  if (stated && !found.has(stated) && found.size > 0 && first) {
    const other = [...found.keys()].join(', ').toUpperCase()
    findings.doubt(
      first.start,
      first.end,
      `the request names ${stated.toUpperCase()}, its prices are in ${other}`,
    )
  }
  if (found.size > 1) {
    const [one, two] = [...found.values()]
    if (one && two) {
      const pair = `${findings.quote(one.start, one.end)} … ${findings.quote(two.start, two.end)}`
      findings.note(pair, 'two currencies; a request is in one')
    }
  }
  const currency = stated ?? [...found.keys()][0]
  const written = bare.map(({ start, end }) => findings.quote(start, end))
  const unsigned = written.filter((words) => !CENTS.test(words))
  if (currency === undefined) {
    if (amounts.length > 0) findings.assume('currency', 'usd', 'no currency is named')
    return { currency: 'usd', named: false, bare: unsigned }
  }
  if (bare.length > 0)
    findings.assume('currency', currency, 'some amounts name no currency; the others do')
  if (currency === 'jpy' && /(?<!JP)¥/.test(text)) {
    findings.assume('currency', 'jpy', '¥ alone is read as yen; write CNY for yuan')
  }
  return { currency, named: true, bare: unsigned }
}

const CENTS = /^[\d.,' ]+(?:cents?|ct)\b/i

/** An amount charged as it stands, in minor units; null when it cannot be charged. */
export function fixedAmount(amount: Placed, currency: string, findings: Findings): number | null {
  const { money, start, end } = amount
  const exact = times(money.value, minorUnits(currency))
  const minor = wholeNumber(exact)
  if (minor === null) {
    const smallest = decimalsOf(currency) === 0 ? 'whole units only' : 'a fraction of a cent'
    findings.doubt(
      start,
      end,
      `${smallest === 'whole units only' ? 'this currency has whole units only' : smallest}; write a price that can be charged`,
    )
    return null
  }
  if (minor > 0 && minor < minimumOf(currency)) {
    const least = amountText(minimumOf(currency), currency)
    findings.doubt(start, end, `below Polar's minimum of ${least}; write a price from there on`)
    return null
  }
  if (minor > maximumOf(currency)) {
    const most = amountText(maximumOf(currency), currency)
    findings.doubt(start, end, `above the largest price Polar takes, ${most}; check the amount`)
    return null
  }
  return minor
}

/** The value in minor units, exact, fractions kept. */
export function minorValue(value: Decimal, currency: string): Decimal {
  return times(value, minorUnits(currency))
}
