import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { BillingSpec } from '../types.js'

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/
const interval = z.enum(['day', 'week', 'month', 'year'])
const count = z.int().min(1).max(999)
const amount = z.int().min(1).max(99_999_999)
const slug = z.string().max(64).regex(SLUG, 'must be lower-case words joined by "-"')
const name = z.string().trim().min(1).max(64)
const decimal = z.string().regex(/^\d+(\.\d{1,12})?$/, 'must be a decimal number in a string')

const price = z.strictObject({
  amount,
  interval,
  intervalCount: count.default(1),
  perSeat: z.boolean().default(false),
})

const tier = z
  .strictObject({
    slug,
    name,
    prices: z.array(price).default([]),
    free: z.boolean().default(false),
    contactSales: z.boolean().default(false),
    trial: z.strictObject({ interval, count }).nullable().default(null),
    features: z.array(z.string().min(1).max(200)).default([]),
    highlighted: z.boolean().default(false),
  })
  .refine(
    (one) => [one.free, one.contactSales, one.prices.length > 0].filter(Boolean).length === 1,
    {
      error: 'must be exactly one of: free, contactSales, with prices',
    },
  )

const meter = z.strictObject({
  slug,
  name,
  unit: name,
  aggregation: z.enum(['count', 'sum']),
  property: z.string().min(1).nullable().default(null),
  included: z.int().min(0),
  unitAmount: decimal,
  tier: slug.nullable().default(null),
})

const discount = z.strictObject({
  code: z.string().min(1).max(64),
  percentOff: z.number().gt(0).max(100).nullable().default(null),
  amountOff: amount.nullable().default(null),
  duration: z.enum(['once', 'forever', 'repeating']),
  months: count.nullable().default(null),
})

const billingSpec = z
  .strictObject({
    version: z.literal(1),
    currency: z
      .string()
      .regex(/^[a-z]{3}$/, 'must be an ISO 4217 code in lower case')
      .default('usd'),
    tiers: z.array(tier).default([]),
    products: z.array(z.strictObject({ slug, name, amount })).default([]),
    meters: z.array(meter).default([]),
    discounts: z.array(discount).default([]),
    gating: z.boolean().default(false),
  })
  .refine((spec) => spec.tiers.length + spec.products.length + spec.meters.length > 0, {
    error: 'sells nothing: name a tier, a product or a meter',
  })
  .refine(
    (spec) => unique([...spec.tiers, ...spec.products, ...spec.meters].map((one) => one.slug)),
    { error: 'has a slug twice' },
  )

export type SpecFile = { status: 'ok'; spec: BillingSpec } | { status: 'invalid'; message: string }

/**
 * Reads a BillingSpec from a JSON or YAML file and checks it in full. Nothing is assumed about
 * money: a price, interval or currency that is wrong is an error with the path to it.
 */
export function readSpecFile(path: string): SpecFile {
  let value: unknown
  try {
    value = parse(readFileSync(path, 'utf8'))
  } catch (error) {
    return { status: 'invalid', message: `${path} cannot be read: ${(error as Error).message}` }
  }
  const result = billingSpec.safeParse(value)
  if (result.success) return { status: 'ok', spec: result.data }
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`,
  )
  return { status: 'invalid', message: `${path} is not a BillingSpec. ${problems.join('; ')}` }
}

function unique(values: string[]): boolean {
  return new Set(values).size === values.length
}
