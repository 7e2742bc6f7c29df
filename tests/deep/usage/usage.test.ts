import { setTimeout as delay } from 'node:timers/promises'
import { execa } from 'execa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signDelivery } from '../../../src/polar/signing.js'
import { discard } from '../../support/discard.js'
import { subscriptionEvent } from '../../support/polar-payloads.js'
import {
  addUsers,
  describeOnServer,
  hostDatabase,
  newIds,
  WEBHOOK_SECRET,
  type HostDatabase,
} from '../billing-core/support/billing-host.js'
import { inboxEmpty } from '../billing-core/support/outcome.js'
import { Randomness, seedOfRun } from '../billing-core/support/randomness.js'
import { inParallel } from '../billing-core/support/sending.js'
import { Fleet } from './support/fleet.js'
import { sessionOf, Traffic } from './support/traffic.js'
import { startUnreliablePolar, type UnreliablePolar } from './support/unreliable-polar.js'
import { INCLUDED, METER, PRODUCT, usageHost } from './support/usage-host.js'

const INSTANCES = 4
const REQUESTS = 20_000
const IMPORTS = 500
const USERS = 50
const KILLS = 8
const SENDERS = 24

/** What is counted is written after so long. */
const FLUSH_INTERVAL_MS = 1_000

const MOST_SYNCS = 40
/** Exit code of a run that did nothing because another one was at work. */
const BUSY = 75

const TOTALS = `select coalesce(sum(quantity) filter (where source = 'import'), 0)::float as imports,
  coalesce(sum(quantity) filter (where source <> 'import'), 0)::float as requests,
  coalesce(sum(quantity), 0)::float as all from api_usage`

