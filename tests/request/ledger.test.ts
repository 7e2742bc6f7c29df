import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRequest } from '../../src/request/index.js'
import { inWords, sold, styles } from './words.js'

const numRuns = Number(process.env.PROPERTY_RUNS ?? 3_000)
const timeout = 60_000 + numRuns * 10

// Each with the word of it that must be found again, in the spec or among what was left out.
const extras = fc.constantFrom(
  ['77%', '77'], ['(77%)', '77'], ['-777', null], ['-77%', null], ['(-777)', null], ['777', '777'], ['(777)', '777'],
  ['77 widgets', '77'], ['(77 widgets)', '77'], ['+ 77 widgets', '77'], ['77 GB', '77'], ['77 users', '77'],
  ['77 requests/day', '77'], ['first 77 free', '77'], ['77k emails free', '77'], ['77 TB included', '77'],
  ['½', '½'], ['(½)', '½'], ['per 77 widgets', '77'],
  ['/77 widgets', '77'], ['every 77 days', '77'], ['77 days', '77'], ['for 77 weeks', '77'], ['XX$', null],
  ['77 for 7', '77'], ['(half for nonprofits)', null], ['(77% for nonprofits)', null], ['yearly -77%', '77%'],
) // prettier-ignore

describe('whatever counts, put anywhere into a request', () => {
  it(
    'is charged, shown, left out with an assumption, or asked about',
    () => {
      let read = 0
      fc.assert(
        fc.property(sold, styles, extras, fc.nat(), (spec, style, [extra, word], pick) => {
          const words = inWords(spec, style)
          const places = [...words.matchAll(/ |\n|$/g)].map(({ index }) => index)
          const place = places[pick % places.length] ?? 0
          const text = `${words.slice(0, place)} ${extra ?? ''}${words.slice(place)}`
          const parsed = parseRequest(text, { trial: true })
          if (parsed.status === 'unclear') return
          read++
          const said = JSON.stringify([parsed.spec, parsed.assumptions])
          expect(word !== null && said.includes(word), text).toBe(true)
        }),
        { numRuns },
      )
      expect(read).toBeGreaterThan(0)
    },
    timeout,
  )
})

describe('what is written against a sign', () => {
  const letters = fc.oneof(
    fc.constantFrom('AR', 'CDN', 'RD', 'J', 'TT', 'Mex', 'U', 'R', 'S', 'A', 'C', 'HK', 'NZ', 'B', 'L', 'Bs', 'AUD'),
    fc.stringMatching(/^[A-Z]{1,3}$/).filter((text) => !/^(?:USD?|VIP|PRO|MAX|DUO)$/.test(text)),
  ) // prettier-ignore
  it(
    'as letters is never US dollars',
    () => {
      let read = 0
      fc.assert(
        fc.property(sold, styles, letters, (spec, style, before) => {
          const words = inWords({ ...spec, currency: 'usd' }, { ...style, money: 'sign' })
          if (!words.includes('$')) return
          const parsed = parseRequest(words.replaceAll('$', `${before}$`))
          if (parsed.status === 'unclear') return
          read++
          expect(parsed.spec.currency, words).not.toBe('usd')
          for (const { name } of parsed.spec.tiers) expect(name.endsWith(` ${before}`)).toBe(false)
        }),
        { numRuns },
      )
      expect(read).toBeGreaterThan(0)
    },
    timeout,
  )

  it(
    'as a minus makes the request unclear, behind a blank, a bracket or a colon',
    () => {
      fc.assert(
        fc.property(sold, styles, fc.nat(), (spec, style, pick) => {
          const words = inWords(spec, { ...style, money: 'sign' })
          const places = [...words.matchAll(/(?<=[ (:,|])[$€£]/g)].map(({ index }) => index)
          const place = places[pick % places.length]
          if (place === undefined) return
          const text = `${words.slice(0, place)}-${words.slice(place)}`
          expect(parseRequest(text).status, text).toBe('unclear')
        }),
        { numRuns },
      )
    },
    timeout,
  )
})

describe('what a one-time product is said to hold', () => {
  it('is left out, since nothing shows it, and is listed', () => {
    const parsed = parseRequest('Ebook $19 once (200 pages)')
    expect(parsed.status).toBe('ok')
    expect(parsed.assumptions.map(({ value }) => value)).toContain('200 pages')
  })
})
