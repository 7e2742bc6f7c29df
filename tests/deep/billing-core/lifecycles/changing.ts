import type { models } from '@polar-sh/sdk/2026-10'
import { pays, renews, subscribed, subscribes, times, type Lifecycle } from './lifecycle.js'

/** Lives in which the subscription changes, or events come that hardly say anything. */
export const changing: Lifecycle[] = [
  {
    name: 'an upgrade, charged now',
    happens(polar) {
      const subscription = subscribes(polar)
      const { productId, amount } = polar.price('enterprise')
      const upgraded = { product_id: productId, amount }
      polar.changes(subscription, upgraded, 'subscription.updated')
      const order = polar.order(subscription, { billing_reason: 'subscription_update' })
      polar.sends(order, 'order.created')
      pays(polar, order)
    },
    publishes: [
      ...subscribed,
      'subscription.updated subscription 1',
      'invoice.created order 2',
      'invoice.paid order 2',
      'payment.succeeded order 2',
    ],
  },
  {
    name: 'a downgrade that waits for the end of the period',
    happens(polar) {
      const customer = polar.customer()
      const dear = polar.price('enterprise')
      const subscription = polar.subscription(customer, {}, dear)
      polar.sends(subscription, 'subscription.created', 'subscription.active')
      const { productId, amount } = polar.price('pro')
      const pending = {
        id: '00000000-0000-4000-8000-000000000001',
        created_at: polar.day(0),
        modified_at: null,
        applies_at: subscription.current_period_end,
        product_id: productId,
        seats: null,
        units: null,
      }
      polar.changes(subscription, { pending_update: pending }, 'subscription.updated')
      const applied = { product_id: productId, amount, pending_update: null }
      pays(polar, renews(polar, subscription, applied))
    },
    publishes: [
      'customer.created customer 1',
      'subscription.created subscription 1',
      'subscription.active subscription 1',
      ...times(2, 'subscription.updated subscription 1'),
      'invoice.created order 1',
      'invoice.paid order 1',
      'payment.succeeded order 1',
    ],
  },
  {
    name: 'a pause and its end',
    happens(polar) {
      const subscription = subscribes(polar)
      polar.changes(subscription, { pause_at_period_end: true }, 'subscription.updated')
      polar.wait(29)
      polar.changes(
        subscription,
        { status: 'paused', pause_at_period_end: false, paused_at: polar.day(0) },
        'subscription.paused',
        'subscription.updated',
      )
      polar.wait(12)
      const period = { current_period_start: polar.day(0), current_period_end: polar.day(30) }
      polar.changes(
        subscription,
        { status: 'active', paused_at: null, ...period },
        'subscription.resumed',
        'subscription.updated',
      )
      const order = polar.order(subscription)
      polar.sends(order, 'order.created')
      pays(polar, order)
    },
    publishes: [
      ...subscribed,
      ...times(3, 'subscription.updated subscription 1'),
      'subscription.paused subscription 1',
      'subscription.active subscription 1',
      'invoice.created order 2',
      'invoice.paid order 2',
      'payment.succeeded order 2',
    ],
  },
  {
    name: 'meters that are read while nothing else changes',
    happens(polar) {
      const subscription = subscribes(polar)
      for (let reading = 0; reading < 3; reading += 1) {
        polar.wait(1)
        polar.sends(subscription, 'subscription.updated')
      }
      pays(polar, renews(polar, subscription))
      polar.sends(subscription, 'subscription.updated')
    },
    publishes: [
      ...subscribed,
      'subscription.updated subscription 1',
      'invoice.created order 2',
      'invoice.paid order 2',
      'payment.succeeded order 2',
    ],
  },
  {
    name: 'a customer who is known by no id of the app at first',
    happens(polar) {
      const customer = polar.customer({ external_id: null, name: null })
      polar.sends(customer, 'customer.created')
      const subscription = polar.subscription(customer)
      polar.sends(subscription, 'subscription.created', 'subscription.active')
      const order = polar.order(subscription, { status: 'paid', paid: true })
      polar.sends(order, 'order.created', 'order.paid')
      const known = { external_id: polar.userId, name: 'Ada' }
      polar.changes(customer, known, 'customer.updated')
      polar.mentions('customer.state_changed', { ...customer, ...STATE })
    },
    publishes: [
      'customer.created customer 1',
      'customer.updated customer 1',
      'subscription.created subscription 1',
      'subscription.active subscription 1',
      'invoice.created order 1',
      'invoice.paid order 1',
      'payment.succeeded order 1',
    ],
  },
  {
    name: 'products, statuses and events that nobody knew of',
    happens(polar) {
      const subscription = subscribes(polar)
      const elsewhere = { product_id: '00000000-0000-4000-8000-00000000ffff', amount: 100 }
      polar.changes(subscription, elsewhere, 'subscription.updated', 'subscription.migrated')
      const status = 'dormant' as models.SubscriptionStatus
      polar.changes(subscription, { status }, 'subscription.updated', 'subscription.fell_asleep')
      polar.mentions('subscription.dreamt', { customer_id: subscription.customer_id, dream: 25 })
      polar.mentions('benefit_grant.created', { customer_id: subscription.customer_id, id: 'x' })
    },
    // What happens to it as another product is not this app's.
    publishes: subscribed,
  },
]

const STATE = { active_subscriptions: [], granted_benefits: [], active_meters: [] }
