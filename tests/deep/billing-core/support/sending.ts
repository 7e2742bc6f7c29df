import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { signDelivery, type SignedDelivery } from '../../../../src/polar/signing.js'
import { WEBHOOK_SECRET } from './billing-host.js'
import type { Randomness } from './randomness.js'
import type { PolarEvent, SentEvent } from './story.js'

/** One event on its way; all repetitions of a delivery have the same id. */
export interface Delivery {
  id: string
  event: PolarEvent
}

/** Events in any order, about every sixth of them twice: as the same delivery, or as another. */
export function disordered(events: readonly PolarEvent[], random: Randomness): Delivery[] {
  const deliveries = events.map((event) => ({ id: randomUUID(), event }))
  const repeated = deliveries
    .filter(() => random.chance(1 / 6))
    .map(({ id, event }) => ({ id: random.chance(0.5) ? id : randomUUID(), event }))
  return random.shuffled([...deliveries, ...repeated])
}

/** The events of a story without a random part of those whose content others repeat. */
export function withGaps(sent: readonly SentEvent[], random: Randomness): PolarEvent[] {
  return sent.filter((one) => one.isNeeded || random.chance(0.5)).map(({ event }) => event)
}

export function signed({ id, event }: Delivery): SignedDelivery {
  return signDelivery(JSON.stringify(event), WEBHOOK_SECRET, id)
}

/** @returns the status of the answer */
export async function send(origin: string, delivery: Delivery): Promise<number> {
  const { headers, body } = signed(delivery)
  const url = `${origin}/api/webhooks/polar`
  const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual' })
  await response.arrayBuffer()
  return response.status
}

/**
 * Repeats a delivery until the app takes it, as Polar does, only more often.
 *
 * @param origin where the app is at that moment; it may have moved
 */
export async function sendUntilAccepted(origin: () => string, delivery: Delivery): Promise<void> {
  const deadline = Date.now() + 60_000
  for (;;) {
    const status = await send(origin(), delivery).catch(() => 0)
    if (status >= 200 && status < 300) return
    if (Date.now() > deadline)
      throw new Error(`Not accepted within a minute, the last time: ${status}`)
    await delay(20)
  }
}

/** Does something for every item, with so many of them under way at once. */
export async function inParallel<Item>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = [...items].reverse()
  const worker = async (): Promise<void> => {
    for (let item = rest.pop(); item !== undefined; item = rest.pop()) await work(item)
  }
  await Promise.all(Array.from({ length: width }, worker))
}
