import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRequest, priceTable, type ParsedRequest } from '../../src/request/index.js'
import { charged, inWords, sold, styles } from './words.js'

const given = process.env.PROPERTY_RUNS
const numRuns = Number(given ?? 10_000)
/** Random texts are cheap. */
const textRuns = Number(given ?? 100_000)
const timeout = 60_000 + Math.max(numRuns, textRuns) * 10

// Pieces that mean something to the parser, in any order, find what whole sentences do not.
const fragments = fc.constantFrom(
  'Pro', 'free', 'Free', '$', '$29', '29', '€5', '/mo', '/', 'per', 'month', 'a year', 'monthly', 'yearly', ',', ';', '\n', '- ',
  '(', ')', ':', '+', 'and', 'or', 'then', 'over', '10k', '1M', 'API calls', 'per API call', '$0.01', '%', '20%', 'off', 'code',
  'SAVE20', 'trial', '14-day', '14', 'days', 'no', 'with', 'first', 'included', 'extra', 'one-time', 'lifetime', 'contact us',
  'seat', 'per seat', 'billed annually', 'was', 'from', 'up to', '3 tiers', 'tiers', 'USD', 'EUR', '-', '—', '.', '?', '|', '"', '`',
 'x', 'each', 'average', 'k', 'under', 'max', 'half', 'cents', 'dollars', '~~', '1 299', "1'299", '10_000', '9,99', '0,005', '2.9%', 'save', 'credits', '~', '=',
  'only', 'per 1,000', 'billed', 'students', 'A', 'VAT', 'incl', 'Rs', 'kr', 'twenty', 'first month', 'instead of', 'Team', 'Basic', '| ', '---', '# ', '**',
  '14d', 'half a', 'week-long', '(not sure)', 'pro Monat', '/Monat', 'und', '(1)', 'Swiss francs', '(tbd)', 'PAYG', 'or yearly', '1,20,000',
  '${x}', '</script>', '{{y}}', '../', '🚀', '\u202e', '1,000', '1.000', '12,50', '.5', '0', '-5', 'half', 'x'.repeat(70), '\u0000',
) // prettier-ignore
const jumble = fc
  .array(fc.tuple(fragments, fc.constantFrom(' ', '', ' ')), { maxLength: 40 })
  .map((parts) => parts.map(([piece, blank]) => piece + blank).join(''))
const anything = fc.oneof(
  { weight: 4, arbitrary: jumble },
  { weight: 1, arbitrary: fc.string({ maxLength: 200, unit: 'binary' }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 200, unit: 'grapheme' }) },
)

describe('a spec put into words', () => {
  it(
    'is read back, or unclear, and never charges something else',
    () => {
      let read = 0
      let asked = 0
      fc.assert(
        fc.property(sold, styles, (spec, style) => {
          const words = inWords(spec, style)
          const parsed = parseRequest(words, { trial: false })
          if (parsed.status === 'unclear') {
            asked++
            expect(parsed.unclear.length).toBeGreaterThan(0)
            return
          }
          read++
          expect(charged(parsed.spec), words).toEqual(charged(spec))
        }),
        { numRuns },
      )
      // "Unclear" is always safe; a parser that always says it is useless.
      expect(read).toBeGreaterThan(asked)
    },
    timeout,
  )
})

describe('any text at all', () => {
  it(
    'is read or unclear, with prices that stand in it and names that fit',
    () => {
      let slowest = 0
      fc.assert(
        fc.property(anything, (text) => {
          const parsed = quickest(text, (taken) => {
            slowest = Math.max(slowest, taken)
          })
          if (parsed.status === 'unclear') {
            expect(parsed.unclear.length).toBeGreaterThan(0)
            return
          }
          const { tiers, products, meters } = parsed.spec
          const values = valuesIn(text)
          for (const { amount } of [...tiers.flatMap((tier) => tier.prices), ...products]) {
            expect(values.has(amount), `${amount} in ${JSON.stringify(text)}`).toBe(true)
          }
          for (const tier of tiers) {
            const kinds = [tier.free, tier.contactSales, tier.prices.length > 0].filter(Boolean)
            expect(kinds).toHaveLength(1)
            expect(tier.name.length).toBeGreaterThan(0)
            expect(tier.name.length).toBeLessThanOrEqual(64)
            for (const feature of tier.features) expect(feature.length).toBeLessThanOrEqual(200)
          }
          const slugs = tiers.map((tier) => tier.slug)
          expect(new Set(slugs).size).toBe(slugs.length)
          for (const { slug } of [...tiers, ...products, ...meters])
            expect(slug).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
          expect(tiers.length + products.length + meters.length).toBeGreaterThan(0)
          expect(priceTable(parsed.spec).length).toBeGreaterThan(0)
        }),
        { numRuns: textRuns },
      )
      expect(slowest, 'milliseconds').toBeLessThan(50)
    },
    timeout,
  )
})

