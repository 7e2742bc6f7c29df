/**
 * An amount for people: `formatMoney(2900, 'usd')` is "$29", `formatMoney(450, 'usd')` "$4.50".
 *
 * @param amount minor units
 * @param currency ISO 4217; an unknown code is printed after the number
 */
export function formatMoney(amount: number, currency: string): string {
  const code = currency.toUpperCase()
  const digits = minorUnitDigits(code)
  const major = amount / 10 ** digits
  const shown = Number.isInteger(major) ? 0 : digits
  return new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency: code,
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  }).format(major)
}

/** Decimal places of a currency by ISO 4217 as ICU knows it: 2 for USD, 0 for JPY. */
export function minorUnitDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions()
      .maximumFractionDigits ?? 2
  )
}
