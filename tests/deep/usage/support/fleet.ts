import { startApp, type RunningApp } from '../../../support/running-app.js'
import type { Randomness } from '../../billing-core/support/randomness.js'

/** One place where the app runs; after a kill another process runs there. */
interface Instance {
  app: RunningApp
  /** When it has answered requests, in milliseconds of `performance.now()`. */
  answeredAt: number[]
}

/** Some processes of one app on one database. */
export class Fleet {
  readonly #start: () => Promise<RunningApp>
  readonly #random: Randomness
  #instances: Instance[] = []
  readonly #kills: { at: number; answeredAt: number[] }[] = []

  constructor(host: string, env: Record<string, string>, random: Randomness) {
    this.#start = () => startApp(host, env)
    this.#random = random
  }

  async start(size: number): Promise<void> {
    const apps = await Promise.all(Array.from({ length: size }, () => this.#start()))
    this.#instances = apps.map((app) => ({ app, answeredAt: [] }))
  }

  any(): Instance {
    return this.#instances[this.#random.below(this.#instances.length)] as Instance
  }

  async killOne(): Promise<void> {
    const instance = this.any()
    const at = performance.now()
    await instance.app.kill()
    this.#kills.push({ at, answeredAt: instance.answeredAt })
    instance.answeredAt = []
    instance.app = await this.#start()
  }

  get kills(): number {
    return this.#kills.length
  }

  /** Requests that killed processes have answered in so many milliseconds before their end. */
  answeredBeforeKills(window: number): number {
    const counts = this.#kills.map(
      ({ at, answeredAt }) => answeredAt.filter((time) => time >= at - window).length,
    )
    return counts.reduce((sum, count) => sum + count, 0)
  }

  async stop(): Promise<void> {
    await Promise.all(this.#instances.map(({ app }) => app.stop()))
  }
}
