import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { run } from '../../src/cli/program.js'
import { parseRequest } from '../../src/request/index.js'
import { readSpecFile } from '../../src/request/spec-file.js'
import { billingSpec, specJsonSchema } from '../../src/request/spec-schema.js'
import { casesOf, fixtureFiles } from './requests.js'

const folder = new URL('../../fixtures/requests/', import.meta.url)
const specs = fixtureFiles(folder)
  .flatMap((file) => casesOf(new URL(file, folder)))
  .flatMap(({ request }) => {
    const parsed = parseRequest(request)
    return parsed.status === 'ok' ? [parsed.spec] : []
  })

describe('the schema of a spec', () => {
  const schema = specJsonSchema()

  it('is draft 2020-12 and describes every property', () => {
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema')
    expect(undescribed(schema, 'BillingSpec')).toEqual([])
  })

  it('takes every spec that is read from a request, and gives it back as it was', () => {
    expect(specs.length).toBeGreaterThan(300)
    for (const spec of specs) expect(billingSpec.parse(spec)).toEqual(spec)
  })

  it('says the same when it is read back as JSON Schema', () => {
    const readBack = z.fromJSONSchema(schema)
    for (const spec of specs) expect(readBack.safeParse(spec).error).toBeUndefined()
    const { tiers, ...rest } = billingSpec.parse({ version: 1, tiers: [pro] })
    const wrong = [
      { ...rest },
      { ...rest, tiers: [{ ...tiers[0], free: true }] },
      { ...rest, tiers, extra: 1 },
      { ...rest, tiers, currency: 'USD' },
      { ...rest, tiers: [{ ...tiers[0], prices: [{ amount: 29.5, interval: 'month' }] }] },
    ]
    // What sells nothing is a rule JSON Schema does not say here; the others it does.
    expect(wrong.map((spec) => readBack.safeParse(spec).success)).toEqual([
      true, false, false, false, false,
    ]) // prettier-ignore
  })
})

describe('integrate-polar schema', () => {
  it('prints JSON and nothing else', async () => {
    const printed: string[] = []
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed.push(String(text))
      return true
    })
    const exitCode = await run(['node', 'integrate-polar', 'schema']).finally(() => {
      write.mockRestore()
    })
    expect(exitCode).toBe(0)
    expect(JSON.parse(printed.join(''))).toEqual(specJsonSchema())
  })
})

const pro = { slug: 'pro', name: 'Pro', prices: [{ amount: 2900, interval: 'month' }] }
const calls = {
  slug: 'calls', name: 'Calls', unit: 'call', aggregation: 'count', included: 0, unitAmount: '1',
} // prettier-ignore
const code = { code: 'SAVE10', percentOff: 10, duration: 'once' }

