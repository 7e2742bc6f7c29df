import type { models } from '@polar-sh/sdk/2026-10'
import type { Story } from '../support/story.js'

/** A life of a subscription or of purchases as Polar sends it. */
export interface Lifecycle {
  name: string
  happens(polar: Story): void
  /** The app-level events that it causes, each with the record it is about, in any order. */
  publishes: string[]
}

type Subscription = models.Subscription
type Order = models.Order

/** A customer signs up and their subscription is active and paid from the first minute. */
export function subscribes(polar: Story): Subscription {
  const customer = polar.customer()
  polar.sends(customer, 'customer.created')
  return buys(polar, customer)
}

export const subscribed = [
  'customer.created customer 1',
  'subscription.created subscription 1',
  'subscription.active subscription 1',
  'subscription.updated subscription 1',
  'invoice.created order 1',
  'invoice.paid order 1',
  'payment.succeeded order 1',
]

/** A checkout: the subscription is incomplete until its first order is paid. */
export function buys(polar: Story, customer: models.CustomerIndividual): Subscription {
  const subscription = polar.subscription(customer, { status: 'incomplete' })
  polar.sends(subscription, 'subscription.created')
  polar.changes(subscription, { status: 'active' }, 'subscription.active', 'subscription.updated')
  const order = polar.order(subscription, { billing_reason: 'subscription_create' })
  polar.sends(order, 'order.created')
  pays(polar, order)
  return subscription
}

/** A period ends and the next one begins; its order is still to be paid. */
export function renews(
  polar: Story,
  subscription: Subscription,
  changes: Partial<Subscription> = {},
): Order {
  polar.wait(30)
  const period = { current_period_start: polar.day(0), current_period_end: polar.day(30) }
  polar.changes(
    subscription,
    { status: 'active', ...period, ...changes },
    'subscription.cycled',
    'subscription.updated',
  )
  const order = polar.order(subscription)
  polar.sends(order, 'order.created')
  return order
}

export function pays(polar: Story, order: Order): void {
  polar.changes(order, { status: 'paid', paid: true }, 'order.updated', 'order.paid')
}

/** The renewal's card is declined. */
export function fallsDue(polar: Story, subscription: Subscription): void {
  polar.changes(
    subscription,
    { status: 'past_due', past_due_at: polar.day(0) },
    'subscription.past_due',
    'subscription.updated',
  )
}

export function cancels(polar: Story, subscription: Subscription): void {
  polar.changes(
    subscription,
    {
      cancel_at_period_end: true,
      canceled_at: polar.day(0),
      ends_at: subscription.current_period_end,
    },
    'subscription.updated',
    'subscription.canceled',
  )
}

export function ends(
  polar: Story,
  subscription: Subscription,
  changes: Partial<Subscription> = {},
): void {
  polar.changes(
    subscription,
    { status: 'canceled', ended_at: polar.day(0), ends_at: polar.day(0), ...changes },
    'subscription.updated',
    'subscription.revoked',
  )
}

export function times(count: number, event: string): string[] {
  return Array.from({ length: count }, () => event)
}
