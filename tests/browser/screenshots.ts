/**
 * Pictures of the pages in every state, to be looked at: at 1280 and 390 px, light and dark.
 *
 *   npx tsx tests/browser/screenshots.ts OUT [tiers | tailwind | usage | course | …]
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { startAppWithBilling, type BrowserApp } from './app.js'
import { findChromium, launchChromium } from './chromium.js'
import { priceOf, states, THREE_TIERS } from './states.js'
import { becomeCustomer, signUp, subscribe, useApiCalls, visit, type Visitor } from './visitor.js'

/** What is looked at: `arrange` brings a visitor there, `act` does something on the page. */
interface Moment {
  name: string
  arrange: (visitor: Visitor, app: BrowserApp) => Promise<unknown>
  path: string
  act?: (page: Page) => Promise<void>
}

const signedOut = onBothPages('signed out', () => Promise.resolve())
const nothingBought = onBothPages('nothing bought', (visitor, app) => signUp(visitor, app))
const subscribed = onBothPages('subscribed', subscribeToFirst)

const tiers: Moment[] = [
  ...signedOut,
  ...states.flatMap(({ name, arrange }) => onBothPages(name, arrange)),
  {
    name: 'upgrading',
    arrange: subscribeToPro,
    path: '/pricing',
    act: (page) => page.getByRole('button', { name: /Enterprise/ }).click(),
  },
  {
    name: 'canceling',
    arrange: subscribeToPro,
    path: '/billing',
    act: (page) => page.getByRole('button', { name: /Cancel/ }).click(),
  },
  {
    name: 'with payments',
    arrange: async (visitor, app) => {
      const { customer, product_id, id } = await subscribeToPro(visitor, app)
      const changes = { product_id, subscription_id: id, billing_reason: 'subscription_cycle' }
      const first = await app.polar.addOrder(customer, 2900, changes)
      await app.polar.refund(first)
      await app.polar.addOrder(customer, 2900, changes)
    },
    path: '/billing',
  },
  {
    name: 'Polar does not answer',
    arrange: async (visitor, app) => {
      await signUp(visitor, app)
      app.polar.api.fail('POST /v1/checkouts/', { status: 503 })
    },
    path: '/pricing',
    act: async (page) => {
      await page.getByRole('button', { name: /Pro/ }).click()
      await page.getByText(/payment provider cannot be reached/).waitFor()
    },
  },
]

interface Scene {
  host: string
  request: string[]
  moments: Moment[]
}

const scenes: Record<string, Scene> = {
  tiers: { host: 'express-pg-react', request: [THREE_TIERS], moments: tiers },
  tailwind: { host: 'express4-session-tailwind', request: [THREE_TIERS], moments: tiers },
  usage: {
    host: 'express-pg-react',
    request: ['$49/mo base + $0.01 per API call over 10k', '--track', '/api/projects'],
    moments: [
      ...signedOut,
      ...nothingBought,
      ...subscribed,
      ...[5_000, 9_000, 16_000].map((quantity) => ({
        name: `${quantity} calls`,
        arrange: async (visitor: Visitor, app: BrowserApp) => {
          await subscribeToFirst(visitor, app)
          await useApiCalls(visitor, app, quantity)
        },
        path: '/billing',
      })),
    ],
  },
  course: {
    host: 'express4-session-tailwind',
    request: ['sell course for $299 one-time payment'],
    moments: [
      ...signedOut,
      ...nothingBought,
      ...onBothPages('bought', (visitor, app) => buyFirst(visitor, app)),
      ...onBothPages('refunded', async (visitor, app) => {
        await app.polar.refund(await buyFirst(visitor, app))
      }),
    ],
  },
  yearly: {
    host: 'express-pg-react',
    request: ['Free, Pro $29/mo or $290/yr, Enterprise $99/mo or $990/yr'],
    moments: [...signedOut, ...nothingBought, ...subscribed],
  },
  seats: {
    host: 'express4-session-tailwind',
    request: ['Free, Team at $12/seat/mo'],
    moments: [...signedOut, ...nothingBought],
  },
}

function onBothPages(name: string, arrange: Moment['arrange']): Moment[] {
  return ['/billing', '/pricing'].map((path) => ({ name, arrange, path }))
}

function subscribeToPro(visitor: Visitor, app: BrowserApp) {
  return subscribe(visitor, app, priceOf(app, 'pro'))
}

function subscribeToFirst(visitor: Visitor, app: BrowserApp) {
  const [price] = app.polar.prices
  if (!price) throw new Error('No plan is sold')
  return subscribe(visitor, app, price)
}

async function buyFirst(visitor: Visitor, app: BrowserApp) {
  const [product] = app.polar.products
  if (!product) throw new Error('No product is sold')
  await signUp(visitor, app)
  const customer = await becomeCustomer(visitor, app, { product: product.slug })
  return app.polar.addOrder(customer, product.amount, { product_id: product.productId })
}

const [out, name = 'tiers'] = process.argv.slice(2)
const chromium = findChromium()
const scene = scenes[name]
if (out === undefined || chromium === null || !scene) {
  throw new Error(
    'Name a folder for the pictures and what is sold; and there has to be a Chromium.',
  )
}
await mkdir(out, { recursive: true })
const app = await startAppWithBilling(scene.host, ...scene.request)
const browser = await launchChromium(chromium)
try {
  for (const { name, arrange, path, act } of scene.moments) {
    const visitor = await visit(browser, app)
    const { page } = visitor
    await arrange(visitor, app)
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    await act?.(page)
    for (const width of [1280, 390]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height: 800 })
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        const file = [name.replaceAll(' ', '-'), path.slice(1), width, colorScheme].join('.')
        await page.screenshot({ path: join(out, `${file}.png`), fullPage: true })
      }
    }
    await visitor.context.close()
    app.polar.api.recover()
  }
} finally {
  await browser.close()
  await app.stop()
}
