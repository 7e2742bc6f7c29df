import { once } from 'node:events'
import { join } from 'node:path'
import { execa } from 'execa'
import { projectRoot } from '../support/host-copy.js'
import type { BillingServer } from './billing-server.js'
import type { CallingOrder } from './caller.js'
import { median } from './median.js'
import type { Sending } from './sending.js'

export const USAGE_REQUEST =
  'implement Polar.sh with usage-based billing for API calls, $49 base + $0.01 per API call over 10k'

const ROUNDS = 7
const REQUESTS = 10_000
/** One at a time, what a request takes is what the app needs for it; more of them keep it busy. */
const ALONE = 1
const TOGETHER = 50

interface Measured {
  alone: Sending[]
  together: Sending[]
}

/**
 * One route with trackUsage before it, and without: each in a process of its own, under the same
 * senders, by turns. Two processes of one program differ by more than what is measured, so each
 * round has new ones.
 */
export async function benchUsage(server: BillingServer): Promise<void> {
  const ofPlain: Measured = { alone: [], together: [] }
  const ofCounted: Measured = { alone: [], together: [] }
  for (let round = 1; round <= ROUNDS; round += 1) {
    const plain = await startApp(server, 'plain')
    const counted = await startApp(server, 'counted')
    try {
      const [first, second] = inTurn(
        round,
        { url: plain.url, measured: ofPlain },
        { url: counted.url, measured: ofCounted },
      )
      // The first requests warm up the process and do not count.
      for (const { url } of [first, second]) await call(server, url, TOGETHER)
      for (const { url, measured } of [first, second]) {
        measured.alone.push(await call(server, url, ALONE))
        measured.together.push(await call(server, url, TOGETHER))
      }
    } finally {
      // Asked to end, they write what they have counted.
      await plain.stop()
      await counted.stop()
    }
  }
  await expectCounted(server, ROUNDS * REQUESTS * 3)
  console.log(`\nUsage: one route, ${REQUESTS} requests, ${ROUNDS} rounds by turns`)
  print('without trackUsage', ofPlain)
  print('with trackUsage', ofCounted, ofPlain)
}

/** Who comes first is not always the same, so that a machine that warms up favors nobody. */
function inTurn<Item>(round: number, first: Item, second: Item): [Item, Item] {
  return round % 2 === 0 ? [first, second] : [second, first]
}

async function startApp(
  server: BillingServer,
  kind: 'plain' | 'counted',
): Promise<{ url: string; stop: () => Promise<void> }> {
  const program = 'counted-app.js'
  await server.place(program)
  const child = execa(process.execPath, ['--import', 'tsx', program, kind], {
    cwd: server.root,
    env: { NODE_ENV: 'production', ...server.env },
    reject: false,
  })
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  return {
    url: `http://127.0.0.1:${port.toString().trim()}/reports`,
    async stop() {
      child.kill()
      await child
    },
  }
}

async function call({ users }: BillingServer, url: string, senders: number): Promise<Sending> {
  const order: CallingOrder = { url, users, requests: REQUESTS, senders }
  const tsx = join(projectRoot, 'node_modules/.bin/tsx')
  const caller = join(import.meta.dirname, 'caller.ts')
  const { stdout } = await execa(tsx, [caller, JSON.stringify(order)])
  return JSON.parse(stdout) as Sending
}

/** Figures of an app that counts nothing would be worth nothing. */
async function expectCounted({ query }: BillingServer, requests: number): Promise<void> {
  const [ledger] = await query<{ total: number }>(
    'select sum(quantity)::float as total from api_usage',
  )
  if (ledger?.total !== requests) {
    throw new Error(`Of ${requests} requests ${ledger?.total ?? 0} were counted`)
  }
}

/** Times of requests that come one at a time, and how many pass when many come at once. */
function print(name: string, { alone, together }: Measured, beside?: Measured): void {
  const figures = [
    [median(together.map(({ perSecond }) => perSecond)), 0, ' /s'],
    [median(alone.map(({ p50 }) => p50)), 3, ' ms p50'],
    [median(alone.map(({ p99 }) => p99)), 3, ' ms p99'],
  ] as const
  const compared = beside && [
    median(ratios(together, beside.together, 'perSecond')),
    median(ratios(alone, beside.alone, 'p50')),
    median(ratios(alone, beside.alone, 'p99')),
  ]
  const texts = figures.map(([value, digits, unit], at) => {
    const ratio = compared === undefined ? '' : ` (${compared[at]?.toFixed(2)}×)`
    return `${value.toFixed(digits).padStart(7)}${unit}${ratio}`.padEnd(22)
  })
  console.log(`${name.padEnd(28)} ${texts.join(' ')}`.trimEnd())
}

/** Round by round: what happens on the machine in a round happens to both. */
function ratios(ours: Sending[], theirs: Sending[], of: keyof Sending): number[] {
  return ours.map((sending, round) => sending[of] / (theirs[round]?.[of] ?? NaN))
}
