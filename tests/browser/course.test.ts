/** Something that is paid once: bought, and given back. */
import { expect, test } from 'vitest'
import { mouse, signUpByHand } from './hands.js'
import { inBrowser } from './in-browser.js'
import { faultsOf, reloadUntil } from './visitor.js'

inBrowser('express4-session-tailwind', ['sell course for $299 one-time payment'], (visit) => {
  test('is bought, and shown as refunded afterwards', async () => {
    const visitor = await visit()
    const { page, app, email } = visitor
    const { polar } = app
    await page.goto('/')
    await page.getByRole('link', { name: 'Pricing' }).click()
    await page.getByText('$299').first().waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('link', { name: /buy/i }).click()
    await signUpByHand(visitor, mouse)
    await page.getByRole('link', { name: 'Pricing' }).click()
    await page.getByRole('button', { name: /buy/i }).click()
    await page.getByRole('button', { name: 'Pay' }).click()
    await page.getByText('Thank you').waitFor()
    await page.getByText(/Bought on/).waitFor()
    expect(await faultsOf(page)).toEqual([])

    const customer = polar.customerOf(email)
    const [order] = [...polar.api.orders.values()].filter((one) => one.customer.id === customer.id)
    if (!order) throw new Error('Polar has no order')
    await polar.refund(order)
    await reloadUntil(page.getByText(/Refunded on/))
    expect(await faultsOf(page)).toEqual([])
    await page.getByRole('link', { name: 'Pricing' }).click()
    await page.getByRole('button', { name: /buy/i }).waitFor()
  })
})
