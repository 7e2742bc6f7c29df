import {
  buys,
  cancels,
  ends,
  fallsDue,
  pays,
  renews,
  subscribed,
  subscribes,
  times,
  type Lifecycle,
} from './lifecycle.js'

/** Lives that end, or almost, or begin again. */
export const ending: Lifecycle[] = [
  {
    name: 'a cancellation that ends with the period',
    happens(polar) {
      const subscription = subscribes(polar)
      cancels(polar, subscription)
      polar.wait(30)
      ends(polar, subscription)
    },
    publishes: [
      ...subscribed,
      ...times(2, 'subscription.updated subscription 1'),
      'subscription.canceled subscription 1',
      'subscription.revoked subscription 1',
    ],
  },
  {
    name: 'a cancellation that is taken back',
    happens(polar) {
      const subscription = subscribes(polar)
      cancels(polar, subscription)
      polar.wait(3)
      polar.changes(
        subscription,
        { cancel_at_period_end: false, canceled_at: null, ends_at: null },
        'subscription.updated',
        'subscription.uncanceled',
      )
      pays(polar, renews(polar, subscription))
    },
    publishes: [
      ...subscribed,
      ...times(3, 'subscription.updated subscription 1'),
      'subscription.canceled subscription 1',
      'subscription.uncanceled subscription 1',
      'invoice.created order 2',
      'invoice.paid order 2',
      'payment.succeeded order 2',
    ],
  },
  {
    name: 'a revocation at once',
    happens(polar) {
      const subscription = subscribes(polar)
      polar.wait(5)
      polar.changes(
        subscription,
        {
          status: 'canceled',
          canceled_at: polar.day(0),
          ends_at: polar.day(0),
          ended_at: polar.day(0),
        },
        'subscription.updated',
        'subscription.canceled',
        'subscription.revoked',
      )
    },
    publishes: [
      ...subscribed,
      'subscription.updated subscription 1',
      'subscription.canceled subscription 1',
      'subscription.revoked subscription 1',
    ],
  },
  {
    name: 'a revoked subscription that Polar brings back',
    happens(polar) {
      const subscription = subscribes(polar)
      ends(polar, subscription)
      polar.wait(1)
      polar.changes(
        subscription,
        { status: 'active', canceled_at: null, ends_at: null, ended_at: null },
        'subscription.updated',
        'subscription.uncanceled',
      )
    },
    publishes: [
      ...subscribed,
      ...times(2, 'subscription.updated subscription 1'),
      'subscription.canceled subscription 1',
      'subscription.revoked subscription 1',
      'subscription.active subscription 1',
      'subscription.uncanceled subscription 1',
    ],
  },
  {
    name: 'a second subscription after the first has ended',
    happens(polar) {
      const first = subscribes(polar)
      cancels(polar, first)
      polar.wait(30)
      ends(polar, first)
      polar.wait(60)
      buys(polar, first.customer as Parameters<typeof buys>[1])
    },
    publishes: [
      ...subscribed,
      ...times(2, 'subscription.updated subscription 1'),
      'subscription.canceled subscription 1',
      'subscription.revoked subscription 1',
      'subscription.created subscription 2',
      'subscription.active subscription 2',
      'subscription.updated subscription 2',
      'invoice.created order 2',
      'invoice.paid order 2',
      'payment.succeeded order 2',
    ],
  },
  {
    name: 'a customer deleted before the revocation is sent',
    happens(polar) {
      const subscription = subscribes(polar)
      const customer = subscription.customer as Parameters<typeof buys>[1]
      polar.wait(2)
      const gone = { deleted_at: polar.day(0), external_id: null }
      polar.changes(customer, gone, 'customer.updated', 'customer.deleted')
      ends(polar, subscription)
    },
    // A deleted customer has no external id any more, and so is nobody's of this app.
    publishes: [
      ...subscribed,
      'subscription.updated subscription 1',
      'subscription.canceled subscription 1',
      'subscription.revoked subscription 1',
    ],
  },
  {
    name: 'a first payment that never comes',
    happens(polar) {
      const customer = polar.customer()
      polar.sends(customer, 'customer.created')
      const subscription = polar.subscription(customer, { status: 'incomplete' })
      polar.sends(subscription, 'subscription.created', 'subscription.updated')
      polar.wait(1)
      const expired = { status: 'incomplete_expired', ended_at: polar.day(0) } as const
      polar.changes(subscription, expired, 'subscription.updated')
    },
    publishes: [
      'customer.created customer 1',
      'subscription.created subscription 1',
      'subscription.updated subscription 1',
      'subscription.revoked subscription 1',
    ],
  },
  {
    name: 'a cancellation while a payment is overdue',
    happens(polar) {
      const subscription = subscribes(polar)
      renews(polar, subscription)
      fallsDue(polar, subscription)
      cancels(polar, subscription)
      polar.wait(21)
      ends(polar, subscription, { past_due_at: null })
    },
    publishes: [
      ...subscribed,
      ...times(4, 'subscription.updated subscription 1'),
      'subscription.past_due subscription 1',
      'subscription.canceled subscription 1',
      'subscription.revoked subscription 1',
      'invoice.created order 2',
      'invoice.payment_failed order 2',
      'payment.failed order 2',
    ],
  },
]