describeOnServer('usage of an app that is killed, reported to a Polar that fails', () => {
  const random = new Randomness(seedOfRun())
  const users = newIds(USERS)
  const secret = 'only-for-tests'
  const cookies = users.map((id) => sessionOf(id, secret))
  let host: string
  let database: HostDatabase
  let polar: UnreliablePolar
  let env: Record<string, string>

  beforeAll(async () => {
    host = await usageHost()
    database = await hostDatabase(host)
    polar = await startUnreliablePolar(host, random.fork(1))
    env = {
      DATABASE_URL: database.url,
      JWT_SECRET: secret,
      POLAR_ACCESS_TOKEN: 'polar_oat_only_for_tests',
      POLAR_WEBHOOK_SECRET: WEBHOOK_SECRET,
      POLAR_PRODUCT_ID_BASE: PRODUCT,
      POLAR_API_URL: polar.url,
      POLAR_TIMEOUT_SECONDS: '1',
      FRONTEND_URL: 'https://app.example.com',
    }
    await addUsers(database, users)
    await database.query('create table handled_events (event_id uuid not null)')
  })
  afterAll(async () => {
    await polar.stop()
    await database.drop()
    await discard(host)
  })

  /** Each user buys the plan, as far as the app knows. */
  async function subscribeAll(origin: string): Promise<void> {
    await inParallel(users, 8, async (userId) => {
      const subscription = { userId, productId: PRODUCT, subscriptionId: userId }
      const body = subscriptionEvent('subscription.active', subscription)
      const delivery = signDelivery(body, WEBHOOK_SECRET, `msg_${userId}`)
      const reply = await fetch(`${origin}/api/webhooks/polar`, { method: 'POST', ...delivery })
      expect(reply.status).toBe(202)
    })
    await inboxEmpty(database)
  }

  async function runScript(...words: string[]): Promise<number> {
    const command = ['--import', 'tsx', 'server/scripts/billing.ts', ...words]
    const { exitCode } = await execa(process.execPath, command, { cwd: host, env, reject: false })
    return exitCode ?? -1
  }

  async function syncWhenFree(): Promise<number> {
    let exitCode = BUSY
    // What a killed instance held runs out.
    await expect
      .poll(async () => (exitCode = await runScript('usage')), {
        timeout: 120_000,
        interval: 1_000,
      })
      .not.toBe(BUSY)
    return exitCode
  }

  /** Lets the pauses after refusals pass, and reports to Polar, until nothing is left. */
  async function reportTheRest(): Promise<void> {
    for (let run = 1; run <= MOST_SYNCS; run += 1) {
      await database.query(
        `update usage_events set next_attempt_at = now() where status = 'pending'`,
      )
      if ((await syncWhenFree()) === 0) return
    }
    throw new Error('Not everything was reported')
  }

  test(`${INSTANCES} instances, ${REQUESTS} requests, ${KILLS} kills`, async () => {
    const fleet = new Fleet(host, env, random.fork(2))
    await fleet.start(INSTANCES)
    await subscribeAll(fleet.any().app.url)

    const requests = new Traffic(fleet)
    const imports = new Traffic(fleet)
    const whose = random.fork(3)
    const anybody = (): string => cookies[whose.below(USERS)] as string
    const moments = Array.from({ length: KILLS }, (_, at) => ((at + 0.5) * REQUESTS) / KILLS)
    await Promise.all([
      inParallel(
        Array.from({ length: REQUESTS }, (_, at) => at),
        SENDERS,
        () => requests.send('GET', '/api/reports', anybody()),
      ),
      inParallel(Array.from(cookies.keys()), 1, async (user) => {
        for (let at = user; at < IMPORTS; at += USERS) {
          await imports.send('POST', `/api/imports/${at}`, cookies[user] as string)
          await delay(20)
        }
      }),
      (async () => {
        for (const moment of moments) {
          while (requests.answered < moment) await delay(2)
          await fleet.killOne()
        }
      })(),
    ])
    await fleet.stop()
    await reportTheRest()
    expect(await runScript('process')).toBe(0)

    const [ledger] = await database.query<{ requests: number; imports: number; all: number }>(
      TOTALS,
    )
    const lost = requests.answered - (ledger?.requests ?? 0)
    // Writing takes as long as an import, which is nothing else; and what comes while something is
    // written waits for that, too.
    const mayBeLost = fleet.answeredBeforeKills(FLUSH_INTERVAL_MS + 2 * imports.usualTime)
    process.stdout.write(
      `${fleet.kills} kills lost ${lost} of ${requests.answered} requests; ` +
        `the docs allow ${mayBeLost}. Polar: ${JSON.stringify(polar.outcomes)}\n`,
    )
    expect(fleet.kills).toBe(KILLS)
    expect(lost).toBeLessThanOrEqual(mayBeLost)
    expect(lost).toBeGreaterThanOrEqual(-requests.cutOff)
    expect(ledger?.imports).toBe(IMPORTS / 2)

    expect(polar.ingest.total(METER, 'quantity')).toBe(ledger?.all)
    expect(polar.ingest.changed, 'ids sent again with other content').toEqual([])
    expect(polar.outcomes['works']).toBeGreaterThan(10)
    expect(
      await database.query(
        `select status, count(*)::integer from usage_events where status <> 'sent' group by 1`,
      ),
    ).toEqual([])

    await expectAlertsOnce()
  })

  async function expectAlertsOnce(): Promise<void> {
    // Each threshold that a user's usage has reached, and no other.
    const reached = await database.query(
      `select user_id, threshold from (
         select user_id, sum(quantity) as used from api_usage group by user_id
       ) total cross join unnest(array[80, 100, 150]) threshold
       where used * 100 >= threshold * ${INCLUDED} order by 1, 2`,
    )
    const raised = await database.query(
      'select user_id, threshold from usage_alerts order by user_id, threshold',
    )
    expect(raised).toEqual(reached)
    expect(raised.length).toBeGreaterThan(USERS)

    const reported = await database.query(
      `select kind, name, count(distinct key)::integer as entries, count(*)::integer as rows
       from billing_outbox where name in ('usage.alert', 'usage_alert') group by 1, 2 order by 1`,
    )
    const each = { entries: raised.length, rows: raised.length }
    expect(reported).toEqual([
      { kind: 'email', name: 'usage_alert', ...each },
      { kind: 'event', name: 'usage.alert', ...each },
    ])
    expect(
      await database.query(
        `select entry.id, entry.status, count(handled.event_id)::integer as handled
         from billing_outbox entry left join handled_events handled on handled.event_id = entry.id
         where entry.kind = 'event' and entry.name = 'usage.alert'
         group by entry.id having count(handled.event_id) <> 1 or entry.status <> 'done'`,
      ),
    ).toEqual([])
  }
})
