import { createHmac } from 'node:crypto'
import { Agent, request } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Fleet } from './fleet.js'

const agent = new Agent({ keepAlive: true, maxSockets: 32 })
const COOKIE = 'brieflog_session'

/** The cookie of a user who has logged in to the host, whose sessions are signed with `secret`. */
export function sessionOf(userId: string, secret: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = { sub: userId, email: `${userId}@example.com`, exp: 4_000_000_000 }
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`
  const signature = createHmac('sha256', secret).update(content).digest('base64url')
  return `${COOKIE}=${content}.${signature}`
}

export class Traffic {
  readonly #fleet: Fleet
  answered = 0
  readonly #times: number[] = []
  /** Requests that may have been counted, or not: their answer never came. */
  cutOff = 0

  constructor(fleet: Fleet) {
    this.#fleet = fleet
  }

  /** Milliseconds that all but the slowest twentieth of the answers took at most. */
  get usualTime(): number {
    const times = this.#times.toSorted((a, b) => a - b)
    return times[Math.floor(times.length * 0.95)] ?? NaN
  }

  /** Sends a request, to one instance after the other, until it is answered. */
  async send(method: 'GET' | 'POST', path: string, cookie: string): Promise<void> {
    for (;;) {
      const sent = performance.now()
      const instance = this.#fleet.any()
      const outcome = await call(method, instance.app.url + path, cookie).catch(codeOf)
      if (outcome === 200) {
        this.answered += 1
        const now = performance.now()
        instance.answeredAt.push(now)
        this.#times.push(now - sent)
        return
      }
      if (typeof outcome === 'number') throw new Error(`${method} ${path} answered ${outcome}`)
      if (outcome !== 'ECONNREFUSED') this.cutOff += 1
      await delay(10)
    }
  }
}

function codeOf(error: unknown): string {
  return String(error instanceof Error && 'code' in error ? error.code : error)
}

function call(method: string, url: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers: { cookie } }, (response) => {
      response.once('error', reject)
      response.resume().once('end', () => resolve(response.statusCode ?? 0))
      response.once('close', () => reject(new Error('The answer was cut off')))
    })
    sent.once('error', reject)
    sent.end()
  })
}
