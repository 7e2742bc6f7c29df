import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { signDelivery } from '../../src/polar/signing.js'

/** What the generated tests know of Polar: its records, and what the host sells. */
interface GeneratedSupport {
  Polar: new () => StandIn
  prices?: readonly SoldPrice[]
  soldProducts?: readonly SoldProduct[]
  ACCESS_TOKEN: string
  WEBHOOK_SECRET: string
  eventOf(type: string, data: unknown): { type: string; timestamp: string; data: unknown }
  orderOf(customer: Customer, amount: number, changes?: Partial<Order>): Order
  timestamp(): string
  daysFromNow(days: number): string
}

interface Listening {
  url: string
  close(): void
}

interface StandIn {
  readonly customers: Map<string, Customer>
  readonly subscriptions: Map<string, Subscription>
  readonly checkouts: Map<string, Checkout>
  readonly orders: Map<string, Order>
  readonly violations: string[]
  readonly routes: Record<string, (call: { body: Body }, id: string) => Answer>
  start(): Promise<Listening>
  fail(route: string, failure: 'drops the call' | 'drops the answer' | { status: number }): void
  recover(): void
  addSubscription(
    customer: Customer,
    price: SoldPrice,
    changes?: Partial<Subscription>,
  ): Subscription
}

type Body = Record<string, unknown>
interface Answer {
  status: number
  body: unknown
}

export interface SoldProduct {
  slug: string
  productId: string
  amount: number
}

export interface SoldPrice {
  tier: string
  productId: string
  amount: number
}

export interface Customer {
  id: string
  email: string
  external_id: string | null
}

/** The fields that a walk sets; Polar has many more. */
export interface Subscription {
  id: string
  status: string
  product_id: string
  amount: number
  modified_at: string | null
  current_period_start: string
  current_period_end: string
  trial_start: string | null
  trial_end: string | null
  cancel_at_period_end: boolean
  canceled_at: string | null
  ends_at: string | null
  ended_at: string | null
  past_due_at: string | null
  pause_at_period_end: boolean
  paused_at: string | null
  pending_update: unknown
  customer: Customer
}

export interface Order {
  id: string
  status: string
  modified_at: string | null
  billing_reason: string
  product_id: string | null
  subscription_id: string | null
  checkout_id: string | null
  total_amount: number
  refunded_amount: number
  customer: Customer
}

interface Checkout {
  id: string
  url: string
  status: string
  product_id: string
  modified_at: string | null
  active_trial_interval: string | null
}

/** Where a checkout returns to, and whose it is: Polar keeps both, the app reads neither back. */
interface CheckoutOrigin {
  externalId: string
  successUrl: string
}

/**
 * Polar as a browser sees it: the strict stand-in that the host's own generated tests call, with a
 * checkout that can be paid and a portal beside it, which delivers signed webhooks as Polar does.
 */
