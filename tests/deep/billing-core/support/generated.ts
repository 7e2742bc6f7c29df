import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { models } from '@polar-sh/sdk/2026-10'

export interface Price {
  tier: string
  /** Minor units. */
  amount: number
  interval: 'day' | 'week' | 'month' | 'year'
  variable: string
  productId: string
}

/** Something that is paid once. */
export interface Product {
  /** Minor units. */
  amount: number
  variable: string
  productId: string
}

/** The stand-in for Polar that the deep suite brings along. */
export interface PolarStub {
  url: string
  api: {
    customers: Map<string, models.CustomerIndividual>
    subscriptions: Map<string, models.Subscription>
    orders: Map<string, models.Order>
    payments: Map<string, models.GenericPayment>
    endpoints: Map<string, models.WebhookEndpoint>
    faults: string[]
  }
  calls: { method: string; route: string; body: Record<string, unknown> }[]
  slowDown(milliseconds: number): void
  violations(): string[]
  stop(): Promise<void>
}

export interface Line {
  port: number
  cut(): void
  restore(): void
  close(): Promise<void>
}

/** What our tests take from the deep suite of a host: `tests/deep/support/…`. */
export interface GeneratedSupport {
  prices: Price[]
  products: [Product]
  polarCustomer(changes: Partial<models.CustomerIndividual>): models.CustomerIndividual
  polarSubscription(
    customer: models.CustomerIndividual,
    price: Price,
    changes: Partial<models.Subscription>,
  ): models.Subscription
  polarOrder(subscription: models.Subscription, changes: Partial<models.Order>): models.Order
  paidOrder(
    customer: models.CustomerIndividual,
    amount: number,
    changes: Partial<models.Order>,
  ): models.Order
  polarPayment(order: models.Order, changes: Partial<models.GenericPayment>): models.GenericPayment
  polarEndpoint(
    events: models.WebhookEventType[],
    changes: Partial<models.WebhookEndpoint>,
  ): models.WebhookEndpoint
  PolarStub: { start(): Promise<PolarStub> }
  ACCESS_TOKEN: string
  openLine(target: { host: string; port: number }): Promise<Line>
}

const FILES = [
  'plans',
  'products',
  'polar-objects',
  'polar-payments',
  'polar-stub',
  'cuttable-line',
]

export async function generatedSupport(host: string): Promise<GeneratedSupport> {
  const modules = await Promise.all(
    FILES.map((name) => importFrom<object>(host, `tests/deep/support/${name}.ts`)),
  )
  return Object.assign({}, ...modules) as GeneratedSupport
}

/** One of the host's modules, in this process. Its environment must be set before. */
export async function importFrom<Module>(host: string, file: string): Promise<Module> {
  return (await import(pathToFileURL(join(host, file)).href)) as Module
}
