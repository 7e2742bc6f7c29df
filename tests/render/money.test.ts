import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { templateData } from '../../src/render/data.js'
import { renderTemplate } from '../../src/render/engine.js'
import { layoutOf } from '../../src/render/layout.js'
import { openLibrary } from '../../src/render/library.js'
import { formatMoney } from '../../src/render/money.js'
import { CURRENCIES, decimalsOf, maximumOf, minimumOf } from '../../src/polar/currencies.js'
import { parseRequest, priceTable } from '../../src/request/index.js'
import { billingSpec, hostProfile, paid } from '../support/profiles.js'

interface Format {
  formatMoney: (minorUnits: number, currency: string) => string
}

const root = mkdtempSync(join(tmpdir(), 'money-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** The front end knows the decimals of the currency that it sells in. */
async function generatedFormat(currency: string): Promise<Format> {
  const host = hostProfile()
  const layout = layoutOf(host, '1_add-billing-tables.sql')
  const logical = 'client/billing/format.ts'
  const data = templateData({ ...billingSpec([paid('Pro', 2_900)]), currency }, host)
  const name = `stacks/clients/react/${logical}`
  const place = join(root, `format-${currency}.ts`)
  writeFileSync(place, renderTemplate(openLibrary(), name, data, layout, layout.pathOf(logical)))
  return (await import(place)) as Format
}

const digitsOf = (text: string): string => text.replace(/[^\d.]/g, '').replace(/^\.+/, '')

describe('an amount of 12,345 and a half major units', () => {
  it.each(CURRENCIES)('in %s is the same wherever it is shown', async (currency) => {
    const decimals = decimalsOf(currency)
    const minor = 12_345 * 10 ** decimals + (decimals > 0 ? 50 : 0)
    const shown = decimals > 0 ? '12345.50' : '12345'
    expect(digitsOf(formatMoney(minor, currency))).toBe(shown)
    const format = await generatedFormat(currency)
    expect(digitsOf(format.formatMoney(minor, currency))).toBe(shown)
    expect(minimumOf(currency)).toBeLessThan(maximumOf(currency))
  })
})

describe('a price in words', () => {
  it.each(CURRENCIES)('in %s is shown back as it was written', (currency) => {
    const major = 25_000
    const parsed = parseRequest(`Pro ${currency.toUpperCase()} ${major} per month`)
    // Codes that are words of English too name no currency in a sentence.
    if (parsed.status !== 'ok' || parsed.spec.currency !== currency) {
      expect(parsed.status).toBe('unclear')
      return
    }
    expect(parsed.spec.tiers[0]?.prices[0]?.amount).toBe(major * 10 ** decimalsOf(currency))
    const [row] = priceTable(parsed.spec)
    expect(Number(digitsOf(row?.price ?? ''))).toBe(major)
  })
})
