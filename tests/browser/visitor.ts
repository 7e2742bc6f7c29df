import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { BrowserApp } from './app.js'
import type { Customer, SoldPrice, Subscription } from './polar.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const PASSWORD = 'correct horse battery'

/** Somebody with a browser of their own. */
export interface Visitor {
  email: string
  context: BrowserContext
  page: Page
}

let visitors = 0

/** Somebody new, at the app's home page. */
export async function visit(
  browser: Browser,
  app: BrowserApp,
  options: { width?: number; dark?: boolean } = {},
): Promise<Visitor> {
  visitors += 1
  const context = await browser.newContext({
    baseURL: app.url,
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-US',
  })
  context.setDefaultTimeout(10_000)
  await context.addInitScript(WATCH_LAYOUT)
  const page = await context.newPage()
  return { email: `user-${visitors}@example.com`, context, page }
}

/** Adds up what moves without having been asked to, as browsers measure it. */
const WATCH_LAYOUT = `
  globalThis.layoutShift = 0
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) {
      if (!hadRecentInput) globalThis.layoutShift += value
    }
  }).observe({ type: 'layout-shift', buffered: true })`

/** Makes an account without the pages. */
export async function signUp({ context, email }: Visitor, app: BrowserApp): Promise<void> {
  const response = await context.request.post(app.signUpPath, {
    data: { email, password: PASSWORD },
  })
  if (!response.ok()) throw new Error(`Signing up answered ${response.status()}`)
}

/** The visitor as Polar's customer, who has bought nothing yet. */
export async function becomeCustomer(
  visitor: Visitor,
  app: BrowserApp,
  choice: object,
): Promise<Customer> {
  const response = await visitor.context.request.post('/api/billing/checkout', { data: choice })
  if (!response.ok()) throw new Error(`The checkout answered ${await response.text()}`)
  return app.polar.customerOf(visitor.email)
}

/** A visitor with a subscription that both Polar and the app know. */
export async function subscribe(
  visitor: Visitor,
  app: BrowserApp,
  price: SoldPrice,
  changes: Partial<Subscription> = {},
): Promise<Subscription> {
  await signUp(visitor, app)
  const customer = await becomeCustomer(visitor, app, { tier: price.tier })
  const subscription = await app.polar.subscribe(customer, price, changes)
  await untilStored(visitor, subscription)
  return subscription
}

/** Webhooks are applied after they are answered. */
async function untilStored({ context }: Visitor, { status }: Subscription): Promise<void> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const response = await context.request.get('/api/billing/subscription')
    const state = (await response.json()) as { subscription?: { status: string } }
    if (state.subscription?.status === status) return
    if (Date.now() > deadline) throw new Error(`The app does not say ${status}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** What is wrong with a page as it stands: for assistive technology, and for a narrow screen. */
export async function faultsOf(page: Page): Promise<string[]> {
  const faults: string[] = []
  await page.evaluate(AXE)
  const results = await page.evaluate<AxeResults>(
    'axe.run(document, { resultTypes: ["violations"] })',
  )
  for (const { id, nodes } of results.violations) {
    faults.push(
      ...nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`),
    )
  }
  const shift = await page.evaluate<number>('globalThis.layoutShift')
  if (shift >= 0.1) faults.push(`the layout shifts by ${shift.toFixed(3)}`)
  const size = page.viewportSize()
  await page.setViewportSize({ width: 360, height: 780 })
  const width = await page.evaluate<number>('document.documentElement.scrollWidth')
  if (width > 360) faults.push(`at 360 px the page is ${width} px wide`)
  if (size) await page.setViewportSize(size)
  return faults
}
