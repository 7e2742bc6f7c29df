import fc from 'fast-check'
import { REQUEST_WORDS } from '../../src/request/vocabulary.js'
import type { BillingSpec, Discount, Meter, Period, Tier, TierPrice } from '../../src/types.js'

/** A spec without what words do not carry: slugs, features, highlights. */
export type Sold = Pick<BillingSpec, 'currency' | 'tiers' | 'products' | 'meters' | 'discounts'>

/** How a person may write it. */
export interface Style {
  separator: string
  joint: string
  money: 'sign' | 'sign-after' | 'code-after' | 'code-before' | 'european' | 'swiss'
  interval: 'slash' | 'per' | 'a' | 'adverb'
  bracketed: boolean
  intro: string
  pair: string
}

const SIGNS: Record<string, string> = { usd: '$', eur: '€', gbp: '£' }

export const styles: fc.Arbitrary<Style> = fc.record({
  separator: fc.constantFrom(
    ', ',
    '; ',
    '\n',
    ' / ',
    ' | ',
    '\n- ',
    '. ',
    ' and ',
    '\n\n',
    '\n* ',
    ' + ',

    '\n| ',
  ),
  joint: fc.constantFrom(
    ' ',
    ': ',
    ' - ',
    ' at ',
    ' for ',
    ' costs ',
    ' — ',
    ' = ',
    ' is ',
    ' => ',
  ),
  money: fc.constantFrom('sign', 'sign-after', 'code-after', 'code-before', 'european', 'swiss'),
  interval: fc.constantFrom('slash', 'per', 'a', 'adverb'),
  bracketed: fc.boolean(),
  intro: fc.constantFrom(
    '',
    'add Polar.sh billing: ',
    'Plans:\n',
    'Please offer ',
    'our pricing: ',
  ),
  pair: fc.constantFrom(' or ', ', ', ' / ', ' and '),
})

const knownNames = fc.constantFrom(
  'Basic', 'Pro', 'Team', 'Max', 'Plus', 'Business', 'Starter', 'Enterprise', 'Gold', 'Growth', 'Studio',
  'Pro Plus', 'Small Team', 'Indie', 'Scale', 'Tier 1', 'Tier 2', 'Early Bird', 'Regular', 'Value', 'Extra',
  'constructor', 'Free Spirit', 'Über', 'Про', 'X', 'S', 'Pro+', 'Lifetime',
) // prettier-ignore
// Chance makes words such as 'Via' and 'Few', which ask for something and name nothing.
const madeUpNames = fc.stringMatching(/^[A-Z][a-z]{2,9}( [A-Z][a-z]{2,9})?$/).filter(
  (name) =>
    !name
      .toLowerCase()
      .split(' ')
      .some((word) => REQUEST_WORDS.has(word)),
)
const names = fc.oneof(knownNames, madeUpNames)

const amounts = fc.oneof(
  fc.integer({ min: 1, max: 999 }).map((major) => major * 100),
  fc.integer({ min: 50, max: 9_999_999 }),
)

const intervals: fc.Arbitrary<[TierPrice['interval'], number]> = fc.constantFrom(
  ['month', 1], ['year', 1], ['week', 1], ['month', 3], ['month', 6], ['week', 2], ['day', 1],
) // prettier-ignore

const tiers: fc.Arbitrary<Tier> = fc
  .record({
    name: names,
    kind: fc.constantFrom('free', 'contact', 'paid', 'paid', 'paid', 'paid'),
    prices: fc.uniqueArray(fc.tuple(amounts, intervals), {
      minLength: 1,
      maxLength: 2,
      selector: ([, [interval, count]]) => `${interval}${count}`,
    }),
    perSeat: fc.boolean(),
  })
  .map(({ name, kind, prices, perSeat }) => ({
    slug: '',
    name,
    prices:
      kind === 'paid'
        ? prices.map(([amount, [interval, intervalCount]]) => ({
            amount,
            interval,
            intervalCount,
            perSeat,
          }))
        : [],
    free: kind === 'free',
    contactSales: kind === 'contact',
    trial: null,
    features: [],
    highlighted: false,
  }))

const meters: fc.Arbitrary<Meter> = fc
  .record({
    unit: fc.constantFrom('API call', 'request', 'GB', 'email', 'token', 'minute', 'frobnication'),
    included: fc.constantFrom(0, 100, 500, 10_000, 1_000_000),
    unitAmount: fc.constantFrom('1', '0.5', '10', '25', '0.02', '199'),
  })
  .map((meter) => ({
    slug: '', name: '', aggregation: 'count' as const, property: null, tier: null, ...meter,
  })) // prettier-ignore

const discounts: fc.Arbitrary<Discount> = fc
  .record({
    code: fc.stringMatching(/^[A-Z]{3,8}[0-9]{0,2}$/),
    percentOff: fc.integer({ min: 1, max: 100 }),
    duration: fc.constantFrom('once' as const, 'forever' as const, 'repeating' as const),
    months: fc.integer({ min: 1, max: 24 }),
  })
  .map((each) => ({
    ...each,
    amountOff: null,
    months: each.duration === 'repeating' ? each.months : null,
  }))

