import { decimalsOf } from '../polar/currencies.js'
import { intervalText } from '../polar/interval-text.js'
import type { BillingSpec, Discount, Meter, Period, PriceRow, TierPrice } from '../types.js'
import { decimalOf, decimalText, times, decimal } from './decimal.js'

/** The spec as a small table: plans, usage, one-time products, coupons, in this order. */
export function priceTable(spec: BillingSpec): PriceRow[] {
  const { currency } = spec
  const tiers = spec.tiers.map((tier) => ({
    name: tier.name,
    price: tier.free
      ? 'free'
      : tier.contactSales
        ? 'contact sales'
        : tier.prices.map((price) => priceText(price, currency)).join(' or '),
    note: tier.trial ? `${periodText(tier.trial)} trial` : '',
  }))
  const meters = spec.meters.map((meter) => meterRow(meter, currency))
  const products = spec.products.map(({ name, amount }) => ({
    name,
    price: moneyText(String(amount), currency),
    note: 'one-time',
  }))
  return [
    ...tiers,
    ...meters,
    ...products,
    ...spec.discounts.map((each) => discountRow(each, currency)),
  ]
}

function priceText(price: TierPrice, currency: string): string {
  const amount = moneyText(String(price.amount), currency)
  return `${amount} ${price.perSeat ? 'per seat ' : ''}${intervalText(price)}`
}

function meterRow(meter: Meter, currency: string): PriceRow {
  const price = `${moneyText(meter.unitAmount, currency)} per ${meter.unit}`
  const quota = meter.included ? `${meter.included.toLocaleString('en-US')} included` : ''
  const carrier = meter.tier ? `with ${meter.tier}` : ''
  return { name: meter.name, price, note: [quota, carrier].filter(Boolean).join(', ') }
}

function discountRow(discount: Discount, currency: string): PriceRow {
  const off =
    discount.percentOff === null
      ? moneyText(String(discount.amountOff ?? 0), currency)
      : `${discount.percentOff} %`
  const lasts =
    discount.duration === 'repeating' ? `for ${discount.months} months` : discount.duration
  return { name: discount.code, price: `${off} off`, note: lasts }
}

function periodText({ interval, count }: Period): string {
  return `${count}-${interval}`
}

/**
 * An amount in minor units, a decimal string, as it is shown. Fractions of a cent are shown in full:
 * rounding would show another price than the one charged.
 */
export function moneyText(minor: string, currency: string): string {
  const decimals = decimalsOf(currency)
  const major = decimalText(times(decimalOf(minor), decimal(1n, decimals)))
  const [whole = '0', fraction = ''] = major.split('.')
  const padded = decimals > 0 ? fraction.padEnd(decimals, '0') : fraction
  const number = padded ? `${whole}.${padded}` : whole
  const sign = SIGNS[currency]
  return sign ? `${sign}${number}` : `${number} ${currency.toUpperCase()}`
}

const SIGNS: Record<string, string> = { usd: '$', eur: '€', gbp: '£' }
