/** Repeatable randomness: the same seed gives the same choices. */
export class Randomness {
  readonly seed: number
  #state: number

  constructor(seed: number) {
    this.seed = seed
    this.#state = seed >>> 0
  }

  /** At least 0, below 1. (Mulberry32.) */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number of at least 0 and below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    const result = [...items]
    for (let last = result.length - 1; last > 0; last -= 1) {
      const other = this.below(last + 1)
      const moved = result[last] as Item
      result[last] = result[other] as Item
      result[other] = moved
    }
    return result
  }

  /** Randomness of its own for one part, so that a part can be repeated alone. */
  fork(part: number): Randomness {
    return new Randomness(Math.imul(this.seed ^ (part + 1), 2654435761))
  }
}

/** The seed of this run: BILLING_TEST_SEED repeats an earlier one. Said in the output. */
export function seedOfRun(): number {
  const given = process.env['BILLING_TEST_SEED']
  const seed = given ? Number(given) : Math.floor(Math.random() * 2 ** 31)
  process.stdout.write(`\nBILLING_TEST_SEED=${seed} repeats the random choices of this file\n`)
  return seed
}