const seldom = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<T[]>([]) },
    { weight: 1, arbitrary: one.map((each) => [each]) },
  )

export const sold: fc.Arbitrary<Sold> = fc.record({
  currency: fc.constantFrom('usd', 'eur', 'gbp'),
  tiers: fc.uniqueArray(tiers, {
    minLength: 1,
    maxLength: 4,
    selector: (tier) => tier.name.toLowerCase(),
  }),
  products: seldom(fc.record({ slug: fc.constant<string>(''), name: names, amount: amounts })),
  meters: seldom(meters),
  discounts: seldom(discounts),
})

/** The spec in words, as somebody with that style would write it. */
export function inWords(spec: Sold, style: Style): string {
  const items = spec.tiers.map((tier) => tierWords(tier, spec.currency, style))
  for (const { name, amount } of spec.products) {
    items.push(`${name}${style.joint}${moneyWords(amount, spec.currency, style)} one-time`)
  }
  for (const discount of spec.discounts) items.push(discountWords(discount))
  const usage = spec.meters.map((meter) => ` + ${meterWords(meter, spec.currency, style)}`).join('')
  const first = items[0] ?? ''
  return style.intro + [first + usage, ...items.slice(1)].join(style.separator)
}

function tierWords(tier: Tier, currency: string, style: Style): string {
  if (tier.free) return `${tier.name}${style.joint}free`
  if (tier.contactSales) return `${tier.name}${style.joint}contact us`
  const prices = tier.prices.map((price) => priceWords(price, currency, style)).join(style.pair)
  return style.bracketed ? `${tier.name} (${prices})` : `${tier.name}${style.joint}${prices}`
}

function priceWords(price: TierPrice, currency: string, style: Style): string {
  const money = moneyWords(price.amount, currency, style)
  const seat = price.perSeat ? (style.interval === 'slash' ? '/seat' : ' per seat') : ''
  return `${money}${seat}${everyWords({ interval: price.interval, count: price.intervalCount }, style)}`
}

function everyWords({ interval, count }: Period, style: Style): string {
  if (count > 1) return ` every ${count} ${interval}s`
  const adverb = { day: 'daily', week: 'weekly', month: 'monthly', year: 'yearly' }[interval]
  return {
    slash: `/${interval}`,
    per: ` per ${interval}`,
    a: ` a ${interval}`,
    adverb: ` ${adverb}`,
  }[style.interval]
}

function moneyWords(minor: number, currency: string, style: Style): string {
  const cents = minor % 100
  const major = Math.floor(minor / 100).toLocaleString('en-US')
  const number = cents ? `${major}.${String(cents).padStart(2, '0')}` : major
  const code = currency.toUpperCase()
  const sign = SIGNS[currency]
  const swapped = { ',': '.', '.': ',' } as const
  return {
    sign: `${sign}${number}`,
    'sign-after': `${number}${sign}`,
    'code-after': `${number} ${code}`,
    'code-before': `${code} ${number}`,
    european: `${number.replace(/[.,]/g, (mark) => swapped[mark as ',' | '.'])} ${sign}`,
    swiss: `${code} ${number.replace(/,/g, "'")}`,
  }[style.money]
}

function meterWords(meter: Meter, currency: string, style: Style): string {
  const money = style.money === 'sign' ? `${SIGNS[currency]}` : ''
  const code = style.money === 'sign' ? '' : ` ${currency.toUpperCase()}`
  const major = (Number(meter.unitAmount) / 100).toFixed(6).replace(/0+$/, '').replace(/\.$/, '')
  const quota = meter.included ? ` over ${meter.included.toLocaleString('en-US')}` : ''
  return `${money}${major}${code} per ${meter.unit}${quota}`
}

function discountWords(discount: Discount): string {
  const length = {
    once: 'once',
    forever: 'forever',
    repeating: `for ${discount.months} months`,
  }[discount.duration]
  return `code ${discount.code} for ${discount.percentOff}% off ${length}`
}

/** What is charged, in one form for both sides of a comparison. */
export function charged(spec: Sold): unknown {
  // Where nothing has a price the words name no currency.
  const priced =
    spec.tiers.some((tier) => tier.prices.length > 0) ||
    spec.products.length + spec.meters.length > 0
  return {
    currency: priced ? spec.currency : null,
    tiers: spec.tiers.map(({ name, free, contactSales, prices }) => ({
      name: name.toLowerCase(),
      free,
      contactSales,
      prices: prices.map((price) => JSON.stringify(Object.entries(price).sort())).sort(),
    })),
    products: spec.products.map(({ name, amount }) => [name.toLowerCase(), amount]),
    meters: spec.meters.map(({ included, unitAmount }) => [included, Number(unitAmount)]),
    discounts: spec.discounts.map(({ code, percentOff, amountOff, duration, months }) => [code, percentOff, amountOff, duration, months]), // prettier-ignore
  }
}
