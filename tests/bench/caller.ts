/**
 * Sends requests from a number of senders at once, each on a connection that stays open, and
 * prints a `Sending` as JSON. A process of its own, so that sending costs the app as little as it
 * can.
 */
import { Agent, request } from 'node:http'
import type { Sending } from './sender.js'

export interface CallingOrder {
  url: string
  users: string[]
  requests: number
  senders: number
}

const order = JSON.parse(process.argv[2] ?? '') as CallingOrder
const agent = new Agent({ keepAlive: true, maxSockets: order.senders })
const times: number[] = []
let left = order.requests

const started = performance.now()
await Promise.all(Array.from({ length: order.senders }, callOnAndOn))
const seconds = (performance.now() - started) / 1000
agent.destroy()
times.sort((a, b) => a - b)
const sending: Sending = {
  perSecond: times.length / seconds,
  p50: times[Math.floor(times.length * 0.5)] ?? NaN,
  p99: times[Math.floor(times.length * 0.99)] ?? NaN,
}
console.log(JSON.stringify(sending))

async function callOnAndOn(): Promise<void> {
  while (left > 0) {
    left -= 1
    const sent = performance.now()
    await call(order.users[left % order.users.length] ?? '')
    times.push(performance.now() - sent)
  }
}

function call(user: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(order.url, { agent, headers: { 'x-user': user } })
    sent.once('error', reject)
    sent.once('response', (response) => {
      response.resume().once('end', resolve)
      if (response.statusCode !== 200) reject(new Error(`Answered ${response.statusCode}`))
    })
    sent.end()
  })
}