export class BrowserPolar {
  readonly #support: GeneratedSupport
  readonly api: StandIn
  readonly #origins = new Map<string, CheckoutOrigin>()
  readonly #pages: Server = createServer((request, response) => {
    this.#show(request, response).catch((error: unknown) => {
      this.api.violations.push(String(error))
      response.destroy()
    })
  })
  #listening: Listening | null = null
  #webhookUrl = ''

  constructor(support: GeneratedSupport) {
    this.#support = support
    this.api = new support.Polar()
    this.#after('POST /v1/checkouts/', (answer, { body }) => {
      const checkout = answer as Checkout
      checkout.url = `${this.#pagesUrl}/checkout/${checkout.id}`
      this.#origins.set(checkout.id, {
        externalId: String(body['external_customer_id']),
        successUrl: String(body['success_url']),
      })
    })
    this.#after('POST /v1/customer-sessions/', (answer, { body }) => {
      const back = encodeURIComponent(String(body['return_url']))
      Object.assign(answer as object, {
        customer_portal_url: `${this.#pagesUrl}/portal?return_url=${back}`,
      })
    })
    this.#after('GET /v1/orders/{id}/invoice', (answer) => {
      Object.assign(answer as object, { url: `${this.#pagesUrl}/invoice` })
    })
    this.#after('PATCH /v1/subscriptions/{id}', (answer, { body }) => {
      void this.#settleChange(answer as Subscription, body)
    })
  }

  get prices(): readonly SoldPrice[] {
    return this.#support.prices ?? []
  }

  get products(): readonly SoldProduct[] {
    return this.#support.soldProducts ?? []
  }

  /** Days from now as Polar writes a time. */
  days(count: number): string {
    return this.#support.daysFromNow(count)
  }

  /** What the app's server needs in its environment to call it and to believe it. */
  get environment(): Record<string, string> {
    const products = Object.entries(process.env).filter(([name]) =>
      name.startsWith('POLAR_PRODUCT'),
    )
    return {
      ...(Object.fromEntries(products) as Record<string, string>),
      POLAR_ACCESS_TOKEN: this.#support.ACCESS_TOKEN,
      POLAR_WEBHOOK_SECRET: this.#support.WEBHOOK_SECRET,
      POLAR_API_URL: this.#listening?.url ?? '',
    }
  }

  async start(): Promise<void> {
    this.#listening = await this.api.start()
    this.#pages.listen(0, '127.0.0.1')
    await once(this.#pages, 'listening')
  }

  /** @param url of the app's webhook endpoint */
  deliverTo(url: string): void {
    this.#webhookUrl = url
  }

  stop(): void {
    this.#listening?.close()
    this.#pages.closeAllConnections()
    this.#pages.close()
  }

  /** Delivers an event and waits for the app's answer. */
  async deliver(type: string, data: unknown): Promise<void> {
    const event = JSON.stringify(this.#support.eventOf(type, data))
    const { headers, body } = signDelivery(event, this.#support.WEBHOOK_SECRET, randomUUID())
    const response = await fetch(this.#webhookUrl, { method: 'POST', headers, body })
    if (!response.ok) this.api.violations.push(`${type} was answered ${response.status}`)
  }

  customerOf(email: string): Customer {
    const customer = [...this.api.customers.values()].find((one) => one.email === email)
    if (!customer) throw new Error(`Polar knows no customer ${email}`)
    return customer
  }

  subscriptionOf(customer: Customer): Subscription {
    const subscription = [...this.api.subscriptions.values()].find(
      (one) => one.customer.id === customer.id,
    )
    if (!subscription) throw new Error(`${customer.email} has no subscription at Polar`)
    return subscription
  }

  /** A subscription that both Polar and the app know. */
  async subscribe(
    customer: Customer,
    price: SoldPrice,
    changes: Partial<Subscription> = {},
  ): Promise<Subscription> {
    const subscription = this.api.addSubscription(customer, price, changes)
    await this.deliver('subscription.updated', subscription)
    return subscription
  }

  /** Something happens to a subscription at Polar, which says so. */
  async change(subscription: Subscription, changes: Partial<Subscription>): Promise<void> {
    const changed = { ...subscription, ...changes, modified_at: this.#support.timestamp() }
    this.api.subscriptions.set(changed.id, changed)
    await this.deliver('subscription.updated', changed)
  }

  /** The trial of a subscription ends, and its first period is paid. */
  async endTrial(subscription: Subscription): Promise<void> {
    await this.change(subscription, {
      status: 'active',
      trial_end: this.days(0),
      current_period_start: this.days(0),
      current_period_end: this.days(30),
    })
    await this.addOrder(subscription.customer, subscription.amount, {
      billing_reason: 'subscription_cycle',
      product_id: subscription.product_id,
      subscription_id: subscription.id,
    })
  }

  async addOrder(customer: Customer, amount: number, changes: Partial<Order> = {}): Promise<Order> {
    const order = this.#support.orderOf(customer, amount, changes)
    this.api.orders.set(order.id, order)
    await this.deliver('order.created', order)
    await this.deliver('order.paid', order)
    return order
  }

  async refund(order: Order): Promise<void> {
    const refunded = {
      ...order,
      status: 'refunded',
      refunded_amount: order.total_amount,
      modified_at: this.#support.timestamp(),
    }
    this.api.orders.set(order.id, refunded)
    await this.deliver('order.updated', refunded)
    await this.deliver('order.refunded', refunded)
  }

  /** What Polar does once a change was asked for: an upgrade is invoiced at once. */
  async #settleChange(
    subscription: Subscription,
    { proration_behavior: how }: Body,
  ): Promise<void> {
    await this.deliver('subscription.updated', subscription)
    if (how !== 'invoice') return
    const cheapest = Math.min(...this.prices.map(({ amount }) => amount))
    await this.addOrder(subscription.customer, subscription.amount - cheapest, {
      billing_reason: 'subscription_update',
      product_id: subscription.product_id,
      subscription_id: subscription.id,
    })
  }

  get #pagesUrl(): string {
    return `http://127.0.0.1:${(this.#pages.address() as AddressInfo).port}`
  }

  /** Does something more once a route has been answered well. */
  #after(route: string, act: (answer: unknown, call: { body: Body }) => void): void {
    const answerTo = this.api.routes[route]
    if (!answerTo) return
    this.api.routes[route] = (call, id) => {
      const answer = answerTo(call, id)
      if (answer.status < 300) act(answer.body, call)
      return answer
    }
  }

  async #show(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.#pagesUrl)
    if (pathname === '/portal') {
      return page(response, 'Portal', `<a href="${searchParams.get('return_url')}">Back</a>`)
    }
    if (pathname === '/invoice') return page(response, 'Invoice', '<p>Paid</p>')
    const checkout = this.api.checkouts.get(pathname.replace('/checkout/', ''))
    if (!checkout) return void response.writeHead(404).end()
    if (request.method === 'GET') {
      return page(response, 'Checkout', '<form method="post"><button>Pay</button></form>')
    }
    const { successUrl } = await this.#pay(checkout)
    const location = successUrl.replace('{CHECKOUT_ID}', checkout.id)
    response.writeHead(303, { location }).end()
  }

  async #pay(checkout: Checkout): Promise<CheckoutOrigin> {
    const origin = this.#origins.get(checkout.id)
    const customer = [...this.api.customers.values()].find(
      (one) => one.external_id === origin?.externalId,
    )
    if (!origin || !customer) throw new Error('The checkout is nobody’s')
    this.api.checkouts.set(checkout.id, {
      ...checkout,
      status: 'succeeded',
      modified_at: this.#support.timestamp(),
    })
    const common = { product_id: checkout.product_id, checkout_id: checkout.id }
    const price = this.prices.find((one) => one.productId === checkout.product_id)
    if (price) {
      const isTrial = checkout.active_trial_interval !== null
      const subscription = this.api.addSubscription(customer, price, {
        ...(isTrial && { status: 'trialing', trial_start: this.days(0), trial_end: this.days(14) }),
        current_period_start: this.days(0),
        current_period_end: this.days(isTrial ? 14 : 30),
      })
      await this.deliver('subscription.created', subscription)
      await this.deliver('subscription.active', subscription)
      await this.addOrder(customer, isTrial ? 0 : subscription.amount, {
        ...common,
        billing_reason: 'subscription_create',
        subscription_id: subscription.id,
      })
    } else {
      const product = this.products.find((one) => one.productId === checkout.product_id)
      await this.addOrder(customer, product?.amount ?? 0, common)
    }
    return origin
  }
}

function page(response: ServerResponse, title: string, content: string): void {
  response
    .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    .end(`<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1>${content}</html>`)
}

/**
 * @param support the folder of the generated tests' support
 */
export async function loadPolar(support: string): Promise<BrowserPolar> {
  const load = async (name: string): Promise<object> =>
    (await import(pathToFileURL(join(support, `${name}.ts`)).href)) as object
  const modules = {}
  for (const name of ['variables', 'catalog', 'objects', 'polar']) {
    Object.assign(modules, await load(name))
  }
  return new BrowserPolar(modules as GeneratedSupport)
}
