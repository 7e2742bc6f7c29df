import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { discard } from '../support/discard.js'
import { startApp, type RunningApp } from '../support/running-app.js'
import { subscribes } from '../deep/billing-core/lifecycles/lifecycle.js'
import {
  billingEnv,
  billingHost,
  hostDatabase,
  type HostDatabase,
} from '../deep/billing-core/support/billing-host.js'
import {
  generatedSupport,
  type GeneratedSupport,
  type PolarStub,
} from '../deep/billing-core/support/generated.js'
import { inboxEmpty } from '../deep/billing-core/support/outcome.js'
import { holdTruth } from '../deep/billing-core/support/polar-side.js'
import { send } from '../deep/billing-core/support/sending.js'
import { Story } from '../deep/billing-core/support/story.js'

interface Visitor {
  id: string
  cookie: string
}

describe('billing behind the login of the app', () => {
  let host: string
  let generated: GeneratedSupport
  let database: HostDatabase
  let polar: PolarStub
  let app: RunningApp

  beforeAll(async () => {
    host = await billingHost()
    generated = await generatedSupport(host)
    database = await hostDatabase(host)
    polar = await generated.PolarStub.start()
    app = await startApp(host, billingEnv(database.url, generated, polar.url))
  })
  afterAll(async () => {
    await app.stop()
    await polar.stop()
    await database.drop()
    await discard(host)
  })

  async function signUp(): Promise<Visitor> {
    const body = { email: `${randomUUID()}@example.com`, password: 'correct horse battery' }
    const response = await call('POST', '/api/auth/signup', {}, body)
    const { user } = (await response.json()) as { user: { id: string } }
    const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return { id: user.id, cookie }
  }

  function call(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    body?: unknown,
  ): Promise<Response> {
    return fetch(app.url + path, {
      method,
      redirect: 'manual',
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }

  /** A user whose subscription Polar and the app know of. */
  async function subscriber(): Promise<Visitor & { subscriptionId: string; customerId: string }> {
    const visitor = await signUp()
    const story = new Story(generated, visitor.id)
    const { id: subscriptionId, customer_id: customerId } = subscribes(story)
    for (const { event } of story.sent) {
      expect(await send(app.url, { id: randomUUID(), event })).toBe(202)
    }
    await inboxEmpty(database)
    holdTruth(polar, [story])
    return { ...visitor, subscriptionId, customerId }
  }

  const CHANGES = [
    ['PUT', '/upgrade', { tier: 'enterprise' }],
    ['PUT', '/downgrade', { tier: 'free' }],
    ['DELETE', '/cancel', undefined],
    ['PUT', '/uncancel', undefined],
    ['PUT', '/pause', undefined],
    ['PUT', '/resume', undefined],
    ['DELETE', '/pending-change', undefined],
  ] as const

  test('nobody reads or changes the billing of somebody else', async () => {
    const owner = await subscriber()
    const other = await signUp()
    const { cookie } = other
    const before = await rows()

    const state = await call('GET', '/api/billing/subscription', { cookie })
    expect(await state.json()).toMatchObject({ tier: 'free', subscription: null })
    const named = `?user=${owner.id}&customer_id=${owner.customerId}&subscription=${owner.subscriptionId}`
    const asked = await call('GET', `/api/billing/subscription${named}`, { cookie })
    expect(await asked.json()).toMatchObject({ tier: 'free', subscription: null })
    for (const [method, path, body] of CHANGES) {
      const response = await call(method, `/api/billing/subscription${path}`, { cookie }, body)
      expect(response.status, path).toBe(404)
    }
    const portal = await call('GET', '/api/billing/portal', { cookie })
    expect(portal.status).toBe(404)
    expect(await rows()).toEqual(before)
    expect(polar.calls.filter(({ method }) => method === 'PATCH')).toEqual([])
  })

  test('ids and prices that the browser sends are refused', async () => {
    const owner = await subscriber()
    const { cookie } = await signUp()
    for (const smuggled of [
      { customerId: owner.customerId },
      { userId: owner.id },
      { subscriptionId: owner.subscriptionId },
      { productId: 'x' },
      { amount: 1 },
      { discountId: 'x' },
      { successUrl: 'https://evil.example' },
    ]) {
      const body = { tier: 'pro', ...smuggled }
      const response = await call('POST', '/api/billing/checkout', { cookie }, body)
      expect(response.status, JSON.stringify(smuggled)).toBe(400)
    }
    expect(polar.calls.filter(({ route }) => route === 'POST /v1/checkouts/')).toEqual([])
  })

  test('without a login, or with one that is forged, every route of a user answers 401', async () => {
    const { id, cookie } = await signUp()
    const [header, payload] = cookie.split('.')
    const unsigned = `brieflog_session=${encoded({ alg: 'none' })}.${encoded({ sub: id })}.`
    for (const headers of [
      {},
      { cookie: `${header}.${payload}.${'A'.repeat(43)}` },
      { cookie: unsigned },
      { authorization: `Bearer ${id}`, 'x-user-id': id, 'x-test-user': id },
    ] as Record<string, string>[]) {
      for (const [method, path, body] of [
        ['GET', '/subscription', undefined],
        ['GET', '/portal', undefined],
        ['POST', '/checkout', { tier: 'pro' }],
        ...CHANGES.map(([way, end, given]) => [way, `/subscription${end}`, given] as const),
      ] as const) {
        const response = await call(method, `/api/billing${path}`, headers, body)
        expect(response.status, `${method} ${path}`).toBe(401)
      }
    }
  })

  test('the browser is only ever sent back to the front end', async () => {
    const { cookie } = await signUp()
    const elsewhere = {
      cookie,
      host: 'evil.example',
      origin: 'https://evil.example',
      referer: 'https://evil.example/billing',
      'x-forwarded-host': 'evil.example',
    }
    const response = await call('POST', '/api/billing/checkout', elsewhere, { tier: 'pro' })
    expect(response.status).toBe(201)
    const { url } = (await response.json()) as { url: string }
    expect(response.headers.get('location')).toBeNull()
    expect(url).not.toContain('evil.example')
    const [checkout] = polar.calls.filter(({ route }) => route === 'POST /v1/checkouts/')
    const { success_url, return_url } = checkout?.body as Record<string, string>
    for (const back of [success_url, return_url]) {
      expect(new URL(back ?? '').origin).toBe('https://app.example.com')
    }
  })

  test('a body over the limit is refused before anybody reads it', async () => {
    const { cookie } = await signUp()
    const large = 'x'.repeat(1024 * 1024 + 1)
    const webhook = await call('POST', '/api/webhooks/polar', {}, large)
    expect(webhook.status).toBe(413)
    const checkout = await call('POST', '/api/billing/checkout', { cookie }, { tier: large })
    expect(checkout.status).toBe(413)
    const health = await call('GET', '/api/health')
    expect(health.status).toBe(200)
  })

  async function rows(): Promise<unknown> {
    return database.query('select to_jsonb(s) as row from subscriptions s order by id')
  }
})

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
