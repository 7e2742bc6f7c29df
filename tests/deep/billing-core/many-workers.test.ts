import { afterAll, beforeAll, expect, test } from 'vitest'
import { discard } from '../../support/discard.js'
import { startApp, type RunningApp } from '../../support/running-app.js'
import {
  addUsers,
  billingEnv,
  billingHost,
  describeOnServer,
  hostDatabase,
  type HostDatabase,
} from './support/billing-host.js'
import {
  countHandledEvents,
  makeHandledEvents,
  notHandledOnce,
} from './support/counting-handlers.js'
import { generatedSupport, type GeneratedSupport } from './support/generated.js'
import { inboxEmpty, outboxEmpty, outcomes, settled } from './support/outcome.js'
import { population } from './support/population.js'
import { Randomness, seedOfRun } from './support/randomness.js'
import { disordered, inParallel, sendUntilAccepted, type Delivery } from './support/sending.js'

const PROCESSES = 4
const CUSTOMERS = 300

describeOnServer('processes at work on one inbox', () => {
  const random = new Randomness(seedOfRun())
  let host: string
  let generated: GeneratedSupport
  let shared: HostDatabase
  let alone: HostDatabase

  beforeAll(async () => {
    host = await billingHost()
    await countHandledEvents(host)
    generated = await generatedSupport(host)
    shared = await hostDatabase(host)
    alone = await hostDatabase(host)
  })
  afterAll(async () => {
    await shared.drop()
    await alone.drop()
    await discard(host)
  })

  /** Delivers to all of the processes in turn, and waits until they have done what it causes. */
  async function run(
    database: HostDatabase,
    processes: number,
    deliveries: Delivery[],
  ): Promise<void> {
    await makeHandledEvents(database)
    const env = billingEnv(database.url, generated)
    const apps: RunningApp[] = []
    try {
      for (let started = 0; started < processes; started += 1) apps.push(await startApp(host, env))
      let sent = 0
      await inParallel(deliveries, 32, async (delivery) => {
        const app = apps[(sent += 1) % processes]
        await sendUntilAccepted(() => app?.url ?? '', delivery)
      })
      await inboxEmpty(database)
      await outboxEmpty(database)
    } finally {
      await Promise.all(apps.map((app) => app.stop()))
    }
  }

  test('4 of them: nothing twice, nothing left, no deadlock, the rows of one', async () => {
    const { events, userIds, customerIds } = population(generated, random, CUSTOMERS)
    const deliveries = disordered(events, random)
    expect(deliveries.length).toBeGreaterThan(3000)
    await addUsers(shared, userIds)
    await addUsers(alone, userIds)
    const deadlocksBefore = await deadlocks()

    await run(shared, PROCESSES, deliveries)
    await run(
      alone,
      1,
      events.map((event, at) => ({ id: `event-${at}`, event })),
    )

    expect(await deadlocks()).toBe(deadlocksBefore)
    const distinct = new Set(deliveries.map(({ id }) => id)).size
    expect(await shared.query('select count(*)::integer as taken from webhook_events')).toEqual([
      { taken: distinct },
    ])
    expect(
      await shared.query(
        `select type, status, attempts, last_error from webhook_events
         where status <> 'processed' or attempts <> 1`,
      ),
    ).toEqual([])
    expect(await notHandledOnce(shared)).toEqual([])
    expect(await shared.query('select distinct process from handled_events')).toHaveLength(
      PROCESSES,
    )
    expect(settled(await outcomes(shared, customerIds))).toEqual(
      settled(await outcomes(alone, customerIds)),
    )
  })

  async function deadlocks(): Promise<number> {
    const [counted] = await shared.query<{ deadlocks: number }>(
      'select deadlocks::integer from pg_stat_database where datname = current_database()',
    )
    return counted?.deadlocks ?? -1
  }
})