describe('a spec file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'spec-file-'))
  afterAll(() => {
    rmSync(dir, { recursive: true })
  })
  const read = (content: unknown): string => {
    const file = join(dir, 'spec.json')
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    const result = readSpecFile(file)
    return result.status === 'ok' ? 'ok' : result.message
  }

  it('may leave out what has a default, in JSON or YAML', () => {
    expect(read({ version: 1, tiers: [pro] })).toBe('ok')
    expect(read('version: 1\nproducts:\n  - { slug: kit, name: Kit, amount: 4900 }\n')).toBe('ok')
  })

  const wrong: [string, unknown, string][] = [
    ['sells nothing', { version: 1 }, 'the file: sells nothing'],
    ['a fraction of a cent', { tiers: [{ ...pro, prices: [{ amount: 29.5, interval: 'month' }] }] }, 'tiers[0].prices[0].amount: '],
    ['an amount in words', { tiers: [{ ...pro, prices: [{ amount: '29', interval: 'month' }] }] }, 'tiers[0].prices[0].amount: '],
    ['a negative amount', { products: [{ slug: 'kit', name: 'Kit', amount: -1 }] }, 'products[0].amount: '],
    ['less than Polar takes', { tiers: [{ ...pro, prices: [{ amount: 49, interval: 'month' }] }] }, 'tiers[0].prices[0].amount: must be at least 50 (0.50 USD)'],
    ['less than Polar takes in yen', { currency: 'jpy', products: [{ slug: 'kit', name: 'Kit', amount: 79 }] }, 'products[0].amount: must be at least 80 (80 JPY)'],
    ['an unknown interval', { tiers: [{ ...pro, prices: [{ amount: 2900, interval: 'quarter' }] }] }, 'tiers[0].prices[0].interval: '],
    ['two prices for one interval', { tiers: [{ ...pro, prices: [...pro.prices, ...pro.prices] }] }, 'tiers[0].prices[1].interval: is a second price'],
    ['free with a price', { tiers: [{ ...pro, free: true }] }, 'tiers[0]: must be exactly one of'],
    ['a trial without a price', { tiers: [{ slug: 'free', name: 'Free', free: true, trial: { interval: 'day', count: 7 } }] }, 'tiers[0].trial: must be null'],
    ['an unknown currency', { currency: 'btc', tiers: [pro] }, 'currency: '],
    ['an unknown key', { tiers: [{ ...pro, price: 29 }] }, 'tiers[0]: Unrecognized key: "price"'],
    ['a slug twice', { tiers: [pro], products: [{ slug: 'pro', name: 'Kit', amount: 4900 }] }, 'products[0].slug: is taken'],
    ['usage that costs nothing', { meters: [{ ...calls, unitAmount: '0.00' }] }, 'meters[0].unitAmount: must be a decimal number above 0'],
    ['usage as a number', { meters: [{ ...calls, unitAmount: 1 }] }, 'meters[0].unitAmount: '],
    ['usage of no tier', { tiers: [pro], meters: [{ ...calls, tier: 'team' }] }, 'meters[0].tier: must be the slug of a tier'],
    ['a sum of nothing', { meters: [{ ...calls, aggregation: 'sum' }] }, 'meters[0].property: must be set with "sum"'],
    ['a code that takes off nothing', { tiers: [pro], discounts: [{ code: 'SAVE', duration: 'once' }] }, 'discounts[0]: must have exactly one of'],
    ['a code that takes off two things', { tiers: [pro], discounts: [{ ...code, amountOff: 500 }] }, 'discounts[0]: must have exactly one of'],
    ['a code that repeats without end', { tiers: [pro], discounts: [{ ...code, duration: 'repeating' }] }, 'discounts[0].months: must have months'],
    ['one code in two spellings', { tiers: [pro], discounts: [code, { ...code, code: code.code.toLowerCase() }] }, 'discounts[1].code: is named twice'],
    ['a code Polar refuses', { tiers: [pro], discounts: [{ ...code, code: 'SAVE-10' }] }, 'discounts[0].code: must be letters and digits'],
  ] // prettier-ignore
  for (const [what, content, message] of wrong) {
    it(`with ${what} is refused, by path and rule`, () => {
      expect(read({ version: 1, ...(content as object) })).toContain(message)
    })
  }

  it('that is no file or no YAML is refused', () => {
    expect(readSpecFile(join(dir, 'absent.json'))).toMatchObject({ status: 'invalid' })
    expect(read('{"version": 1,')).toContain('cannot be read')
  })
})

/** Paths of properties without a description. */
function undescribed(node: unknown, path: string): string[] {
  if (typeof node !== 'object' || node === null) return []
  if (Array.isArray(node)) return node.flatMap((each) => undescribed(each, path))
  return Object.entries(node as Record<string, unknown>).flatMap(([key, value]) => {
    if (key === 'oneOf') return []
    if (key !== 'properties') return undescribed(value, path)
    return Object.entries(value as Record<string, Record<string, unknown>>).flatMap(
      ([name, property]) => [
        ...(typeof property['description'] === 'string' ? [] : [`${path}.${name}`]),
        ...undescribed(property, `${path}.${name}`),
      ],
    )
  })
}