describe('a word that hedges a price', () => {
  const hedges = fc.constantFrom('from', 'up to', 'about', 'starting at', 'roughly', 'at least', '~', 'was', 'save', 'under', 'minus', 'not', 'less than', 'more than', 'around', 'between', 'originally', 'maybe', 'usually') // prettier-ignore
  it(
    'makes the request unclear wherever it stands',
    () => {
      fc.assert(
        fc.property(sold, styles, hedges, fc.nat(), (spec, style, hedge, pick) => {
          const words = inWords(spec, { ...style, money: 'sign' })
          const places = [...words.matchAll(/[$€£]/g)].map((match) => match.index)
          const place = places[pick % places.length]
          if (place === undefined) return
          const hedged = `${words.slice(0, place)} ${hedge} ${words.slice(place)}`
          expect(parseRequest(hedged).status, hedged).toBe('unclear')
        }),
        { numRuns: Math.ceil(numRuns / 5) },
      )
    },
    timeout,
  )
})

describe('a remark on a price', () => {
  const remarks = ['not sure yet', 'tbd', 'for now', 'students half price', 'if paid by card', 'when you have fewer than 10 employees', 'for the first 100 customers', 'EU only', 'new customers only', 'launch price', 'intro price', 'limited time', 'approx.', 'minimum', 'negotiable', 'subject to change', 'annual contract', 'price goes up in June', 'as long as you stay small', 'while in beta', 'per site', 'starting January'] // prettier-ignore
  const written: ((price: string, remark: string) => string)[] = [
    (price, remark) => `${price} (${remark})`,
    (price, remark) => `${price} - ${remark}`,
    (price, remark) => `${price}, ${remark}`,
  ]
  it.each(remarks)(
    'such as "%s" is asked about, in brackets, behind a dash or a comma',
    (remark) => {
      for (const write of written) {
        for (const price of ['Pro $29/mo', 'Basic $9/mo, Pro $29/mo', 'Pro: $29/mo or $290/yr']) {
          const words = write(price, remark)
          expect(parseRequest(words).status, words).toBe('unclear')
        }
      }
    },
  )
})

describe('a word beside a trial', () => {
  const changing = ['not a', 'maybe a', 'up to a', 'about a', 'an optional', 'at least a', 'students get a', 'Gold has a', 'half a', 'a paid'] // prettier-ignore
  it.each(changing)('such as "%s" is asked about', (before) => {
    for (const plans of ['Pro $29/mo', 'Pro $29/mo, Team $99/mo']) {
      for (const between of [', ', '. ', '\n']) {
        const words = `${plans}${between}${before} 7-day trial`
        expect(parseRequest(words).status, words).toBe('unclear')
      }
    }
  })
})

/** Reads a text; where that seems slow, again: other work on the machine is not the parser's. */
function quickest(text: string, report: (milliseconds: number) => void): ParsedRequest {
  let best = Number.POSITIVE_INFINITY
  for (let attempt = 0; ; attempt++) {
    const start = performance.now()
    const parsed = parseRequest(text)
    best = Math.min(best, performance.now() - start)
    if (best < 50 || attempt === 50) {
      report(best)
      return parsed
    }
  }
}

describe('a longer request', () => {
  const shapes = ['Pro $29/mo, ', 'a ', '$0.01 per call, ', '(', '1 299 ', "1'299", '- x\n', 'first ', 'per each ', '5% + ', 'no '] // prettier-ignore
  for (const shape of shapes) {
    it(`of ${JSON.stringify(shape)} takes no more than its share of time`, () => {
      const time = (length: number): number => {
        const text = shape.repeat(Math.ceil(length / shape.length)).slice(0, length)
        const start = performance.now()
        parseRequest(text)
        return performance.now() - start
      }
      time(2_000)
      // Eight times the text: linear is 8; squares would be 64. A millisecond is noise. Other work
      // on the machine can only lengthen a time, so the shortest ones of many are compared.
      let [short, long] = [Infinity, Infinity]
      for (let attempt = 0; attempt < 100 && long > Math.max(short * 40, 10); attempt++) {
        short = Math.min(short, time(2_000))
        long = Math.min(long, time(16_000))
      }
      expect(long).toBeLessThanOrEqual(Math.max(short * 40, 10))
    })
  }
})

/** Every number of a text, with and without 'k' and 'M', in minor units of either kind. */
function valuesIn(text: string): Set<number> {
  const values = new Set<number>()
  // Groups of three may be set apart by a blank, an apostrophe or a line below.
  const joined = text.normalize('NFKC').replace(/(?<=\d)[\s\p{Cf}'’_](?=\d{3})/gu, '')
  for (const [, digits = ''] of `${text}\n${joined}`.matchAll(/(?=((?:\d[\d.,]*|\.\d+)))/g)) {
    for (let length = 1; length <= digits.length; length++) {
      const written = digits.slice(0, length)
      const forms = [written.replace(/,/g, ''), written.replace(/\./g, '').replace(',', '.')]
      for (const number of forms.map(Number)) {
        for (const factor of [1, 1e2, 1e3, 1e5, 1e6, 1e8]) values.add(Math.round(number * factor))
      }
    }
  }
  return values
}
