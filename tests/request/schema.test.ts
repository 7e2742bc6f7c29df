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
    const exitCode = await run(['schema']).finally(() => {
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

  it.each([
    ['lists', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['mappings', '{"a":'.repeat(10_000) + '1' + '}'.repeat(10_000)],
    ['entries', '- '.repeat(10_000)],
    ['keys', '? '.repeat(20_000)],
    ['aliases', `a: &a [x,x]\n${[...'bcdefghijk'].map((to, at) => `${to}: &${to} [${`*${'abcdefghij'[at]},`.repeat(9)}]`).join('\n')}`],
    ['a prototype', '{"__proto__":{"version":1},"products":[]}'],
  ])('without end or bottom is refused, and is no defect: %s', (_, text) => {
    expect(read(text)).toMatch(/nests more deeply|Excessive alias|has no field|is missing/)
  }) // prettier-ignore

  it('may have Windows line endings and a byte order mark', () => {
    expect(
      read(
        '\ufeffversion: 1\r\nproducts:\r\n  - slug: kit\r\n    name: Kit\r\n    amount: 4900\r\n',
      ),
    ).toBe('ok')
  })

  it('may have names in any script, and emoji', () => {
    for (const name of [
      '👩‍💻 Devs',
      '❤️ Pro',
      '🏴󠁧󠁢󠁥󠁮󠁧󠁿 England',
      '👍🏽 Team',
      '1️⃣ One',
      'פרו',
      'برو',
      'می‌خواهم',
      'श्री‍मान',
      '葛󠄀',
    ]) {
      // prettier-ignore
      expect(read({ version: 1, tiers: [{ ...pro, name, features: [name] }] }), name).toBe('ok')
    }
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
    ['an unknown currency', { currency: 'btc', tiers: [pro] }, 'currency: must be the ISO 4217 code'],
    ['a currency in capitals', { currency: 'USD', tiers: [pro] }, 'currency: must be in lower case: "usd"'],
    ['more than Polar takes', { currency: 'idr', products: [{ slug: 'kit', name: 'Kit', amount: 1_600_000_100 }] }, 'products[0].amount: must be at most 1600000000 (16000000.00 IDR)'],
    ['an amount as large as 1e21', { products: [{ slug: 'kit', name: 'Kit', amount: 1e21 }] }, 'write "1e+21" in line 1'],
    ['a price every 0 months', { tiers: [{ ...pro, prices: [{ amount: 2900, interval: 'month', intervalCount: 0 }] }] }, 'tiers[0].prices[0].intervalCount: must be a whole number from 1 to 999'],
    ['a price every billion months', { tiers: [{ ...pro, prices: [{ amount: 2900, interval: 'month', intervalCount: 1_000_000_000 }] }] }, 'tiers[0].prices[0].intervalCount: must be'],
    ['a year in two forms', { tiers: [{ ...pro, prices: [{ amount: 2900, interval: 'year' }, { amount: 2800, interval: 'month', intervalCount: 12 }] }] }, 'tiers[0].prices[1].interval: is a second price'],
    ['a seat and no seat', { tiers: [{ ...pro, prices: [{ amount: 2900, interval: 'month', perSeat: true }, { amount: 29000, interval: 'year' }] }] }, 'tiers[0].prices[1].perSeat: must be the same'],
    ['a trial of no days', { tiers: [{ ...pro, trial: { interval: 'day', count: 0 } }] }, 'tiers[0].trial.count: must be'],
    ['a tier of no kind', { tiers: [{ slug: 'pro', name: 'Pro' }] }, 'tiers[0]: must be exactly one of'],
    ['a name twice', { tiers: [pro, { ...pro, slug: 'two', name: ' PRO ' }] }, 'tiers[1].name: is the name of another one'],
    ['a name on two lines', { tiers: [{ ...pro, name: 'Pro\nfree' }] }, 'tiers[0].name: must be one line'],
    ['a name that cannot be seen', { tiers: [{ ...pro, name: ' \u0301' }] }, 'tiers[0].name: must have a letter'],
    ['a name that reads backwards', { tiers: [{ ...pro, name: 'Pro \u202eeerF' }] }, 'tiers[0].name: has the invisible U+202E'],
    ['a product with a direction mark', { products: [{ slug: 'kit', name: 'Kit\u200f', amount: 4900 }] }, 'products[0].name: has the invisible U+200F'],
    ['a feature with an isolate', { tiers: [{ ...pro, features: ['a \u2067b\u2069'] }] }, 'tiers[0].features[0]: has the invisible U+2067'],
    ['a meter with a direction mark', { tiers: [pro], meters: [{ ...calls, tier: 'pro', name: '\u061cCalls' }] }, 'meters[0].name: has the invisible U+061C'],
    ['a unit with a direction mark', { tiers: [pro], meters: [{ ...calls, tier: 'pro', unit: 'call\u200e' }] }, 'meters[0].unit: has the invisible U+200E'],
    ['a property that reads backwards', { tiers: [pro], meters: [{ ...calls, tier: 'pro', aggregation: 'sum', property: 'a\u202e' }] }, 'meters[0].property: has the invisible U+202E'],
    ['a zero-width space', { tiers: [{ ...pro, name: 'Pr\u200bo' }] }, 'tiers[0].name: has the invisible U+200B; take it out'],
    ['a joiner between plain letters', { tiers: [{ ...pro, name: 'Pr\u200do' }] }, 'tiers[0].name: has the invisible U+200D'],
    ['a word joiner', { tiers: [{ ...pro, name: 'Pro\u2060' }] }, 'tiers[0].name: has the invisible U+2060'],
    ['a soft hyphen', { tiers: [{ ...pro, name: 'Enter\u00adprise' }] }, 'tiers[0].name: has the invisible U+00AD'],
    ['text hidden in tag characters', { tiers: [{ ...pro, name: 'Pro\u{e0046}\u{e0052}' }] }, 'tiers[0].name: has the invisible U+E0046'],
    ['a name of blanks that are letters', { tiers: [{ ...pro, name: '\u3164\u3164' }] }, 'tiers[0].name: has the invisible U+3164'],
    ['a code with a joiner', { tiers: [pro], discounts: [{ ...code, code: 'SAVE\u200d10' }] }, 'discounts[0].code: must be letters and digits'],
    ['a slug that leaves the folder', { tiers: [{ ...pro, slug: '../pro' }] }, 'tiers[0].slug: must be lower-case words'],
    ['usage of a tier on request', { tiers: [pro, { slug: 'ent', name: 'Ent', contactSales: true }], meters: [{ ...calls, tier: 'ent' }] }, 'meters[0].tier: must be a tier that is sold here'],
    ['usage of any tier', { tiers: [pro], meters: [calls] }, 'meters[0].tier: must name the tier that carries it, like "pro"'],
    ['usage that costs a fortune', { meters: [{ ...calls, unitAmount: '100000000' }] }, 'meters[0].unitAmount: must be a decimal'],
    ['a third of a percent', { tiers: [pro], discounts: [{ ...code, percentOff: 33.333 }] }, 'discounts[0].percentOff: must have at most two decimals'],
    ['more than everything off', { tiers: [pro], discounts: [{ ...code, percentOff: 101 }] }, 'discounts[0].percentOff: must be at most 100'],
    ['months off what is bought once', { products: [{ slug: 'kit', name: 'Kit', amount: 4900 }], discounts: [{ ...code, duration: 'repeating', months: 3 }] }, 'discounts[0].duration: must be once or forever'],
    ['a thousand tiers', { tiers: Array.from({ length: 1000 }, (_, at) => ({ ...pro, slug: `p${at}`, name: `P${at}` })) }, 'tiers: must have at most 100 entries'],
    ['a version to come', { version: 2, tiers: [pro] }, 'version: must be 1'],
    ['the fields of another format', { plans: [] }, 'the file: has no field "plans"'],
    ['an unknown key', { tiers: [{ ...pro, price: 29 }] }, 'tiers[0]: has no field "price"'],
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

  const rest = 'slug: pro, name: Pro, prices: [{ interval: month, amount: '
  const hostile: [string, string, string][] = [
    ['dollars with their cents', `{ version: 1, tiers: [{ ${rest}99.00 }] }] }`, '"99.00" in line 1 must be a whole number'],
    ['a number with a zero before it', `{ version: 1, tiers: [{ ${rest}02900 }] }] }`, 'write "02900" in line 1 as a decimal'],
    ['a hexadecimal number', `{ version: 1, tiers: [{ ${rest}0x1F4 }] }] }`, 'write "0x1F4" in line 1'],
    ['no number', `{ version: 1, tiers: [{ ${rest}.nan }] }] }`, 'write ".nan" in line 1'],
    ['a field given twice', `{ version: 1, tiers: [{ ${rest}2900, amount: 100 }] }] }`, 'Map keys must be unique'],
    ['a tag', 'version: 1\ntiers: !!js/function "function(){}"', 'Unresolved tag'],
    ['a tag of its own', 'version: 1\ntiers: !free []', 'Unresolved tag: !free'],
    ['two documents', 'version: 1\n---\nversion: 1\n', 'multiple documents'],
    ['aliases of aliases', ['a: &a [x,x,x,x,x,x,x,x,x]', ...[...'bcdefghi'].map((key, at) => `${key}: &${key} [${Array<string>(9).fill(`*${'abcdefgh'[at] ?? ''}`).join(',')}]`)].join('\n'), 'Excessive alias count'],
    ['a list in itself', 'version: 1\ntiers: &a [*a]', 'tiers[0]: must be a mapping of fields, and is a list'],
    ['a list as the name of a field', '? [version]\n: 1', 'where the name of a field should'],
    ['a prototype', '{"version":1,"__proto__":{"gating":true},"products":[{"slug":"kit","name":"Kit","amount":4900}]}', 'has no field "__proto__"'],
    ['words', 'Pro $29/mo, Team $99/mo', 'the file: must be a mapping of fields, and is text'],
    ['nothing in it', '', 'the file: must be a mapping of fields, and is null'],
    ['ten thousand brackets', '['.repeat(10_000), 'cannot be read'],
    ['two megabytes', ' '.repeat(2 * 1024 * 1024), 'larger than 1 MiB'],
  ] // prettier-ignore
  for (const [what, content, message] of hostile) {
    it(`with ${what} is refused`, () => {
      expect(read(content)).toContain(message)
    })
  }

  it('that never ends, or is a folder, is refused', () => {
    expect(readSpecFile('/dev/zero')).toMatchObject({ status: 'invalid' })
    expect(readSpecFile(dir)).toMatchObject({ status: 'invalid' })
  })

  it('may begin with a byte order mark, and be indented with tabs as JSON is', () => {
    const spec = { version: 1, tiers: [pro] }
    expect(read(`\ufeff${JSON.stringify(spec, null, '\t')}`)).toBe('ok')
  })

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
