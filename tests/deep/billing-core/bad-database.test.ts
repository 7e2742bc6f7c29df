import { randomUUID } from 'node:crypto'
import { execa } from 'execa'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { discard } from '../../support/discard.js'
import { startApp, type RunningApp } from '../../support/running-app.js'
import { subscribes } from './lifecycles/lifecycle.js'
import {
  addUsers,
  billingEnv,
  billingHost,
  describeOnServer,
  hostDatabase,
  type HostDatabase,
} from './support/billing-host.js'
import { generatedSupport, type GeneratedSupport, type Line } from './support/generated.js'
import { inboxEmptyInTheEnd } from './support/outcome.js'
import { send, sendUntilAccepted, type Delivery } from './support/sending.js'
import { Story } from './support/story.js'

describeOnServer('a database in trouble', () => {
  let host: string
  let generated: GeneratedSupport
  let database: HostDatabase
  let line: Line
  let role: Role
  let env: Record<string, string>
  let app: RunningApp

  beforeAll(async () => {
    host = await billingHost()
    generated = await generatedSupport(host)
  })
  afterAll(() => discard(host))

  beforeEach(async () => {
    database = await hostDatabase(host)
    role = await limitedRole(database)
    const url = new URL(role.url)
    line = await generated.openLine({ host: url.hostname, port: Number(url.port || 5432) })
    url.hostname = '127.0.0.1'
    url.port = String(line.port)
    env = billingEnv(url.href, generated)
    app = await startApp(host, env)
  })
  afterEach(async () => {
    // It may be waiting for the database, which an orderly end would wait for too.
    await app.kill()
    await line.close()
    await role.drop()
    await database.drop()
  })

  /** What five new customers cause: not yet sent. */
  async function business(): Promise<Delivery[]> {
    const stories = Array.from({ length: 5 }, () => new Story(generated))
    stories.forEach(subscribes)
    await addUsers(
      database,
      stories.map(({ userId }) => userId),
    )
    return stories.flatMap(({ sent }) => sent.map(({ event }) => ({ id: randomUUID(), event })))
  }

  async function stored(): Promise<number> {
    const [{ count } = { count: -1 }] = await database.query<{ count: number }>(
      'select count(*)::integer as count from webhook_events',
    )
    return count
  }

  /** Sends everything as Polar would go on to, and looks whether it has all had its effect. */
  async function expectNothingLost(deliveries: Delivery[]): Promise<void> {
    for (const delivery of deliveries) await sendUntilAccepted(() => app.url, delivery)
    // What was under way when the trouble came has failed once.
    await inboxEmptyInTheEnd(database)
    expect(await stored()).toBe(deliveries.length)
    expect(await database.query('select tier, status from subscriptions')).toEqual(
      Array.from({ length: 5 }, () => ({ tier: 'pro', status: 'active' })),
    )
    expect(
      await database.query("select 1 from payment_history where status = 'paid'"),
    ).toHaveLength(5)
  }

  /** The answers to all deliveries, sent at once. */
  function answers(deliveries: Delivery[]): Promise<number[]> {
    return Promise.all(deliveries.map((delivery) => send(app.url, delivery)))
  }

  test('that is down: 503, and nothing is lost once it is back', async () => {
    const deliveries = await business()
    line.cut()
    expect(new Set(await answers(deliveries))).toEqual(new Set([503]))
    expect(await stored()).toBe(0)
    line.restore()
    await expectNothingLost(deliveries)
  })

  test('that goes down in the middle: what was answered 2xx is there', async () => {
    const deliveries = await business()
    const sending = answers(deliveries)
    await send(app.url, deliveries[0] as Delivery)
    line.cut()
    const statuses = await sending
    const taken = deliveries.filter((_, at) => statuses[at] === 202)
    const refused = statuses.filter((status) => status !== 202)
    expect(refused.every((status) => status >= 500)).toBe(true)
    const there = await database.query(
      'select webhook_id from webhook_events where webhook_id = any ($1)',
      [taken.map(({ id }) => id)],
    )
    expect(there).toHaveLength(taken.length)
    line.restore()
    await expectNothingLost(deliveries)
  })

  test('that is slow: 503 before Polar gives up, and nothing is lost afterwards', async () => {
    const deliveries = await business()
    const unlock = await lockInbox()
    try {
      expect(await withinPatience(answers(deliveries.slice(0, 4)))).toEqual([503, 503, 503, 503])
    } finally {
      await unlock()
    }
    await expectNothingLost(deliveries)
  })

  test('that is full: 503, and nothing is lost once there is room', async () => {
    const deliveries = await business()
    await refuseInserts('webhook_events', '53100')
    expect(new Set(await answers(deliveries))).toEqual(new Set([503]))
    expect(await stored()).toBe(0)
    await database.query('drop trigger refuse on webhook_events')
    await expectNothingLost(deliveries)
  })

  test('that is full for everything but the inbox: accepted, and applied once there is room', async () => {
    const deliveries = await business()
    await refuseInserts('subscriptions', '53100')
    expect(new Set(await answers(deliveries))).toEqual(new Set([202]))
    // Every event has had its turn, so that none fails after the repair.
    await awaitRow(
      `select 1 where exists (select 1 from webhook_events where last_error like '%refused%')
       and not exists (select 1 from webhook_events where status = 'pending' and attempts = 0)`,
    )
    await database.query('drop trigger refuse on subscriptions')
    await makeDue()
    // The app may be at work on the same events, which then are not done when the script ends.
    const process = async (): Promise<unknown> => (await script('webhooks:process')).exitCode
    await expect.poll(process, { timeout: 30_000 }).toBe(0)
    await expectNothingLost(deliveries)
  })

  test('with too many connections: 503, and nothing is lost once there are some', async () => {
    const deliveries = await business()
    await role.limit(0)
    expect(new Set(await answers(deliveries))).toEqual(new Set([503]))
    await role.limit(-1)
    await expectNothingLost(deliveries)
  })

  test('an event that cannot be applied holds up nobody, is seen, and can be replayed', async () => {
    const deliveries = await business()
    const [creation, ...rest] = deliveries
    const data = { ...(creation?.event.data as object), created_at: null, email: 25 }
    const poison = { id: randomUUID(), event: { ...creation!.event, data } }
    const incomplete = {
      id: randomUUID(),
      event: { type: 'subscription.updated', timestamp: creation!.event.timestamp, data: {} },
    }
    expect(await answers([poison, incomplete])).toEqual([202, 202])
    expect(new Set(await answers(rest))).toEqual(new Set([202]))
    await awaitRow(
      `select 1 where (select count(*) from subscriptions where status = 'active') = 5
       and (select count(*) from webhook_events where status = 'pending') = 2`,
    )

    await database.query("update webhook_events set attempts = 11 where status = 'pending'")
    await makeDue()
    expect(await script('webhooks:process')).toMatchObject({ exitCode: 1 })
    const dead = await database.query<{ id: string; type: string; attempts: number }>(
      "select id, type, attempts from webhook_events where status = 'dead' order by type",
    )
    expect(dead).toMatchObject([
      { type: 'customer.created', attempts: 12 },
      { type: 'subscription.updated', attempts: 12 },
    ])
    const { stdout } = await script('webhooks:replay')
    for (const { id, type } of dead) {
      expect(stdout).toContain(id)
      expect(stdout).toContain(type)
    }

    // What a repaired version of the app would make of it.
    await database.query('update webhook_events set payload = $1 where webhook_id = $2', [
      JSON.stringify(creation!.event),
      poison.id,
    ])
    // One of the two is still dead, which the exit code says for as long as it is.
    expect(await script('webhooks:replay', dead[0]?.id)).toMatchObject({ exitCode: 1 })
    expect(
      await database.query("select status, type from webhook_events where status <> 'processed'"),
    ).toEqual([{ status: 'dead', type: 'subscription.updated' }])

    await database.query('update webhook_events set payload = $1 where webhook_id = $2', [
      JSON.stringify(rest.find(({ event }) => event.type === 'subscription.updated')?.event),
      incomplete.id,
    ])
    expect(await script('webhooks:replay', '--all')).toMatchObject({ exitCode: 0 })
    expect(
      await database.query("select 1 from webhook_events where status <> 'processed'"),
    ).toEqual([])
  })

  /** Nobody can write to the inbox until the returned function is called. */
  async function lockInbox(): Promise<() => Promise<void>> {
    const client = await database.pool.connect()
    await client.query('begin')
    await client.query('lock table webhook_events in access exclusive mode')
    return async () => {
      await client.query('rollback')
      client.release()
    }
  }

  async function refuseInserts(table: string, state: string): Promise<void> {
    await database.query(
      `create or replace function refuse() returns trigger language plpgsql as
       $$ begin raise exception 'refused' using errcode = '${state}'; end $$`,
    )
    await database.query(
      `create trigger refuse before insert on ${table} for each row execute function refuse()`,
    )
  }

  async function makeDue(): Promise<void> {
    await database.query(
      "update webhook_events set next_attempt_at = now() where status = 'pending'",
    )
  }

  async function script(name: string, ...args: (string | undefined)[]) {
    const given = args.filter((arg) => arg !== undefined)
    return execa('npm', ['run', name, '--', ...given], { cwd: host, env, reject: false })
  }

  async function awaitRow(sql: string): Promise<void> {
    await expect.poll(() => database.query(sql), { timeout: 30_000 }).not.toEqual([])
  }
})

