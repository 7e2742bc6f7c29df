import type { models } from '@polar-sh/sdk/2026-10'
import type { GeneratedSupport, PolarStub } from './generated.js'
import type { Story } from './story.js'

/** Polar holds all that the stories have come to. */
export function holdTruth({ api }: PolarStub, stories: readonly Story[]): void {
  for (const { customers, subscriptions, orders } of stories) {
    for (const [id, customer] of customers) api.customers.set(id, customer)
    for (const [id, subscription] of subscriptions) {
      const customer = customers.get(subscription.customer_id) as models.SubscriptionCustomer
      api.subscriptions.set(id, { ...subscription, customer })
    }
    for (const [id, order] of orders) {
      const customer = customers.get(order.customer_id) as models.OrderCustomer
      api.orders.set(id, { ...order, customer })
    }
  }
}

/** Every third of the orders was declined once before, without a webhook. */
export function addFailedPayments(
  generated: GeneratedSupport,
  { api }: PolarStub,
  stories: readonly Story[],
): number {
  const orders = stories.flatMap((story) => [...story.orders.values()])
  const declined = orders.filter((order, at) => at % 3 === 0 && order.due_amount > 0)
  for (const order of declined) {
    const payment = generated.polarPayment(order, { trigger: 'retry_dunning' })
    api.payments.set(payment.id, payment)
  }
  return declined.length
}

/** The webhook endpoint of the app, as it should be unless `changes` say otherwise. */
export function addEndpoint(
  generated: GeneratedSupport,
  { api }: PolarStub,
  changes: Partial<models.WebhookEndpoint> = {},
): void {
  const endpoint = generated.polarEndpoint(EVENTS, changes)
  api.endpoints.set(endpoint.id, endpoint)
}

const EVENTS: models.WebhookEventType[] = [
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'customer.state_changed',
  'subscription.created',
  'subscription.updated',
  'subscription.active',
  'subscription.canceled',
  'subscription.uncanceled',
  'subscription.revoked',
  'subscription.past_due',
  'subscription.cycled',
  'subscription.paused',
  'subscription.resumed',
  'order.created',
  'order.updated',
  'order.paid',
  'order.refunded',
  'refund.created',
  'refund.updated',
]
