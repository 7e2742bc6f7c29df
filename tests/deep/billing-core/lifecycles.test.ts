import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { discard } from '../../support/discard.js'
import { startApp, type RunningApp } from '../../support/running-app.js'
import { lifecycles, type Lifecycle } from './lifecycles/index.js'
import {
  addUsers,
  billingEnv,
  billingHost,
  hostDatabase,
  type HostDatabase,
} from './support/billing-host.js'
import { generatedSupport, importFrom, type GeneratedSupport } from './support/generated.js'
import { inboxEmpty, outcomes, type Outcome } from './support/outcome.js'
import { Randomness, seedOfRun } from './support/randomness.js'
import { disordered, inParallel, send, signed, withGaps, type Delivery } from './support/sending.js'
import { Story } from './support/story.js'

/** Of each lifecycle: 200 orders with repetitions, in some of which events are missing too. */
const WHOLE_ORDERS = 140
const ORDERS_WITH_GAPS = 60
/** One replay in so many goes over HTTP to the running app, the others to the same code here. */
const HTTP_SHARE = 8

/** The generated server, in this process. */
interface Billing {
  receiveWebhook(body: Uint8Array, headers: Record<string, string>): Promise<void>
  processPendingEvents(): Promise<number>
  database: { close(): Promise<void> }
}

describe('every order of a lifecycle ends in the same rows', () => {
  const random = new Randomness(seedOfRun())
  let host: string
  let database: HostDatabase
  let generated: GeneratedSupport
  let billing: Billing
  let app: RunningApp

  beforeAll(async () => {
    host = await billingHost()
    generated = await generatedSupport(host)
    database = await hostDatabase(host)
    const env = billingEnv(database.url, generated)
    Object.assign(process.env, env)
    app = await startApp(host, env)
    // Tens of thousands of events are logged.
    vi.spyOn(console, 'info').mockReturnValue()
    vi.spyOn(console, 'log').mockReturnValue()
    billing = {
      ...(await importFrom<Billing>(host, 'server/billing/inbox.ts')),
      ...(await importFrom<Billing>(host, 'server/billing/inbox.ts')),
      ...(await importFrom<Billing>(host, 'server/billing/database.ts')),
    }
  })
  afterAll(async () => {
    await app.stop()
    await billing.database.close()
    await database.drop()
    await discard(host)
  })

  /** Replays a lifecycle so many times, each time for a new user, and delivers each replay. */
  async function outcomesOf(
    lifecycle: Lifecycle,
    count: number,
    deliveriesOf: (story: Story, replay: number) => Delivery[],
  ): Promise<Outcome[]> {
    const stories = Array.from({ length: count }, () => new Story(generated))
    await addUsers(
      database,
      stories.map(({ userId }) => userId),
    )
    const numbered = stories.map((story, replay) => ({ story, replay }))
    await inParallel(numbered, 8, async ({ story, replay }) => {
      lifecycle.happens(story)
      for (const delivery of deliveriesOf(story, replay)) {
        if (replay % HTTP_SHARE === 0) {
          expect(await send(app.url, delivery)).toBe(202)
        } else {
          const { headers, body } = signed(delivery)
          await billing.receiveWebhook(Buffer.from(body), headers)
        }
      }
    })
    // The app is at work on the same inbox.
    await billing.processPendingEvents()
    await inboxEmpty(database)
    const ids = stories.map((story) => [...story.customers.keys()][0] ?? '')
    const found = await outcomes(database, ids)
    return stories.map((story, replay) => {
      const outcome = found.get(ids[replay] ?? '')
      return JSON.parse(story.unnamed(JSON.stringify(outcome))) as Outcome
    })
  }

  describe.each(lifecycles.map((lifecycle, index) => ({ ...lifecycle, lifecycle, index })))(
    '$name',
    ({ lifecycle, index }) => {
      let expected: Outcome

      beforeAll(async () => {
        const inOrder = (story: Story): Delivery[] =>
          story.ended().map(({ event }, at) => ({ id: `${story.userId}-${at}`, event }))
        const [outcome] = await outcomesOf(lifecycle, 1, inOrder)
        expected = outcome as Outcome
      })

      test('publishes each transition once', () => {
        expect(published(expected)).toEqual([...lifecycle.publishes].sort())
      })

      test(`the same rows and published events, in ${WHOLE_ORDERS} orders with repetitions`, async () => {
        const found = await outcomesOf(lifecycle, WHOLE_ORDERS, (story, replay) =>
          disordered(
            story.ended().map(({ event }) => event),
            random.fork(index * 1000 + replay),
          ),
        )
        for (const [replay, outcome] of found.entries()) {
          const said = `order ${replay}, seed ${random.seed}`
          expect(rowsOf(outcome), said).toEqual(rowsOf(expected))
          expect(published(outcome), said).toEqual([...lifecycle.publishes].sort())
        }
      })

      test(`the same rows, in ${ORDERS_WITH_GAPS} orders with gaps`, async () => {
        const found = await outcomesOf(lifecycle, ORDERS_WITH_GAPS, (story, replay) => {
          const choices = random.fork(500_000 + index * 1000 + replay)
          return disordered(withGaps(story.ended(), choices), choices)
        })
        for (const [replay, outcome] of found.entries()) {
          expect(rowsOf(outcome), `gaps ${replay}, seed ${random.seed}`).toEqual(rowsOf(expected))
        }
      })
    },
  )
})

function rowsOf({ customers, subscriptions, payments }: Outcome): unknown {
  return { customers, subscriptions, payments }
}

const ABOUT: Record<string, string> = {
  customer: 'customer',
  subscription: 'subscription',
  invoice: 'order',
  payment: 'order',
  purchase: 'order',
}

/** `name record` of every app-level event, sorted: 'invoice.paid order 1'. */
function published({ events }: Outcome): string[] {
  return events
    .map(({ name, key, payload }) => {
      const role = ABOUT[name.split('.')[0] ?? ''] ?? ''
      const said = JSON.stringify([payload, key])
      return `${name} ${new RegExp(`${role} \\d+`).exec(said)?.[0] ?? said}`
    })
    .sort()
}
