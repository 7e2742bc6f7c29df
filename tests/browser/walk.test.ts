/**
 * Somebody who has never seen the app buys a plan, changes it and cancels it, with the mouse and
 * with the keyboard alone; and everybody finds the pages right, in whatever state they are.
 */
import { expect, test } from 'vitest'
import { keyboard, mouse, planCard, signUpByHand } from './hands.js'
import { inBrowser } from './in-browser.js'
import { states, THREE_TIERS } from './states.js'
import { faultsOf, isReadOut, reloadUntil, signUp, unevenRows } from './visitor.js'

for (const host of ['express-pg-react', 'express4-session-tailwind']) {
  inBrowser(host, [THREE_TIERS], (visit) => {
    test.each([mouse, keyboard])(
      'a plan bought, changed, canceled and kept with $name',
      async (hand) => {
        const { press } = hand
        const visitor = await visit()
        const { page, email, app } = visitor
        const { polar } = app
        const button = (name: string) => page.getByRole('button', { name, exact: true })
        const link = (name: string) => page.getByRole('link', { name, exact: true })
        const dialog = page.getByRole('dialog')
        await page.goto('/')

        await press(link('Pricing'))
        await planCard(page, 'Pro').waitFor()
        expect(await page.title()).toMatch(/^Pricing( · |$)/)
        expect(await faultsOf(page)).toEqual([])
        await press(planCard(page, 'Pro').getByRole('link'))
        await signUpByHand(visitor, hand)
        await page.getByText('You chose Pro before you signed in.').waitFor()
        expect(await faultsOf(page)).toEqual([])
        await press(button('Continue to checkout'))

        await press(button('Pay'))
        await page.getByText('Thank you').waitFor()
        expect(await page.title()).toMatch(/^Billing( · |$)/)
        await page.getByText(/Your free trial ends on/).waitFor()
        expect(await faultsOf(page)).toEqual([])
        await polar.endTrial(polar.subscriptionOf(polar.customerOf(email)))
        await reloadUntil(page.getByText(/Renews on/))
        expect(await page.getByText('Thank you').count()).toBe(0)

        await press(link('Change plan'))
        await press(button('Upgrade to Enterprise'))
        await dialog.getByText(/\$70(\.00)? before tax/).waitFor()
        expect(await faultsOf(page)).toEqual([])
        await page.keyboard.press('Escape')
        await press(button('Upgrade to Enterprise'))
        const done = page.getByText('You are now on Enterprise.')
        const confirm = dialog.getByRole('button', { name: 'Upgrade to Enterprise' })
        expect(await isReadOut(done, () => press(confirm))).toBe(true)
        await planCard(page, 'Enterprise').getByText('Current plan').waitFor()

        await press(link('Billing'))
        await page.getByText('$99 per month').waitFor()
        await reloadUntil(page.getByText('$70.00'))
        await page.getByText('$29.00').waitFor()

        const invoice = page.getByRole('button', { name: /^Invoice of/ }).first()
        const beingMade = page.getByText('The invoice is being prepared')
        expect(await isReadOut(beingMade, () => press(invoice))).toBe(true)
        expect(await faultsOf(page)).toEqual([])
        await press(invoice)
        await page.getByRole('heading', { name: 'Invoice', exact: true }).waitFor()
        await page.goBack()

        await press(button('Cancel subscription'))
        await press(dialog.getByRole('button', { name: 'Cancel subscription' }))
        // Closed, and the page knows it: its words are gone.
        await page.locator('dialog button').first().waitFor({ state: 'detached' })
        await page.getByText(/You keep Enterprise until/).waitFor()
        await press(button('Keep subscription'))
        await page.getByText(/Renews on/).waitFor()
        expect(await faultsOf(page)).toEqual([])
      },
    )

    test.each(states)('$name', async ({ arrange, says }) => {
      const visitor = await visit()
      const { page, app } = visitor
      await arrange(visitor, app)
      await page.goto('/billing')
      await page.getByText(says).first().waitFor()
      expect(await faultsOf(page)).toEqual([])
      await page.goto('/pricing')
      await planCard(page, 'Enterprise').waitFor()
      expect([...(await faultsOf(page)), ...(await unevenRows(page))]).toEqual([])
    })

    test('a checkout that cannot be opened moves nothing', async () => {
      const visitor = await visit()
      const { page, app } = visitor
      await signUp(visitor, app)
      app.polar.api.fail('POST /v1/checkouts/', { status: 503 })
      await page.goto('/pricing')
      await planCard(page, 'Pro').getByRole('button', { disabled: false }).waitFor()
      const buttons = page.getByRole('main').getByRole('button')
      const places = async () => Promise.all((await buttons.all()).map((one) => one.boundingBox()))
      const before = await places()
      await planCard(page, 'Pro').getByRole('button').click()
      await page.getByText(/payment provider cannot be reached/).waitFor()
      expect(await places()).toEqual(before)
      expect(await faultsOf(page)).toEqual([])
    })
  })
}
