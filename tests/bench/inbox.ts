import { randomUUID } from 'node:crypto'
import { execaNode } from 'execa'
import { subscriptionEvent } from '../support/polar-payloads.js'
import { PRODUCT, type BillingServer } from './billing-server.js'
import { median } from './median.js'

const ROUNDS = 3
const EVENTS = 3_000

/** How fast stored events are applied, by one process and by several beside each other. */
export async function benchInbox(server: BillingServer): Promise<void> {
  await server.place('inbox-worker.js')
  const rates = new Map<number, number[]>([
    [1, []],
    [4, []],
  ])
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [processes, found] of rates) {
      await fill(server)
      found.push(EVENTS / (await secondsToProcess(server, processes)))
    }
  }
  console.log(
    `\nInbox: ${EVENTS} events of ${server.users.length} customers, ${ROUNDS} rounds by turns`,
  )
  for (const [processes, found] of rates) {
    const name = processes === 1 ? '1 process' : `${processes} processes`
    console.log(`${name.padEnd(28)} ${median(found).toFixed(0).padStart(6)} /s`)
  }
}

async function fill({ users, query }: BillingServer): Promise<void> {
  const events = Array.from({ length: EVENTS }, (_, index) => {
    const userId = users[index % users.length] ?? ''
    const type = 'subscription.updated'
    return subscriptionEvent(type, { userId, productId: PRODUCT, subscriptionId: userId })
  })
  await query(
    `insert into webhook_events (webhook_id, type, payload, subject, event_at)
     select webhook_id, payload ->> 'type', payload::text, payload -> 'data' ->> 'customer_id',
       (payload ->> 'timestamp')::timestamptz
     from unnest($1::text[], $2::jsonb[]) as event (webhook_id, payload)`,
    [events.map(() => randomUUID()), events],
  )
}

async function secondsToProcess(
  { root, env, query }: BillingServer,
  processes: number,
): Promise<number> {
  const workers = Array.from({ length: processes }, () =>
    execaNode('inbox-worker.js', {
      cwd: root,
      env,
      nodeOptions: ['--import', 'tsx'],
      ipc: true,
      serialization: 'json',
      stdout: 'ignore',
    }),
  )
  await Promise.all(workers.map((worker) => worker.getOneMessage()))
  const started = performance.now()
  const counts = await Promise.all(
    workers.map(async (worker) => {
      const [count] = await Promise.all([worker.getOneMessage(), worker.sendMessage('go')])
      return Number(count)
    }),
  )
  const seconds = (performance.now() - started) / 1000
  await Promise.all(workers)
  const left = await query("select 1 from webhook_events where status <> 'processed'")
  const processed = counts.reduce((sum, count) => sum + count, 0)
  if (left.length > 0 || processed !== EVENTS) {
    throw new Error(`${processed} of ${EVENTS} events were processed, ${left.length} are left`)
  }
  return seconds
}
