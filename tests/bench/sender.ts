/**
 * Sends signed deliveries from a number of senders at once, each on a connection that stays open,
 * and prints a `Sending` as JSON. A process of its own, with everything signed before the clock
 * starts, so that sending costs the receivers as little as it can.
 */
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:http'
import { signDelivery, type SignedDelivery } from '../../src/polar/signing.js'
import { subscriptionEvent } from '../support/polar-payloads.js'
import { sendAll } from './sending.js'

export interface SendingOrder {
  url: string
  secret: string
  productId: string
  users: string[]
  deliveries: number
  senders: number
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

console.log(JSON.stringify(await sendAll(waiting, order.senders, send)))
agent.destroy()

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
