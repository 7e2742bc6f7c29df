import { randomUUID } from 'node:crypto'
import { execa } from 'execa'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signDelivery } from '../../src/polar/signing.js'
import { discard } from '../support/discard.js'
import { hostCopy, REQUEST, runCli } from '../support/host-copy.js'
import { subscriptionEvent } from '../support/polar-payloads.js'
import { startApp, type RunningApp } from '../support/running-app.js'
import { testDatabase, type TestDatabase } from '../support/test-database.js'

const SECRET = 'polar_whs_only_for_tests'
const PRODUCT = '6d2c9e1f-0000-4000-8000-000000000001'

describe('the running app', () => {
  let host: string
  let database: TestDatabase
  let app: RunningApp
  let pool: pg.Pool

  beforeAll(async () => {
    host = await hostCopy()
    const run = await runCli(host, [REQUEST, '--yes', '--json', '--no-verify'])
    expect(run.exitCode).toBe(0)
    database = await testDatabase(host)
    pool = new pg.Pool({ connectionString: database.url })
    const env = {
      DATABASE_URL: database.url,
      JWT_SECRET: 'only-for-tests',
      POLAR_ACCESS_TOKEN: 'polar_oat_only_for_tests',
      POLAR_WEBHOOK_SECRET: SECRET,
      POLAR_PRODUCT_ID_PRO: PRODUCT,
    }
    await execa('npm', ['run', 'migrate'], { cwd: host, env })
    app = await startApp(host, env)
  })
  afterAll(async () => {
    await app.stop()
    await pool.end()
    await database.drop()
    await discard(host)
  })

  async function newUser(): Promise<string> {
    const { rows } = await pool.query<{ id: string }>(
      "insert into users (email, password_hash) values ($1, 'none') returning id",
      [`${randomUUID()}@example.com`],
    )
    return rows[0]?.id ?? ''
  }

  async function deliver(body: string, id: string = randomUUID(), sent = body): Promise<number> {
    const { headers } = signDelivery(body, SECRET, id)
    const response = await fetch(`${app.url}/api/webhooks/polar`, {
      method: 'POST',
      headers,
      body: sent,
    })
    return response.status
  }

  async function rowsOf(userId: string, wanted: number): Promise<unknown[]> {
    const deadline = Date.now() + 10_000
    for (;;) {
      const { rows } = await pool.query<{ tier: string; status: string }>(
        'select tier, status from subscriptions where user_id = $1',
        [userId],
      )
      if (rows.length >= wanted || Date.now() > deadline) return rows
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  const activation = (userId: string): string =>
    subscriptionEvent('subscription.active', {
      userId,
      productId: PRODUCT,
      subscriptionId: randomUUID(),
    })

  test('keeps a signed subscription.active, once however often it comes', async () => {
    const userId = await newUser()
    const body = activation(userId)
    const id = randomUUID()
    expect(await deliver(body, id)).toBe(202)
    expect(await rowsOf(userId, 1)).toEqual([{ tier: 'pro', status: 'active' }])
    expect(await deliver(body, id)).toBe(202)
    expect(await deliver(body)).toBe(202)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await rowsOf(userId, 1)).toHaveLength(1)
  })

  test('refuses a wrong signature and a body that a proxy has re-serialised', async () => {
    const userId = await newUser()
    const body = activation(userId)
    expect(await deliver(`${body} `, randomUUID(), body)).toBe(403)
    const reserialised = body.replace('25.0', '25')
    expect(reserialised).not.toBe(body)
    expect(await deliver(body, randomUUID(), reserialised)).toBe(403)
    expect(await rowsOf(userId, 0)).toEqual([])
    const { rows } = await pool.query('select 1 from webhook_events where payload::text like $1', [
      `%${userId}%`,
    ])
    expect(rows).toEqual([])
  })

  test('answers 401 without login on every route of a user', async () => {
    const routes = [
      ['POST', '/checkout'],
      ['GET', '/portal'],
      ['GET', '/subscription'],
      ['PUT', '/subscription/upgrade'],
      ['PUT', '/subscription/downgrade'],
      ['DELETE', '/subscription/cancel'],
      ['PUT', '/subscription/uncancel'],
    ] as const
    for (const [method, path] of routes) {
      const response = await fetch(`${app.url}/api/billing${path}`, { method })
      expect(response.status, `${method} ${path}`).toBe(401)
    }
  })

  test('shows a subscription to its owner and to nobody else', async () => {
    const owner = await signUp('owner')
    const other = await signUp('other')
    await deliver(activation(owner.id))
    await rowsOf(owner.id, 1)
    const read = async (cookie: string): Promise<unknown> => {
      const headers = { cookie }
      return (await fetch(`${app.url}/api/billing/subscription`, { headers })).json()
    }
    expect(await read(owner.cookie)).toMatchObject({ tier: 'pro', hasAccess: true })
    expect(await read(other.cookie)).toMatchObject({ tier: 'free', subscription: null })
    const cancel = await fetch(`${app.url}/api/billing/subscription/cancel`, {
      method: 'DELETE',
      headers: { cookie: other.cookie },
    })
    expect(cancel.status).toBe(404)
  })

  async function signUp(name: string): Promise<{ id: string; cookie: string }> {
    const email = `${name}-${randomUUID()}@example.com`
    const response = await fetch(`${app.url}/api/auth/signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password: 'correct horse battery' }),
    })
    expect(response.ok, await response.clone().text()).toBe(true)
    const cookie = response.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const { rows } = await pool.query<{ id: string }>('select id from users where email = $1', [
      email,
    ])
    return { id: rows[0]?.id ?? '', cookie }
  }
})
