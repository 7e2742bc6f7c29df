import { randomUUID } from 'node:crypto'
import type { models } from '@polar-sh/sdk/2026-10'
import type { GeneratedSupport, Price } from './generated.js'

export interface PolarEvent {
  type: string
  timestamp: string
  data: unknown
}

/** An event of a story, with what makes it dispensable or not. */
export interface SentEvent {
  event: PolarEvent
  /** The record that it is a snapshot of. */
  recordId: string
  /** Has content that no later snapshot repeats: the newest one, and the first payment. */
  isNeeded: boolean
}

type Kept = models.CustomerIndividual | models.Subscription | models.Order

const HOUR = 3_600_000
export const DAY = 24 * HOUR

/**
 * What happens at Polar, in the order in which it happens, and the events that Polar sends.
 * Time passes by an hour from one change to the next; ids are new in every replay, all else is
 * the same, so that the rows of two replays differ in ids alone.
 */
export class Story {
  readonly sent: SentEvent[] = []
  readonly userId: string
  readonly customers = new Map<string, models.CustomerIndividual>()
  readonly subscriptions = new Map<string, models.Subscription>()
  readonly orders = new Map<string, models.Order>()
  readonly #labels = new Map<string, string>()
  readonly #make: GeneratedSupport
  #now = Date.parse('2026-03-02T10:00:00Z')
  #micros = 0

  /** @param userId the app's user whom it happens to; somebody new unless it is given */
  constructor(make: GeneratedSupport, userId: string = randomUUID()) {
    this.#make = make
    this.userId = userId
    this.#labels.set(userId, 'user')
  }

  price(tier: 'pro' | 'enterprise'): Price {
    const price = this.#make.prices.find((one) => one.tier === tier)
    if (!price) throw new Error(`No price of tier ${tier}`)
    return price
  }

  /** An instant in days from now, in the story's time. */
  day(days: number): string {
    return this.#instant(this.#now + days * DAY)
  }

  /** Days pass in which nothing happens. */
  wait(days: number): void {
    this.#now += days * DAY
  }

  customer(fields: Partial<models.CustomerIndividual> = {}): models.CustomerIndividual {
    const customer = this.#make.polarCustomer({
      id: randomUUID(),
      created_at: this.#next(),
      external_id: this.userId,
      email: 'ada@example.com',
      name: 'Ada',
      ...fields,
    })
    this.#label(customer.id, 'customer', this.customers.size)
    this.customers.set(customer.id, customer)
    return customer
  }

  subscription(
    customer: models.CustomerIndividual,
    fields: Partial<models.Subscription> = {},
    price = this.price('pro'),
  ): models.Subscription {
    const subscription = this.#make.polarSubscription(this.#current(customer), price, {
      id: randomUUID(),
      created_at: this.#next(),
      started_at: this.day(0),
      current_period_start: this.day(0),
      current_period_end: this.day(30),
      ...fields,
    })
    this.#label(subscription.id, 'subscription', this.subscriptions.size)
    this.subscriptions.set(subscription.id, subscription)
    return subscription
  }

  order(subscription: models.Subscription, fields: Partial<models.Order> = {}): models.Order {
    return this.#ordered(
      this.#make.polarOrder(this.#current(subscription), { ...this.#unpaid(), ...fields }),
    )
  }

  /** An order of what is paid once. */
  purchase(customer: models.CustomerIndividual): models.Order {
    const [{ productId, amount }] = this.#make.products
    return this.#ordered(
      this.#make.paidOrder(this.#current(customer), amount, {
        ...this.#unpaid(),
        product_id: productId,
      }),
    )
  }

  /** Polar sends a record as it stands: one event for each type, each rendered a bit later. */
  sends(record: Kept, ...types: string[]): void {
    for (const type of types) {
      const timestamp = this.#instant((this.#now += 400))
      const event = { type, timestamp, data: structuredClone(this.#current(record)) }
      this.sent.push({ event, recordId: record.id, isNeeded: false })
    }
  }

  /** A record changes, and Polar sends it. */
  changes<Record extends Kept>(record: Record, fields: Partial<Record>, ...types: string[]): void {
    this.#keep(Object.assign(this.#current(record), { modified_at: this.#next(), ...fields }))
    this.sends(record, ...types)
  }

  /** An event that carries none of the records above. */
  mentions(type: string, data: object): void {
    const timestamp = this.#instant((this.#now += 400))
    const event = { type, timestamp, data }
    this.sent.push({ event, recordId: `${type} ${this.sent.length}`, isNeeded: false })
  }

  /** All the events that were sent, with those marked whose content nothing later repeats. */
  ended(): SentEvent[] {
    const newest = new Map(this.sent.map((one) => [one.recordId, one]))
    const firstPaid = new Map<string, SentEvent>()
    const naming = this.sent.filter(({ event }) => JSON.stringify(event).includes(this.userId))
    for (const one of this.sent) {
      const { paid } = one.event.data as { paid?: boolean }
      if (paid === true && !firstPaid.has(one.recordId)) firstPaid.set(one.recordId, one)
    }
    for (const one of [...newest.values(), ...firstPaid.values(), ...naming.slice(-1)]) {
      one.isNeeded = true
    }
    return this.sent
  }

  /** Text with every id of this replay replaced by the role that it plays. */
  unnamed(text: string): string {
    return text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
      return this.#labels.get(id) ?? id
    })
  }

  #unpaid(): Partial<models.Order> {
    return {
      id: randomUUID(),
      created_at: this.#next(),
      invoice_number: `INV-${this.orders.size + 1}`,
      status: 'pending',
      paid: false,
    }
  }

  #ordered(order: models.Order): models.Order {
    this.#label(order.id, 'order', this.orders.size)
    this.orders.set(order.id, order)
    return order
  }

  #label(id: string, role: string, before: number): void {
    this.#labels.set(id, `${role} ${before + 1}`)
  }

  /** The record as it stands now, whichever of its snapshots the caller has. */
  #current<Record extends Kept>(record: Record): Record {
    const { id } = record
    const held = this.orders.get(id) ?? this.subscriptions.get(id) ?? this.customers.get(id)
    if (!held) throw new Error(`Nothing is known of ${id}`)
    if ('customer' in held) {
      held.customer = this.customers.get(held.customer_id) ?? held.customer
    }
    return held as Record
  }

  #keep(record: Kept): void {
    if ('billing_reason' in record) this.orders.set(record.id, record)
    else if ('product_id' in record) this.subscriptions.set(record.id, record)
    else this.customers.set(record.id, record)
  }

  #next(): string {
    this.#now += HOUR
    return this.#instant(this.#now)
  }

  /** Microseconds differ from one instant to the next, and are the same in every replay. */
  #instant(milliseconds: number): string {
    this.#micros = (this.#micros + 137) % 1000
    const whole = new Date(milliseconds).toISOString().slice(0, 23)
    return `${whole}${String(this.#micros).padStart(3, '0')}Z`
  }
}
