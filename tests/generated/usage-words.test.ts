import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { templateData } from '../../src/render/data.js'
import { renderTemplate } from '../../src/render/engine.js'
import { layoutOf } from '../../src/render/layout.js'
import { openLibrary } from '../../src/render/library.js'
import { billingSpec, hostProfile, meter, paid } from '../support/profiles.js'
import { standInReact } from '../support/stand-in-react.js'

interface UsageFormat {
  formatUnitPrice: (unitAmount: string, currency: string) => string
  formatAmount: (minorUnits: number, currency: string) => string
  formatUnits: (quantity: number, meter: { unit: string }) => string
  costsOf: (usage: object, days: { start: string; used: number }[]) => Map<string, string> | null
}

interface View {
  by: 'day' | 'month'
  from: string
  to: string
}

interface UsageSpans {
  viewOf: (by: View['by'], back: number, today: Date) => View
  spansOf: (view: View, days: { day: string; used: number }[]) => { start: string; used: number }[]
}

const root = mkdtempSync(join(tmpdir(), 'usage-words-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
standInReact(root)

const OF_ALL = ['format', 'texts', 'api', 'hooks'].map((name) => `client/billing/${name}.ts`)

/** What a module keeps to itself and is tried here. */
const TRIED: Record<string, string> = {
  'client/billing/usage-hooks.ts': 'export { spansOf }',
}

/** A module of the generated front end that shows nothing itself. */
async function generated(logical: string, currency = 'usd'): Promise<unknown> {
  const meters = [meter('Calls', { tier: 'pro' })]
  const spec = { ...billingSpec([paid('Pro', 2_900)]), meters, currency }
  const host = hostProfile()
  const layout = layoutOf(host, '1_add-billing-tables.sql')
  const name = `${OF_ALL.includes(logical) ? 'stacks/clients/react' : 'features/usage'}/${logical}`
  const data = templateData(spec, host)
  const place = join(root, currency, basename(logical))
  mkdirSync(dirname(place), { recursive: true })
  const text = renderTemplate(openLibrary(), name, data, layout, layout.pathOf(logical))
  writeFileSync(place, `${text}\n${TRIED[logical] ?? ''}`)
  return import(place) as Promise<unknown>
}

/** The front end knows the decimals of the currency that it sells in. */
async function formatIn(currency: string): Promise<UsageFormat> {
  for (const logical of OF_ALL) await generated(logical, currency)
  const amounts = (await generated('client/billing/format.ts', currency)) as object
  const units = (await generated('client/billing/usage-texts.ts', currency)) as object
  return { ...amounts, ...units } as UsageFormat
}

const [format, formatInYen] = [await formatIn('usd'), await formatIn('jpy')]
await generated('client/billing/usage-api.ts')
const spans = (await generated('client/billing/usage-hooks.ts')) as UsageSpans

describe('a price by the unit', () => {
  it.each([
    ['1', 'usd', '$0.01'],
    ['0.2', 'usd', '$0.002'],
    ['0.002', 'usd', '$0.00002'],
    ['0.000000000001', 'usd', '$0.00000000000001'],
    ['12.5', 'usd', '$0.125'],
    ['80', 'usd', '$0.80'],
    ['200', 'usd', '$2'],
    ['1234567', 'usd', '$12,345.67'],
    ['0', 'usd', '$0'],
    ['0.5', 'jpy', '¥0.5'],
    ['100', 'jpy', '¥100'],
    ['50', 'huf', 'HUF\u00a00.50'],
    ['250000', 'idr', 'IDR\u00a02,500'],
  ])('of %s %s is %s, to the last decimal', (unitAmount, currency, text) => {
    const { formatUnitPrice } = currency === 'jpy' ? formatInYen : format
    expect(formatUnitPrice(unitAmount, currency)).toBe(text)
  })
})

describe('an amount on an invoice', () => {
  it('has the decimals of its currency', () => {
    expect(format.formatAmount(2_900, 'usd')).toBe('$29.00')
    expect(format.formatAmount(5, 'usd')).toBe('$0.05')
    expect(format.formatAmount(-1_580, 'usd')).toBe('-$15.80')
    expect(formatInYen.formatAmount(61_228_395, 'jpy')).toBe('¥61,228,395')
  })
})

describe('what a day cost', () => {
  const days = [
    { start: '2026-11-01', used: 50 },
    { start: '2026-11-02', used: 100 },
    { start: '2026-11-03', used: 0 },
    { start: '2026-11-04', used: 30 },
  ]
  const usage = { included: 120, used: 160, unitAmount: '1.5', periodStart: '2026-11-01T12:00:00Z' }

  it('begins where what is included ends; the day of the beginning counts from then on', () => {
    // 30 of the first day are the period's: 160 less what came later.
    expect([...(format.costsOf(usage, days) ?? [])]).toEqual([
      ['2026-11-04', '45'],
      ['2026-11-03', '0'],
      ['2026-11-02', '15'],
      ['2026-11-01', '0'],
    ])
  })

  it('is not known of days before the period, nor where the plan does not carry the meter', () => {
    const later = { ...usage, used: 130, periodStart: '2026-11-02T00:00:00Z' }
    expect([...(format.costsOf(later, days) ?? new Map()).keys()]).not.toContain('2026-11-01')
    expect(format.costsOf({ ...usage, included: null }, days)).toBeNull()
  })
})

describe('a quantity', () => {
  it.each([
    [1, 'API call', '1 API call'],
    [10_000, 'API call', '10,000 API calls'],
    [0, 'query', '0 queries'],
    [2, 'search', '2 searches'],
    [0.5, 'GB', '0.5 GB'],
    [3, 'SMS', '3 SMS'],
    [2, 'نداء', '2 نداء'],
  ])('of %s %s is "%s"', (quantity, unit, text) => {
    expect(format.formatUnits(quantity, { unit })).toBe(text)
  })
})

describe('usage over time', () => {
  const today = new Date('2028-03-01T00:30:00Z')

  it('shows 30 days or 12 whole months, and goes back without a gap', () => {
    expect(spans.viewOf('day', 0, today)).toEqual({
      by: 'day',
      from: '2028-02-01',
      to: '2028-03-01',
    })
    expect(spans.viewOf('day', 1, today)).toEqual({
      by: 'day',
      from: '2028-01-02',
      to: '2028-01-31',
    })
    expect(spans.viewOf('month', 0, today)).toEqual({
      by: 'month',
      from: '2027-04-01',
      to: '2028-03-31',
    })
    expect(spans.viewOf('month', 1, today).to).toBe('2027-03-31')
  })

  it('has every day, also those without usage', () => {
    const view = spans.viewOf('day', 0, today)
    const shown = spans.spansOf(view, [{ day: '2028-02-29', used: 7 }])
    expect(shown).toHaveLength(30)
    expect(shown.filter(({ used }) => used > 0)).toEqual([{ start: '2028-02-29', used: 7 }])
  })

  it('adds days up to months', () => {
    const days = [
      { day: '2028-03-01', used: 0.1 },
      { day: '2028-02-29', used: 0.1 },
      { day: '2028-02-01', used: 0.2 },
    ]
    const shown = spans.spansOf(spans.viewOf('month', 0, today), days)
    expect(shown).toHaveLength(12)
    expect(shown.slice(-2)).toEqual([
      { start: '2028-02-01', used: 0.3 },
      { start: '2028-03-01', used: 0.1 },
    ])
  })
})
