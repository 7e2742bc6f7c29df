/**
 * Sends signed deliveries from a number of senders at once, each on a connection that stays open,
 * and prints a `Sending` as JSON. A process of its own, with everything signed before the clock
 * starts, so that sending costs the receivers as little as it can.
 */
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { signDelivery, type SignedDelivery } from '../../src/polar/signing.js'
import { subscriptionEvent } from '../support/polar-payloads.js'

export interface SendingOrder {
  url: string
  secret: string
  productId: string
  users: string[]
  deliveries: number
  senders: number
}

export interface Sending {
  perSecond: number
  /** Milliseconds from the first byte sent to the whole answer. */
  p50: number
  p99: number
}

const order = JSON.parse(process.argv[2] ?? '') as SendingOrder
const agent = new Agent({ keepAlive: true, maxSockets: order.senders })
const waiting = Array.from({ length: order.deliveries }, (_, index) => {
  const userId = order.users[index % order.users.length] ?? ''
  const body = subscriptionEvent('subscription.updated', {
    userId,
    productId: order.productId,
    subscriptionId: userId,
  })
  return signDelivery(body, order.secret, randomUUID())
})

const times: number[] = []
const started = performance.now()
await Promise.all(Array.from({ length: order.senders }, sendOnAndOn))
const seconds = (performance.now() - started) / 1000
agent.destroy()
times.sort((a, b) => a - b)
const sending: Sending = {
  perSecond: times.length / seconds,
  p50: times[Math.floor(times.length * 0.5)] ?? NaN,
  p99: times[Math.floor(times.length * 0.99)] ?? NaN,
}
console.log(JSON.stringify(sending))

async function sendOnAndOn(): Promise<void> {
  for (let delivery = waiting.pop(); delivery; delivery = waiting.pop()) {
    const sent = performance.now()
    await send(delivery)
    times.push(performance.now() - sent)
  }
}

function send({ body, headers }: SignedDelivery): Promise<void> {
  return new Promise((resolve, reject) => {
    const length = { 'content-length': Buffer.byteLength(body) }
    const call = request(order.url, { method: 'POST', agent, headers: { ...headers, ...length } })
    call.once('error', reject)
    call.once('response', (response) => {
      response.resume().once('end', resolve)
      if (response.statusCode !== 202) reject(new Error(`Answered ${response.statusCode}`))
    })
    call.end(body)
  })
}
