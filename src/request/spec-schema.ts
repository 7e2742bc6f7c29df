import { z } from 'zod'
import { directionControl, hiddenCharacter } from '../invisible.js'
import { CURRENCIES, isCurrency } from '../polar/currencies.js'
import { checkSpec } from './spec-rules.js'

/*
 * The one description of a BillingSpec: `--spec` is validated with it and `integrate-polar schema`
 * prints it. Descriptions are for people who write a spec; rules that JSON Schema cannot say are in
 * `checkSpec`.
 */

const interval = z.enum(['day', 'week', 'month', 'year'], {
  error: 'must be day, week, month or year; a quarter is month with intervalCount 3',
})
const WHOLE_COUNT = 'must be a whole number from 1 to 999'
const count = z.int(WHOLE_COUNT).min(1, WHOLE_COUNT).max(999, WHOLE_COUNT)
const amount = z
  .int('must be a whole number of minor units: 2900 is $29.00')
  .min(1, 'must be above 0')
  .max(2_100_000_000)
/** As much as a pricing page could show. */
const MOST = 100
// Half of a surrogate pair cannot be written to a file as UTF-8.
const PLAIN_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}\p{Cs}]*$/u

const direction = (text: string): string | null => {
  const found = directionControl(text)
  return found && `has the invisible ${found}, which changes the order in which text is shown`
}
const hidden = (text: string): string | null => {
  const found = hiddenCharacter(text)
  return found && `has the invisible ${found}; take it out`
}
/** Refuses a text for which there is a reason. */
const refusing =
  (...reasons: ((text: string) => string | null)[]) =>
  (context: z.core.ParsePayload<string>): void => {
    for (const reason of reasons) {
      const message = reason(context.value)
      if (message === null) continue
      context.issues.push({ code: 'custom', message, input: context.value })
      return
    }
  }

const slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by "-"')
  .describe('Identifier in code and database; unique among tiers, products and meters.')
const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(longest)
    .refine((text) => PLAIN_LINE.test(text), {
      error: 'must be one line of plain text, without control characters',
    })
    .check(refusing(direction, hidden))
const name = line(64)
  .refine((text) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text), {
    error: 'must have a letter, a digit or a sign',
  })
  .describe('Shown to customers.')

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
      .max(MOST)
      .default([])
      .describe('One price for each billing interval on offer; empty when free or on request.'),
    free: z.boolean().default(false).describe('Costs nothing and needs no checkout.'),
    contactSales: z.boolean().default(false).describe('Priced on request, sold by hand.'),
    trial,
    features: z
      .array(line(200))
      .max(MOST)
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
      .check(refusing(direction))
      .nullable()
      .default(null)
      .describe('Property of the event that is summed; null with "count".'),
    included: z.int().min(0).describe('Units per billing period that cost nothing.'),
    unitAmount: z
      .string()
      .regex(
        /^(?!0+(\.0+)?$)\d{1,8}(\.\d{1,12})?$/,
        'must be a decimal number above 0 in a string, like "0.5", below 100000000 and with at most 12 decimals',
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
      .refine((percent) => Number(percent.toFixed(2)) === percent, {
        error: 'must have at most two decimals, as Polar counts in hundredths of a percent',
      })
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

function currencyError(input: unknown): string {
  const lower = typeof input === 'string' ? input.toLowerCase() : ''
  return isCurrency(lower)
    ? `must be in lower case: "${lower}"`
    : 'must be the ISO 4217 code of a currency that Polar takes, in lower case, like "usd"'
}

const whole = z.strictObject({
  version: z.literal(1, { error: 'must be 1' }).describe('Version of this format.'),
  currency: z
    .enum(CURRENCIES, { error: ({ input }) => currencyError(input) })
    .default('usd')
    .describe('ISO 4217 code in lower case; all amounts are in its minor unit.'),
  tiers: z
    .array(tier)
    .max(MOST)
    .default([])
    .describe('Recurring plans, in the order they are shown.'),
  products: z.array(product).max(MOST).default([]).describe('Things bought once.'),
  meters: z.array(meter).max(MOST).default([]).describe('Usage that is charged.'),
  discounts: z.array(discount).max(MOST).default([]).describe('Codes for the checkout.'),
  gating: z.boolean().default(false).describe('Protect features by tier.'),
})

/** The schema of a BillingSpec as `--spec` takes it: what has a default may be left out. */
export const billingSpec = whole
  .superRefine((spec, context) => {
    checkSpec(spec, (path, message) => {
      context.addIssue({ code: 'custom', path, message })
    })
  })
  .meta({
    title: 'BillingSpec',
    description:
      'What is sold, for integrate-polar --spec. Money is in minor units of the currency (cents; whole units of a currency without decimals), before tax. At least one tier, product or meter.',
  })

/** JSON Schema (draft 2020-12) of a BillingSpec, as somebody writes it for `--spec`. */
export function specJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(billingSpec, { target: 'draft-2020-12', io: 'input', reused: 'inline' })
}
