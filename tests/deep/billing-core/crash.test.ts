import { setTimeout as delay } from 'node:timers/promises'
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

const DELIVERIES = 1000
const KILLS = 12

describeOnServer('an app that is killed', () => {
  const random = new Randomness(seedOfRun())
  let host: string
  let generated: GeneratedSupport
  let disturbed: HostDatabase
  let undisturbed: HostDatabase

  beforeAll(async () => {
    host = await billingHost()
    await countHandledEvents(host)
    generated = await generatedSupport(host)
    disturbed = await hostDatabase(host)
    undisturbed = await hostDatabase(host)
  })
  afterAll(async () => {
    await disturbed.drop()
    await undisturbed.drop()
    await discard(host)
  })

  /** Delivers everything, each delivery until it is accepted, and kills the app after so many. */
  async function run(
    database: HostDatabase,
    deliveries: Delivery[],
    killAfter: number[],
  ): Promise<number> {
    await makeHandledEvents(database)
    const env = billingEnv(database.url, generated)
    let app: RunningApp = await startApp(host, env)
    let taken = 0
    let kills = 0
    const killing = async (): Promise<void> => {
      for (const moment of killAfter) {
        while (taken < moment) await delay(1)
        // Anywhere between two of the app's steps, and not only where an answer has just been sent.
        await delay(random.next() * 15)
        await app.kill()
        kills += 1
        app = await startApp(host, env)
      }
    }
    const sending = inParallel(deliveries, 16, async (delivery) => {
      await sendUntilAccepted(() => app.url, delivery)
      taken += 1
    })
    try {
      await Promise.all([sending, killing()])
      await inboxEmpty(database)
      await outboxEmpty(database)
    } finally {
      await app.stop()
    }
    return kills
  }

  test(`${KILLS} times with -9 during ${DELIVERIES} deliveries: the rows of an undisturbed run`, async () => {
    const { events, userIds, customerIds } = population(generated, random, 120)
    const deliveries = disordered(events, random).slice(0, DELIVERIES)
    expect(deliveries).toHaveLength(DELIVERIES)
    const killAfter = Array.from({ length: KILLS }, () => random.below(DELIVERIES - 20)).sort(
      (a, b) => a - b,
    )
    await addUsers(disturbed, userIds)
    await addUsers(undisturbed, userIds)

    expect(await run(disturbed, deliveries, killAfter)).toBe(KILLS)
    await run(undisturbed, deliveries, [])

    for (const database of [disturbed, undisturbed]) {
      expect(await notHandledOnce(database)).toEqual([])
    }
    const [before, after] = [
      settled(await outcomes(undisturbed, customerIds)),
      settled(await outcomes(disturbed, customerIds)),
    ]
    expect(after).toEqual(before)
  })
})
