/**
 * Sends requests from a number of senders at once, each on a connection that stays open, and
 * prints a `Sending` as JSON. A process of its own, so that sending costs the app as little as it
 * can.
 */
import { Agent, request } from 'node:http'
import { sendAll } from './sending.js'

export interface CallingOrder {
  url: string
  users: string[]
  requests: number
  senders: number
}

const order = JSON.parse(process.argv[2] ?? '') as CallingOrder
const agent = new Agent({ keepAlive: true, maxSockets: order.senders })
const { users } = order
const waiting = Array.from({ length: order.requests }, (_, at) => users[at % users.length] ?? '')

console.log(JSON.stringify(await sendAll(waiting, order.senders, call)))
agent.destroy()

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
