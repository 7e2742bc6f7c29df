import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
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

/** Notes what moves without having been asked to, as browsers measure it. */
const WATCH_LAYOUT = `
  globalThis.layoutShifts = []
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue
      const moved = sources.map(({ node }) => (node?.textContent ?? '').slice(0, 40))
      globalThis.layoutShifts.push({ value, moved })
    }
  }).observe({ type: 'layout-shift', buffered: true })`

interface LayoutShift {
  value: number
  /** How the texts begin that have moved. */
  moved: string[]
}

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

/** Loads the page again until it shows what Polar has delivered: webhooks are applied after they are answered. */
export async function reloadUntil(shown: Locator): Promise<void> {
  const deadline = Date.now() + 10_000
  for (;;) {
    await shown.page().reload()
    try {
      return await shown.waitFor({ timeout: 1_000 })
    } catch (error) {
      if (Date.now() > deadline) throw error
    }
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
  const shifts = await page.evaluate<LayoutShift[]>('globalThis.layoutShifts')
  const shift = shifts.reduce((sum, { value }) => sum + value, 0)
  if (shift >= 0.1) faults.push(`the layout shifts by ${shift}: ${JSON.stringify(shifts)}`)
  const size = page.viewportSize()
  await page.setViewportSize({ width: 360, height: 780 })
  const width = await page.evaluate<number>('document.documentElement.scrollWidth')
  if (width > 360) faults.push(`at 360 px the page is ${width} px wide`)
  if (size) await page.setViewportSize(size)
  return faults
}

/** Counts API calls of the visitor, as a job of the app's own does. */
export async function useApiCalls(
  { email }: Visitor,
  app: BrowserApp,
  quantity: number,
): Promise<void> {
  const { rows } = await app.database.query<{ id: string }>(
    'select id from users where email = $1',
    [email],
  )
  await app.runJob(`
    import { recordUsage } from './server/services/usage.service.ts'
    import { pool } from './server/db.ts'
    recordUsage('${rows[0]?.id}', 'api-calls', ${quantity}, { source: 'GET /api/projects' })
      .then(() => pool.end())`)
}

/** Buttons of cards side by side, and what stands in their place, that differ in height or line. */
export async function unevenRows(page: Page): Promise<string[]> {
  const actions = page
    .getByRole('listitem')
    .locator('button, a, p')
    .filter({ hasText: /^(Choose|Upgrade|Downgrade|Current plan|Your next plan|Sign up)/ })
  const places = await Promise.all(
    (await actions.all()).map(async (one) => {
      const box = await one.boundingBox()
      return { text: await one.textContent(), y: box?.y, height: box?.height }
    }),
  )
  const kinds = new Set(places.map(({ y, height }) => `${y} ${height}`))
  return kinds.size > 1 ? places.map((place) => JSON.stringify(place)) : []
}

/** Does something, and tells whether what it brings up is read out: its region was there before. */
export async function isReadOut(text: Locator, act: () => Promise<void>): Promise<boolean> {
  const page = text.page()
  await page.evaluate(
    `document.querySelectorAll('[aria-live]').forEach((one) => one.setAttribute('data-before', ''))`,
  )
  await act()
  await text.waitFor()
  return (await text.locator('xpath=ancestor::*[@data-before]').count()) > 0
}
