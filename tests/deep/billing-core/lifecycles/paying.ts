import {
  fallsDue,
  pays,
  renews,
  subscribed,
  subscribes,
  times,
  type Lifecycle,
} from './lifecycle.js'

/** Lives in which money is asked for, and comes, or does not. */
export const paying: Lifecycle[] = [
  {
    name: 'a trial, its end, two renewals',
    happens(polar) {
      const customer = polar.customer()
      polar.sends(customer, 'customer.created')
      const subscription = polar.subscription(customer, {
        status: 'trialing',
        trial_start: polar.day(0),
        trial_end: polar.day(14),
        current_period_end: polar.day(14),
      })
      polar.sends(subscription, 'subscription.created', 'subscription.updated')
      const trial = polar.order(subscription, {
        billing_reason: 'subscription_create',
        total_amount: 0,
        due_amount: 0,
        status: 'paid',
        paid: true,
      })
      polar.sends(trial, 'order.created', 'order.paid')
      polar.wait(14)
      const period = { current_period_start: polar.day(0), current_period_end: polar.day(30) }
      polar.changes(
        subscription,
        { status: 'active', ...period },
        'subscription.cycled',
        'subscription.active',
        'subscription.updated',
      )
      const first = polar.order(subscription)
      polar.sends(first, 'order.created')
      pays(polar, first)
      pays(polar, renews(polar, subscription))
    },
    publishes: [
      'customer.created customer 1',
      'subscription.created subscription 1',
      'subscription.active subscription 1',
      ...times(2, 'subscription.updated subscription 1'),
      'invoice.created order 1',
      'invoice.paid order 1',
      'invoice.created order 2',
      'invoice.paid order 2',
      'payment.succeeded order 2',
      'invoice.created order 3',
      'invoice.paid order 3',
      'payment.succeeded order 3',
    ],
  },
  {
    name: 'a renewal that fails and is paid later',
    happens(polar) {
      const subscription = subscribes(polar)
      const renewal = renews(polar, subscription)
      fallsDue(polar, subscription)
      polar.wait(2)
      pays(polar, renewal)
      polar.changes(
        subscription,
        { status: 'active', past_due_at: null },
        'subscription.active',
        'subscription.updated',
      )
    },
    publishes: [
      ...subscribed,
      ...times(3, 'subscription.updated subscription 1'),
      'subscription.past_due subscription 1',
      'subscription.active subscription 1',
      'invoice.created order 2',
      'invoice.payment_failed order 2',
      'payment.failed order 2',
      'invoice.paid order 2',
      'payment.succeeded order 2',
    ],
  },
  {
    name: 'a renewal that is never paid: revoked, the order void',
    happens(polar) {
      const subscription = subscribes(polar)
      const renewal = renews(polar, subscription)
      fallsDue(polar, subscription)
      polar.wait(21)
      polar.changes(
        subscription,
        {
          status: 'canceled',
          canceled_at: polar.day(0),
          ended_at: polar.day(0),
          past_due_at: null,
        },
        'subscription.updated',
        'subscription.canceled',
        'subscription.revoked',
      )
      polar.changes(renewal, { status: 'void' }, 'order.updated')
    },
    publishes: [
      ...subscribed,
      ...times(3, 'subscription.updated subscription 1'),
      'subscription.past_due subscription 1',
      'subscription.canceled subscription 1',
      'subscription.revoked subscription 1',
      'invoice.created order 2',
      'invoice.payment_failed order 2',
      'payment.failed order 2',
    ],
  },
  {
    name: 'a renewal that is never paid: left unpaid',
    happens(polar) {
      const subscription = subscribes(polar)
      renews(polar, subscription)
      fallsDue(polar, subscription)
      polar.wait(21)
      polar.changes(subscription, { status: 'unpaid' }, 'subscription.updated')
    },
    publishes: [
      ...subscribed,
      ...times(3, 'subscription.updated subscription 1'),
      'subscription.past_due subscription 1',
      'subscription.revoked subscription 1',
      'invoice.created order 2',
      'invoice.payment_failed order 2',
      'payment.failed order 2',
    ],
  },
  {
    name: 'a void order that is collected after all',
    happens(polar) {
      const subscription = subscribes(polar)
      const renewal = renews(polar, subscription)
      polar.changes(renewal, { status: 'void' }, 'order.updated')
      polar.wait(1)
      polar.changes(renewal, { status: 'pending' }, 'order.updated')
      pays(polar, renewal)
    },
    publishes: [
      ...subscribed,
      'subscription.updated subscription 1',
      'invoice.created order 2',
      'invoice.payment_failed order 2',
      'invoice.paid order 2',
      'payment.succeeded order 2',
    ],
  },
  {
    name: 'a refund in two parts',
    happens(polar) {
      const subscription = subscribes(polar)
      const renewal = renews(polar, subscription)
      pays(polar, renewal)
      for (const [refunded, status] of [
        [900, 'partially_refunded'],
        [2900, 'refunded'],
      ] as const) {
        polar.wait(1)
        polar.mentions('refund.created', {
          id: '00000000-0000-4000-8000-000000000002',
          order_id: renewal.id,
          customer_id: renewal.customer_id,
          status: 'succeeded',
          amount: refunded,
        })
        const fields = { status, refunded_amount: refunded }
        polar.changes(renewal, fields, 'order.updated', 'order.refunded')
      }
    },
    publishes: [
      ...subscribed,
      'subscription.updated subscription 1',
      'invoice.created order 2',
      'invoice.paid order 2',
      'payment.succeeded order 2',
      ...times(2, 'payment.refunded order 2'),
    ],
  },
]
