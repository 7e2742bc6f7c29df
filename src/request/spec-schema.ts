import { z } from 'zod'
import { CURRENCIES, decimalsOf, minimumOf } from './currencies.js'

/*
 * The one description of a BillingSpec: `--spec` is validated with it and `integrate-polar schema`
 * prints it. Descriptions are for people who write a spec; rules that JSON Schema cannot say are in
 * `checkWhole`.
 */

const interval = z.enum(['day', 'week', 'month', 'year'])
const count = z.int().min(1).max(999)
const amount = z.int().min(1).max(99_999_999)
const slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by "-"')
  .describe('Identifier in code and database; unique among tiers, products and meters.')
const name = z.string().trim().min(1).max(64).describe('Shown to customers.')

const price = z.strictObject({
  amount: amount.describe(
    'Price of one interval (of one seat, with perSeat), in minor units of the currency: 2900 is $29.00, 2900 is ¥2900. Before tax.',
  ),
  interval: interval.describe('Unit of the billing interval.'),
  intervalCount: count
    .default(1)
    .describe('Intervals per bill: 3 with "month" is billed every quarter.'),
  perSeat: z.boolean().default(false).describe('The amount is charged for each seat.'),
})

const trial = z
  .strictObject({
    interval: interval.describe('Unit of its length.'),
    count: count.describe('Its length, in intervals.'),
  })
  .nullable()
  .default(null)
  .describe('Free time before the first bill; null for none. Only a tier with prices has one.')

const tier = z
  .strictObject({
    slug,
    name,
    prices: z
      .array(price)
      .default([])
      .describe('One price for each billing interval on offer; empty when free or on request.'),
    free: z.boolean().default(false).describe('Costs nothing and needs no checkout.'),
    contactSales: z.boolean().default(false).describe('Priced on request, sold by hand.'),
    trial,
    features: z
      .array(z.string().min(1).max(200))
      .default([])
      .describe('What the tier offers, one short line each, as the pricing table shows it.'),
    highlighted: z.boolean().default(false).describe('Marked in the pricing table.'),
  })
  .refine(
    (one) => [one.free, one.contactSales, one.prices.length > 0].filter(Boolean).length === 1,
    { error: 'must be exactly one of: free, contactSales, with prices' },
  )
  .meta({
    description: 'A recurring plan: exactly one of free, contactSales, or with prices.',
    oneOf: [
      { type: 'object', required: ['free'], properties: { free: { const: true } } },
      { type: 'object', required: ['contactSales'], properties: { contactSales: { const: true } } },
      {
        type: 'object',
        required: ['prices'],
        properties: { prices: { type: 'array', items: {}, minItems: 1 } },
      },
    ],
  })

const product = z
  .strictObject({
    slug,
    name,
    amount: amount.describe('Price, in minor units of the currency. Before tax.'),
  })
  .describe('Something bought once.')

const meter = z
  .strictObject({
    slug,
    name,
    unit: name.describe('What is counted, in the singular: "API call".'),
    aggregation: z
      .enum(['count', 'sum'])
      .describe('"count": each event is one unit; "sum": `property` of the events is added up.'),
    property: z
      .string()
      .min(1)
      .nullable()
      .default(null)
      .describe('Property of the event that is summed; null with "count".'),
    included: z.int().min(0).describe('Units per billing period that cost nothing.'),
    unitAmount: z
      .string()
      .regex(
        /^(?!0+(\.0+)?$)\d+(\.\d{1,12})?$/,
        'must be a decimal number above 0 in a string, with at most 12 decimals',
      )
      .describe(
        'Minor units for one unit, as a decimal string: "1" is $0.01 each, "0.002" is $2 per 100,000.',
      ),
    tier: slug.nullable().default(null).describe('Slug of the tier that carries it, or null.'),
  })
  .describe('Something charged as it is used.')

