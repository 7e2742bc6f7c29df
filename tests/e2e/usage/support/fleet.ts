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
  kills = 0
  /** Requests that the docs let be lost by the kills so far. */
  mayBeLost = 0

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

  /** @param window milliseconds before its end whose requests a killed process may lose */
  async killOne(window: number): Promise<void> {
    const instance = this.any()
    const from = performance.now() - window
    await instance.app.kill()
    this.kills += 1
    this.mayBeLost += instance.answeredAt.filter((time) => time >= from).length
    instance.app = await this.#start()
    instance.answeredAt = []
  }

  async stop(): Promise<void> {
    await Promise.all(this.#instances.map(({ app }) => app.stop()))
  }
}
