/**
 * Somebody who has never seen the app buys a plan, changes it and cancels it, in a real browser:
 * both fixture hosts with billing added, built and started as in production.
 */
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startAppWithBilling, type BrowserApp } from './app.js'
import { findChromium, launchChromium } from './chromium.js'
import { states } from './states.js'
import { faultsOf, visit, type Visitor } from './visitor.js'

const chromium = findChromium()
if (chromium === null) console.warn('No Chromium on this machine: nothing is tested in a browser.')

const THREE_TIERS = '3 tiers: Free, Pro ($29/mo), Enterprise ($99/mo)'

describe.skipIf(chromium === null)('in a browser', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launchChromium(chromium ?? '')
  })
  afterAll(() => browser.close())

  describe.each(['express-pg-react', 'express4-session-tailwind'])('the host %s', (host) => {
    let app: BrowserApp
    let visitor: Visitor

    beforeAll(async () => {
      app = await startAppWithBilling(host, THREE_TIERS)
    })
    afterAll(() => app.stop())
    afterEach(async () => {
      await visitor.context.close()
      app.polar.api.recover()
      expect(app.polar.api.violations.splice(0)).toEqual([])
    })

    test.each(states)('$name', async ({ arrange, says }) => {
      visitor = await visit(browser, app)
      await arrange(visitor, app)
      const { page } = visitor
      await page.goto('/billing')
      await page.getByText(says).first().waitFor()
      expect(await faultsOf(page)).toEqual([])
      await page.goto('/pricing')
      await page.getByRole('heading', { name: 'Enterprise' }).waitFor()
      expect(await faultsOf(page)).toEqual([])
    })
  })
})
