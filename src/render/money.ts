import { decimalsOf } from '../polar/currencies.js'

/**
 * An amount for people: `formatMoney(2900, 'usd')` is "$29", `formatMoney(450, 'usd')` "$4.50".
 *
 * @param amount minor units
 * @param currency ISO 4217; an unknown code is printed after the number
 */
export function formatMoney(amount: number, currency: string): string {
  const code = currency.toUpperCase()
  // As Polar counts it: Intl shows HUF, IDR and others in whole units.
  const digits = decimalsOf(currency.toLowerCase())
  const major = amount / 10 ** digits
  const shown = Number.isInteger(major) ? 0 : digits
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: code,
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  }).format(major)
}
