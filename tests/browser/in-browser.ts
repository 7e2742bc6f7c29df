import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest'
import { startAppWithBilling, type BrowserApp } from './app.js'
import { findChromium, launchChromium } from './chromium.js'
import { visit, type Visitor } from './visitor.js'

const chromium = findChromium()
if (chromium === null) console.warn('No Chromium on this machine: nothing is tested in a browser.')

export interface Visit extends Visitor {
  app: BrowserApp
}

/**
 * Tests in a browser of one host with billing for one request. They are skipped where there is no
 * Chromium. After each of them, Polar must have understood everything that was asked of it, and no
 * page may have logged an error.
 *
 * @param request in words, as the command takes it, and options
 * @param define the tests; each calls `visit` for a visitor of its own
 */
export function inBrowser(
  host: string,
  request: string[],
  define: (visit: () => Promise<Visit>) => void,
): void {
  describe.skipIf(chromium === null)(`${host}, ${request[0]}`, () => {
    let browser: Browser
    let app: BrowserApp
    let visits: Visit[] = []
    const errors: string[] = []

    beforeAll(async () => {
      app = await startAppWithBilling(host, ...request)
      browser = await launchChromium(chromium ?? '')
    })
    afterAll(async () => {
      await browser?.close()
      await app?.stop()
    })
    afterEach(async ({ task }) => {
      for (const { context, page } of visits) {
        if (task.result?.state === 'fail') {
          console.error(`${page.url()} says:\n${await page.innerText('body')}\n${app.output()}`)
        }
        await context.close()
      }
      visits = []
      app.polar.api.recover()
      expect(app.polar.api.violations.splice(0)).toEqual([])
      expect(errors.splice(0)).toEqual([])
    })

    define(async () => {
      const visitor = await visit(browser, app)
      visitor.page.on('pageerror', (error) => errors.push(String(error)))
      const one = { ...visitor, app }
      visits.push(one)
      return one
    })
  })
}
