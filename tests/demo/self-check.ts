import assert from 'node:assert/strict'
import pg from 'pg'
import { signDelivery } from '../../src/polar/signing.js'
import { subscriptionEvent } from '../support/polar-payloads.js'

interface Row {
  user_id: string
  tier: string
  status: string
}

interface Catalog {
  currency: string
  plans: { name: string; free: boolean; prices: { amount: number }[] }[]
}

/**
 * Proves the running app: its pricing page and the plans behind it are there, billing is closed
 * without login, and a signed webhook becomes a row.
 */
export async function selfCheck(
  url: string,
  databaseUrl: string,
  secret: string,
  products: { POLAR_PRODUCT_ID_PRO: string },
): Promise<string[]> {
  const page = await fetch(`${url}/pricing`)
  assert.equal(page.status, 200, 'the pricing page is served')

  const plans = await fetch(`${url}/api/billing/plans`)
  assert.equal(plans.status, 200, 'the plan catalog is served')
  const catalog = (await plans.json()) as Catalog
  const names = catalog.plans.map((plan) => plan.name)
  assert.deepEqual(names, ['Free', 'Pro', 'Enterprise'])
  const amounts = catalog.plans.map((plan) => plan.prices.map((price) => price.amount))
  assert.deepEqual(amounts, [[], [2900], [9900]])

  const closed = await fetch(`${url}/api/billing/subscription`)
  assert.equal(closed.status, 401, 'billing is closed without login')

  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 })
  const userId = await addUser(pool)
  const body = subscriptionEvent('subscription.active', {
    userId,
    productId: products.POLAR_PRODUCT_ID_PRO,
  })
  const delivery = signDelivery(body, secret, 'demo_delivery_1')
  const hook = { method: 'POST', headers: delivery.headers, body: delivery.body }
  const received = await fetch(`${url}/api/webhooks/polar`, hook)
  assert.ok(received.ok, `a signed webhook is accepted (${received.status})`)
  const row = await rowOf(pool)
  await pool.end()
  assert.deepEqual(row, { user_id: userId, tier: 'pro', status: 'active' })

  return [
    `GET /api/billing/plans: ${names.join(', ')}`,
    'GET /api/billing/subscription without login: 401',
    `POST /api/webhooks/polar, signed: ${received.status}, and the subscription is in the database`,
  ]
}

async function addUser(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    "insert into users (email, password_hash) values ('ada@example.com', 'none') returning id",
  )
  assert.ok(rows[0])
  return rows[0].id
}

async function rowOf(pool: pg.Pool): Promise<unknown> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const { rows } = await pool.query<Row>('select user_id, tier, status from subscriptions')
    if (rows.length > 0 || Date.now() > deadline) return rows[0]
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
