import { once } from 'node:events'
import { join } from 'node:path'
import { execa } from 'execa'
import { projectRoot } from '../support/host-copy.js'
import { startApp } from '../support/running-app.js'
import { PRODUCT, SECRET, type BillingServer } from './billing-server.js'
import { median } from './median.js'
import type { SendingOrder } from './sender.js'
import type { Sending } from './sending.js'

const ROUNDS = 5
const DELIVERIES = 3_000
const SENDERS = 50

/**
 * The generated receiver beside a handler that only verifies and inserts one row: each in a
 * process of its own, on the same database, under the same senders, by turns.
 */
export async function benchReceiver(server: BillingServer): Promise<void> {
  await server.query('create table bare_webhooks (webhook_id text primary key, payload jsonb)')
  const app = await startApp(server.root, server.env)
  const bare = await startProgram(server, 'bare-receiver.js')
  const silent = await startProgram(server, 'silent-receiver.js')
  const silentRounds: Sending[] = []
  const generatedRounds: Sending[] = []
  const bareRounds: Sending[] = []
  const wholeRounds: number[] = []
  try {
    // The first round of each warms it up and does not count.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const ofSilent = await send(server, silent.url)
      const ofBare = await send(server, bare.url)
      const started = performance.now()
      const ofGenerated = await send(server, app.url)
      await workedOff(server)
      if (round === 0) continue
      silentRounds.push(ofSilent)
      bareRounds.push(ofBare)
      generatedRounds.push(ofGenerated)
      wholeRounds.push(DELIVERIES / ((performance.now() - started) / 1000))
    }
    const { fsync } = (await server.query<{ fsync: string }>('show fsync'))[0] ?? { fsync: '?' }
    console.log(
      `\nReceiver: ${SENDERS} senders, ${ROUNDS} rounds by turns, PostgreSQL fsync ${fsync}`,
    )
    print('a server that does nothing', medianSending(silentRounds))
    const bareMedian = medianSending(bareRounds)
    print('verify and insert one row', bareMedian)
    const generated = medianSending(generatedRounds)
    const ratio = (generated.perSecond / bareMedian.perSecond).toFixed(2)
    print('generated receiver', generated, `${ratio}× verify and insert`)
    console.log(`${'… stored and applied'.padEnd(28)} ${rate(median(wholeRounds))}`)
  } finally {
    await app.stop()
    await bare.stop()
    await silent.stop()
  }
}

async function startProgram(
  server: BillingServer,
  program: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  await server.place(program)
  const child = execa(process.execPath, [program], {
    cwd: server.root,
    env: { NODE_ENV: 'production', ...server.env },
    reject: false,
  })
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    url: `http://127.0.0.1:${port.toString().trim()}`,
    async stop() {
      child.kill()
      await child
    },
  }
}

async function send({ users }: BillingServer, origin: string): Promise<Sending> {
  const order: SendingOrder = {
    url: `${origin}/api/webhooks/polar`,
    secret: SECRET,
    productId: PRODUCT,
    users,
    deliveries: DELIVERIES,
    senders: SENDERS,
  }
  const tsx = join(projectRoot, 'node_modules/.bin/tsx')
  const { stdout } = await execa(tsx, [
    join(import.meta.dirname, 'sender.ts'),
    JSON.stringify(order),
  ])
  return JSON.parse(stdout) as Sending
}

/** Until nothing is left to be done for what has arrived, so that rounds do not overlap. */
async function workedOff(server: BillingServer): Promise<void> {
  const pending = `select 1 from webhook_events where status = 'pending'
    union all select 1 from billing_outbox where status = 'pending' limit 1`
  while ((await server.query(pending)).length > 0) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function medianSending(rounds: readonly Sending[]): Sending {
  return {
    perSecond: median(rounds.map(({ perSecond }) => perSecond)),
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
  }
}

function print(name: string, { perSecond, p50, p99 }: Sending, note = ''): void {
  const times = `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`
  console.log(`${name.padEnd(28)} ${rate(perSecond)}   ${times}   ${note}`)
}

function rate(perSecond: number): string {
  return `${perSecond.toFixed(0).padStart(6)} /s`
}
