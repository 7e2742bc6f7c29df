import type { HostDatabase } from './billing-host.js'
import type { PolarStub } from './generated.js'

type Facts = Record<string, unknown>

/** Where the database does not say what Polar holds, or says something of which Polar knows nothing. */
export async function differencesFromPolar(
  database: HostDatabase,
  { api }: PolarStub,
): Promise<string[]> {
  const subscriptions = await database.query<{ id: string; facts: Facts }>(
    `select s.polar_subscription_id as id, jsonb_build_object(
       'status', s.status, 'product', s.polar_product_id, 'canceling', s.cancel_at_period_end,
       'end', extract(epoch from s.current_period_end) * 1000, 'user', s.user_id) as facts
     from subscriptions s`,
  )
  const orders = await database.query<{ id: string; facts: Facts }>(
    `select polar_order_id as id, jsonb_build_object('status', status, 'refunded', refunded_amount,
       'amount', amount, 'product', polar_product_id, 'user', user_id) as facts
     from payment_history`,
  )
  const userOf = (customerId: string): string | null =>
    api.customers.get(customerId)?.external_id ?? null
  return [
    ...differences(
      subscriptions,
      new Map(
        [...api.subscriptions.values()].map((one) => [
          one.id,
          {
            status: one.status,
            product: one.product_id,
            canceling: one.cancel_at_period_end,
            end: Date.parse(one.current_period_end),
            user: userOf(one.customer_id),
          },
        ]),
      ),
    ),
    ...differences(
      orders,
      new Map(
        [...api.orders.values()].map((one) => [
          one.id,
          {
            status: one.status,
            refunded: one.refunded_amount,
            amount: one.total_amount,
            product: one.product_id,
            user: userOf(one.customer_id),
          },
        ]),
      ),
    ),
  ]
}

function differences(rows: { id: string; facts: Facts }[], truth: Map<string, Facts>): string[] {
  const held = new Map(rows.map(({ id, facts }) => [id, facts]))
  const found = [...held.keys()].filter((id) => !truth.has(id)).map((id) => `${id} is not Polar's`)
  for (const [id, facts] of truth) {
    const row = held.get(id)
    if (!row) found.push(`${id} is missing`)
    for (const [name, wanted] of Object.entries(facts)) {
      // The link to a user outlives the customer at Polar, who has no external id any more.
      if (!row || (name === 'user' && wanted === null)) continue
      const here = name === 'end' ? Math.floor(Number(row[name])) : row[name]
      if (here !== wanted) found.push(`${id}: ${name} is ${String(here)}, not ${String(wanted)}`)
    }
  }
  return found
}
