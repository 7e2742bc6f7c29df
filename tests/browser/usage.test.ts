/** What a subscriber has used of what is included, as the page shows it. */
import { expect, test } from 'vitest'
import { inBrowser } from './in-browser.js'
import { faultsOf, subscribe, useApiCalls } from './visitor.js'

const USAGE = '$49/mo base + $0.01 per API call over 10k'

inBrowser('express-pg-react', [USAGE, '--track', '/api/projects'], (visit) => {
  test('shows 50, 90 and 160 % of what is included', async () => {
    const visitor = await visit()
    const { page, app } = visitor
    const [price] = app.polar.prices
    if (!price) throw new Error('Nothing is sold')
    await subscribe(visitor, app, price)
    const usage = page.getByRole('region', { name: 'Usage', exact: true })
    const invoice = page.getByRole('region', { name: /invoice/i })

    await useApiCalls(visitor, app, 5_000)
    await page.goto('/billing')
    await usage.getByText('5,000 of 10,000 API calls used').waitFor()
    await invoice.getByText('$49.00').first().waitFor()
    expect(await faultsOf(page)).toEqual([])

    await useApiCalls(visitor, app, 4_000)
    await page.reload()
    await usage.getByText('9,000 of 10,000 API calls used').waitFor()
    expect(await faultsOf(page)).toEqual([])

    await useApiCalls(visitor, app, 7_000)
    await page.reload()
    await usage.getByText('16,000 of 10,000 API calls used').waitFor()
    await invoice.getByText('$109.00').first().waitFor()
    expect(await faultsOf(page)).toEqual([])
  })
})
