import { execa } from 'execa'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { discard } from '../../support/discard.js'
import { startApp } from '../../support/running-app.js'
import { buys, ends, fallsDue, pays, renews } from './lifecycles/lifecycle.js'
import {
  addUsers,
  billingEnv,
  billingHost,
  describeOnServer,
  hostDatabase,
  type HostDatabase,
} from './support/billing-host.js'
import { generatedSupport, type GeneratedSupport, type PolarStub } from './support/generated.js'
import { differencesFromPolar } from './support/in-sync.js'
import { inboxEmpty } from './support/outcome.js'
import { addEndpoint, addFailedPayments, holdTruth } from './support/polar-side.js'
import { population } from './support/population.js'
import { Randomness, seedOfRun } from './support/randomness.js'
import { disordered, inParallel, sendUntilAccepted } from './support/sending.js'
import { Story, type PolarEvent } from './support/story.js'

const CUSTOMERS = 500
/** Exit code of a run that did nothing because another one was at work. */
const BUSY = 75

describeOnServer('npm run sync:subscriptions', () => {
  const random = new Randomness(seedOfRun())
  let host: string
  let generated: GeneratedSupport
  let database: HostDatabase
  let polar: PolarStub
  let env: Record<string, string>

  beforeAll(async () => {
    host = await billingHost()
    generated = await generatedSupport(host)
  })
  afterAll(() => discard(host))

  beforeEach(async () => {
    database = await hostDatabase(host)
    polar = await generated.PolarStub.start()
    env = billingEnv(database.url, generated, polar.url)
  })
  afterEach(async () => {
    const violations = polar.violations()
    await polar.stop()
    await database.drop()
    expect(violations).toEqual([])
  })

  /** Five hundred customers at Polar, of whom the app knows no more than that they are its users. */
  async function town(): Promise<Story[]> {
    const stories = Array.from({ length: CUSTOMERS }, (_, at) => {
      const story = new Story(generated)
      const customer = story.customer()
      for (let ended = 0; ended < at % 3; ended += 1) ends(story, buys(story, customer))
      const running = buys(story, customer)
      const renewal = renews(story, running)
      if (at % 5 === 0) fallsDue(story, running)
      else pays(story, renewal)
      return story
    })
    await settle(stories)
    return stories
  }

  async function settle(stories: Story[]): Promise<void> {
    holdTruth(polar, stories)
    addEndpoint(generated, polar)
    await addUsers(
      database,
      stories.map(({ userId }) => userId),
    )
  }

  function sync(...args: string[]) {
    const command = ['run', 'sync:subscriptions', '--', ...args]
    return execa('npm', command, { cwd: host, env, reject: false, all: true })
  }

  async function expectSynced(...args: string[]): Promise<void> {
    const { exitCode, all } = await sync(...args)
    expect(exitCode, all).toBe(0)
  }

  /** All rows, without what says when they were looked at. */
  async function held(): Promise<unknown> {
    const tables = ['customers', 'subscriptions', 'payment_history', 'billing_outbox']
    return Promise.all(
      tables.map((table) =>
        database.query(
          `select to_jsonb(t) - '{polar_event_at,updated_at}'::text[] as row from ${table} t
           order by id`,
        ),
      ),
    )
  }

  async function deliver(events: PolarEvent[]): Promise<void> {
    const app = await startApp(host, env)
    try {
      await inParallel(disordered(events, random), 16, (one) =>
        sendUntilAccepted(() => app.url, one),
      )
      await inboxEmpty(database)
    } finally {
      await app.stop()
    }
  }

  test('shows what it would do, does it, and has nothing to do afterwards', async () => {
    const stories = await town()
    const declined = addFailedPayments(generated, polar, stories)
    const nothing = await held()
    await sync('--dry-run')
    expect(await held()).toEqual(nothing)

    await expectSynced()
    expect(await differencesFromPolar(database, polar)).toEqual([])
    expect(
      await database.query(
        `select count(*)::integer as published from billing_outbox
         where name = 'payment.failed' and payload ->> 'polarPaymentId' is not null`,
      ),
    ).toEqual([{ published: declined }])

    const inSync = await held()
    await expectSynced()
    expect(await held()).toEqual(inSync)
  })

  test('makes good a random half of all webhooks that never came', async () => {
    const { stories, events } = population(generated, random, 120)
    await settle(stories)
    await deliver(events.filter(() => random.chance(0.5)))
    expect(await differencesFromPolar(database, polar)).not.toEqual([])
    await expectSynced()
    expect(await differencesFromPolar(database, polar)).toEqual([])
  })

  test('is safe twice at once, and beside live webhooks', async () => {
    const { stories, events } = population(generated, random, 120)
    await settle(stories)
    const delivering = deliver(events)
    const runs = await Promise.all([sync(), sync()])
    await delivering
    // Where they met, one of them says that it did nothing.
    const codes = runs.map(({ exitCode }) => exitCode).sort()
    expect(
      [
        [0, 0],
        [0, BUSY],
      ],
      runs.map(({ all }) => all).join('\n'),
    ).toContainEqual(codes)
    await expectSynced()
    expect(await differencesFromPolar(database, polar)).toEqual([])
    expect(
      await database.query(
        "select type, last_error from webhook_events where status <> 'processed'",
      ),
    ).toEqual([])
  })

  test('goes on after it was killed half-way', async () => {
    await town()
    polar.slowDown(50)
    const script = ['--import', 'tsx', 'server/scripts/billing.ts', 'sync']
    const run = execa(process.execPath, script, { cwd: host, env, reject: false })
    await expect
      .poll(() => database.query('select 1 from subscriptions limit 1 offset 400'), {
        timeout: 60_000,
        interval: 20,
      })
      .toHaveLength(1)
    run.kill('SIGKILL')
    await run
    expect(await differencesFromPolar(database, polar)).not.toEqual([])
    polar.slowDown(0)
    // What the killed run held runs out.
    await expect.poll(async () => (await sync()).exitCode, { timeout: 120_000 }).toBe(0)
    expect(await differencesFromPolar(database, polar)).toEqual([])
  })

  test('finds a disabled endpoint, says how to heal it, and exits with 1', async () => {
    addEndpoint(generated, polar, { enabled: false })
    const { exitCode, all } = await sync()
    expect(exitCode).toBe(1)
    expect(all).toMatch(/disabled/i)
    expect(all).toMatch(/enable it/i)
  })
})
