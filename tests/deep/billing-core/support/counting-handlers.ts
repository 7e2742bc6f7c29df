import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HostDatabase } from './billing-host.js'

const NAMES = [
  'subscription.created',
  'subscription.active',
  'subscription.updated',
  'subscription.canceled',
  'subscription.uncanceled',
  'subscription.past_due',
  'subscription.paused',
  'subscription.revoked',
  'payment.succeeded',
  'payment.failed',
  'payment.refunded',
  'purchase.granted',
  'purchase.withdrawn',
  'customer.created',
  'customer.updated',
  'invoice.created',
  'invoice.paid',
  'invoice.payment_failed',
]

/** Gives a host handlers that note, in their transaction, each event that they are called for. */
export async function countHandledEvents(host: string): Promise<void> {
  const source = `
import type { BillingHandlers } from './events.js'

const NAMES = ${JSON.stringify(NAMES)} as const

export const billingHandlers: BillingHandlers = Object.fromEntries(
  NAMES.map((name) => [
    name,
    async (event: { id: string }, tx: { query(sql: string, params: unknown[]): Promise<unknown> }) => {
      await tx.query('insert into handled_events (event_id, process) values ($1, $2)', [event.id, process.pid])
    },
  ]),
)
`
  await writeFile(join(host, 'server/billing/handlers.ts'), source)
}

export async function makeHandledEvents(database: HostDatabase): Promise<void> {
  await database.query(
    'create table handled_events (event_id uuid not null, process integer not null)',
  )
}

/** Published events that handlers were not called for exactly once. */
export async function notHandledOnce(database: HostDatabase): Promise<unknown[]> {
  return database.query(
    `select o.name, o.status, count(h.event_id)::integer as handled
     from billing_outbox o left join handled_events h on h.event_id = o.id
     where o.kind = 'event'
     group by o.id having count(h.event_id) <> 1 or o.status <> 'done'`,
  )
}
