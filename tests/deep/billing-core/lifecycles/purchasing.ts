import type { models } from '@polar-sh/sdk/2026-10'
import type { Story } from '../support/story.js'
import { pays, subscribed, subscribes, times, type Lifecycle } from './lifecycle.js'

/** Lives in which something is bought once, and kept or given back. */
export const purchasing: Lifecycle[] = [
  {
    name: 'a purchase that is refunded in two parts',
    happens(polar) {
      const customer = polar.customer()
      polar.sends(customer, 'customer.created')
      const order = purchases(polar, customer)
      refunds(polar, order, 900)
      refunds(polar, order, order.total_amount)
    },
    publishes: [
      'customer.created customer 1',
      ...bought(1),
      ...times(2, 'payment.refunded order 1'),
      'purchase.withdrawn order 1',
    ],
  },
  {
    name: 'a purchase by a subscriber: refunded, bought again, and kept but for a part of the price',
    happens(polar) {
      const subscription = subscribes(polar)
      const [customer] = [...polar.customers.values()]
      if (!customer) throw new Error(`Nobody has ${subscription.id}`)
      const first = purchases(polar, customer)
      refunds(polar, first, first.total_amount)
      polar.wait(2)
      refunds(polar, purchases(polar, customer), 900)
    },
    publishes: [
      ...subscribed,
      ...bought(2),
      'payment.refunded order 2',
      'purchase.withdrawn order 2',
      ...bought(3),
      'payment.refunded order 3',
    ],
  },
]

function purchases(polar: Story, customer: models.CustomerIndividual): models.Order {
  const order = polar.purchase(customer)
  polar.sends(order, 'order.created')
  pays(polar, order)
  return order
}

/** @param refunded minor units that have been paid back by then */
function refunds(polar: Story, order: models.Order, refunded: number): void {
  polar.wait(1)
  const status = refunded === order.total_amount ? 'refunded' : 'partially_refunded'
  polar.changes(order, { status, refunded_amount: refunded }, 'order.updated', 'order.refunded')
}

function bought(order: number): string[] {
  return [
    `invoice.created order ${order}`,
    `invoice.paid order ${order}`,
    `payment.succeeded order ${order}`,
    `purchase.granted order ${order}`,
  ]
}