const discount = z
  .strictObject({
    code: z
      .string()
      .regex(/^[A-Za-z0-9]{3,256}$/, 'must be letters and digits, three or more')
      .describe('What the customer types.'),
    percentOff: z
      .number()
      .gt(0)
      .max(100)
      .nullable()
      .default(null)
      .describe('Percent taken off; null when amountOff is set.'),
    amountOff: amount
      .nullable()
      .default(null)
      .describe('Minor units taken off; null when percentOff is set.'),
    duration: z
      .enum(['once', 'forever', 'repeating'])
      .describe('The first bill, every bill, or the bills of the first `months`.'),
    months: count
      .nullable()
      .default(null)
      .describe('Months that "repeating" lasts; null otherwise.'),
  })
  .refine((one) => (one.percentOff === null) !== (one.amountOff === null), {
    error: 'must have exactly one of: percentOff, amountOff',
  })
  .refine((one) => (one.duration === 'repeating') === (one.months !== null), {
    error: 'must have months with "repeating", and only then',
    path: ['months'],
  })
  .describe('A code for the checkout: exactly one of percentOff and amountOff.')

const whole = z.strictObject({
  version: z.literal(1).describe('Version of this format.'),
  currency: z
    .enum(CURRENCIES)
    .default('usd')
    .describe('ISO 4217 code in lower case; all amounts are in its minor unit.'),
  tiers: z.array(tier).default([]).describe('Recurring plans, in the order they are shown.'),
  products: z.array(product).default([]).describe('Things bought once.'),
  meters: z.array(meter).default([]).describe('Usage that is charged.'),
  discounts: z.array(discount).default([]).describe('Codes for the checkout.'),
  gating: z.boolean().default(false).describe('Protect features by tier.'),
})

/** The schema of a BillingSpec as `--spec` takes it: what has a default may be left out. */
export const billingSpec = whole.superRefine(checkWhole).meta({
  title: 'BillingSpec',
  description:
    'What is sold, for integrate-polar --spec. Money is in minor units of the currency (cents; whole units of a currency without decimals), before tax. At least one tier, product or meter.',
})

type Whole = z.infer<typeof whole>

function checkWhole(spec: Whole, context: z.RefinementCtx): void {
  const refuse = (path: (string | number)[], message: string): void => {
    context.addIssue({ code: 'custom', path, message })
  }
  if (spec.tiers.length + spec.products.length + spec.meters.length === 0) {
    refuse([], 'sells nothing: name a tier, a product or a meter')
  }
  checkSlugs(spec, refuse)
  const least = minimumOf(spec.currency)
  const tooLittle = `must be at least ${least} (${(least / 10 ** decimalsOf(spec.currency)).toFixed(decimalsOf(spec.currency))} ${spec.currency.toUpperCase()}), the least Polar charges`
  spec.tiers.forEach((one, at) => {
    const periods = new Set<string>()
    one.prices.forEach(({ amount: value, interval: unit, intervalCount }, n) => {
      const path = ['tiers', at, 'prices', n]
      if (value < least) refuse([...path, 'amount'], tooLittle)
      const period = `${unit} ${intervalCount}`
      if (periods.has(period)) refuse([...path, 'interval'], 'is a second price for one interval')
      periods.add(period)
    })
    if (one.trial && one.prices.length === 0) {
      refuse(['tiers', at, 'trial'], 'must be null where nothing is charged')
    }
  })
  spec.products.forEach(({ amount: value }, at) => {
    if (value < least) refuse(['products', at, 'amount'], tooLittle)
  })
  const codes = new Set<string>()
  spec.discounts.forEach(({ code }, at) => {
    // A buyer may type it in any case.
    if (codes.has(code.toLowerCase())) refuse(['discounts', at, 'code'], 'is named twice')
    codes.add(code.toLowerCase())
  })
  spec.meters.forEach((one, at) => {
    const carried =
      one.tier === null || spec.tiers.some(({ slug: tierSlug }) => tierSlug === one.tier)
    if (!carried) refuse(['meters', at, 'tier'], 'must be the slug of a tier')
    if ((one.aggregation === 'sum') !== (one.property !== null)) {
      refuse(['meters', at, 'property'], 'must be set with "sum", and only then')
    }
  })
}

type Refuse = (path: (string | number)[], message: string) => void

function checkSlugs(spec: Whole, refuse: Refuse): void {
  const taken = new Set<string>()
  for (const list of ['tiers', 'products', 'meters'] as const) {
    spec[list].forEach((one, at) => {
      if (taken.has(one.slug))
        refuse([list, at, 'slug'], 'is taken by another tier, product or meter')
      taken.add(one.slug)
    })
  }
}

/** JSON Schema (draft 2020-12) of a BillingSpec, as somebody writes it for `--spec`. */
export function specJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(billingSpec, { target: 'draft-2020-12', io: 'input', reused: 'inline' })
}
