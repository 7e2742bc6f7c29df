import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { importFrom } from '../../billing-core/support/generated.js'
import type { Randomness } from '../../billing-core/support/randomness.js'

/** Polar's side of usage, as the deep suite brings it along. */
interface PolarIngest {
  events: unknown[]
  changed: string[]
  total(meter: string, property: string): number
  ingest(body: Record<string, unknown>): { status: number; body: unknown }
}

export interface UnreliablePolar {
  url: string
  ingest: PolarIngest
  /** Calls by what became of them. */
  outcomes: Record<string, number>
  stop(): Promise<void>
}

type Answer = (response: ServerResponse, ingest: () => { status: number; body: unknown }) => void

/** What can become of a call, and how probable it is. What is left works. */
const TROUBLES: readonly [name: string, probability: number, answer: Answer][] = [
  ['breaks before it counts', 0.08, (response) => response.destroy()],
  [
    'breaks after it has counted',
    0.1,
    (response, ingest) => {
      ingest()
      response.destroy()
    },
  ],
  ['is broken', 0.08, (response) => send(response, 500, { error: 'InternalServerError' })],
  [
    'answers garbage though it has counted',
    0.06,
    (response, ingest) => {
      ingest()
      response.writeHead(200, { 'content-type': 'application/json' }).end('<html>')
    },
  ],
  ['does not answer', 0.02, () => {}],
  ['is asked too often', 0.03, (response) => send(response, 429, {}, { 'retry-after': '1' })],
  ['refuses', 0.03, (response) => send(response, 422, { detail: [] })],
]

export async function startUnreliablePolar(
  host: string,
  random: Randomness,
): Promise<UnreliablePolar> {
  const module = await importFrom<{ PolarIngest: new () => PolarIngest }>(
    host,
    'tests/deep/support/polar-ingest.ts',
  )
  const ingest = new module.PolarIngest()
  const outcomes: Record<string, number> = {}
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const [name, answer] = outcomeOf(random.next())
      outcomes[name] = (outcomes[name] ?? 0) + 1
      answer(response, () => ingest.ingest(body))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ingest,
    outcomes,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function outcomeOf(chance: number): [string, Answer] {
  let sum = 0
  for (const [name, probability, answer] of TROUBLES) {
    sum += probability
    if (chance < sum) return [name, answer]
  }
  return [
    'works',
    (response, ingest) => {
      const { status, body } = ingest()
      send(response, status, body)
    },
  ]
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return JSON.parse(text || '{}') as Record<string, unknown>
}

function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}
