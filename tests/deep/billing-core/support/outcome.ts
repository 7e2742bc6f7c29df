import { setTimeout as delay } from 'node:timers/promises'
import type { HostDatabase } from './billing-host.js'

type Row = Record<string, unknown>

/** All that billing holds of one customer, and all the events that it has published. */
export interface Outcome {
  customers: Row[]
  subscriptions: Row[]
  payments: Row[]
  /** Name and key of every app-level event, with its data. */
  events: { name: string; key: string; payload: unknown }[]
}

/** What only says when, and under which key of ours, a row was written. */
const INCIDENTAL = "'{id,customer_id,created_at,updated_at}'::text[]"

/** Rows as JSON, each with the id at Polar of the customer that it belongs to. */
const QUERIES: Record<keyof Outcome, string> = {
  customers: `select polar_customer_id as customer, to_jsonb(t) - ${INCIDENTAL} as row
    from customers t where polar_customer_id = any ($1)`,
  subscriptions: `select t.polar_customer_id as customer,
      to_jsonb(t) - ${INCIDENTAL} || jsonb_build_object('owner', c.polar_customer_id) as row
    from subscriptions t left join customers c on c.id = t.customer_id
    where t.polar_customer_id = any ($1) order by t.polar_created_at`,
  payments: `select c.polar_customer_id as customer, to_jsonb(t) - ${INCIDENTAL} as row
    from payment_history t join customers c on c.id = t.customer_id
    where c.polar_customer_id = any ($1) order by t.polar_created_at`,
  events: `select polar_customer_id as customer,
      jsonb_build_object('name', name, 'key', key, 'payload', payload) as row
    from billing_outbox where kind = 'event' and polar_customer_id = any ($1)`,
}

/**
 * @param customers ids at Polar; the answer has an entry for each
 */
export async function outcomes(
  database: HostDatabase,
  customers: string[],
): Promise<Map<string, Outcome>> {
  const found = new Map<string, Outcome>(
    customers.map((id) => [id, { customers: [], subscriptions: [], payments: [], events: [] }]),
  )
  for (const part of Object.keys(QUERIES) as (keyof Outcome)[]) {
    const rows = await database.query<{ customer: string; row: Row }>(QUERIES[part], [customers])
    for (const { customer, row } of rows) (found.get(customer)?.[part] as Row[]).push(row)
  }
  return found
}

/** Outcomes for comparing: of each published event its name and the record, in no order. */
export function settled(found: Map<string, Outcome>): Record<string, unknown> {
  return Object.fromEntries(
    [...found].map(([id, { events, ...rows }]) => [
      id,
      { ...rows, events: events.map(({ key }) => key.split(':').slice(0, 2).join(' ')).sort() },
    ]),
  )
}

/** Waits until the app has worked off its inbox; fails at the first failure, or after 90 s. */
export async function inboxEmpty(database: HostDatabase): Promise<void> {
  await workedOff(database, 'webhook_events', 'type', "status in ('pending', 'dead')")
}

/** As `inboxEmpty`, where an attempt may have failed that is then repeated. */
export async function inboxEmptyInTheEnd(database: HostDatabase): Promise<void> {
  await workedOff(database, 'webhook_events', 'type', "status = 'dead'")
}

export async function outboxEmpty(database: HostDatabase): Promise<void> {
  await workedOff(database, 'billing_outbox', 'name', "status in ('pending', 'dead')")
}

/** @param failed which rows' failures are the end of it */
async function workedOff(
  database: HostDatabase,
  table: string,
  name: string,
  failed: string,
): Promise<void> {
  const deadline = Date.now() + 90_000
  for (;;) {
    const [state] = await database.query<{ pending: number; trouble: string | null }>(
      `select count(*) filter (where status = 'pending')::integer as pending,
         max(${name} || ': ' || last_error) filter (where ${failed}) as trouble
       from ${table} where status in ('pending', 'dead')`,
    )
    if (state?.trouble) throw new Error(`${table}: ${state.trouble}`)
    if (state?.pending === 0) return
    if (Date.now() > deadline) throw new Error(`${table}: ${state?.pending} left after 90 s`)
    await delay(50)
  }
}