/** An answer, unless Polar would have given up waiting for it. */
function withinPatience<Answer>(answer: Promise<Answer>): Promise<Answer | string> {
  const givenUp = new Promise<string>((resolve) => {
    setTimeout(resolve, 10_000, 'no answer within the 10 s that Polar waits').unref()
  })
  return Promise.race([answer, givenUp])
}

interface Role {
  url: string
  /** How many connections it may have, from now on; those above are ended. -1: any number. */
  limit(connections: number): Promise<void>
  drop(): Promise<void>
}

/** A role that has what the database's owner has, but no way around limits. */
async function limitedRole(database: HostDatabase): Promise<Role> {
  const name = `limited_${randomUUID().replaceAll('-', '')}`
  const password = randomUUID()
  await database.query(`create role ${name} login password '${password}'`)
  await database.query(`do $$ begin execute format('grant %I to ${name}', current_user); end $$`)
  const url = new URL(database.url)
  url.username = name
  url.password = password
  return {
    url: url.href,
    limit: async (connections) => {
      await database.query(`alter role ${name} connection limit ${connections}`)
      if (connections < 0) return
      await database.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where usename = $1',
        [name],
      )
    },
    drop: async () => {
      await database.query(`drop owned by ${name}`)
      await database.query(`drop role ${name}`)
    },
  }
}
