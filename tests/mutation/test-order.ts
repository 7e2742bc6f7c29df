/** Puts first the test files that are likely to notice a fault soon. It learns while mutants die. */
export class TestOrder {
  readonly #durations: ReadonlyMap<string, number>
  readonly #kills = new Map<string, number>()

  /** @param durations milliseconds that each test file takes by itself */
  constructor(durations: ReadonlyMap<string, number>) {
    this.#durations = durations
  }

  killed(source: string, testFile: string): void {
    for (const key of [testFile, `${source} ${testFile}`]) {
      this.#kills.set(key, (this.#kills.get(key) ?? 0) + 1)
    }
  }

  of(tests: readonly string[], source: string): string[] {
    const worth = new Map(
      tests.map((file) => {
        const duration = this.#durations.get(file) ?? 0
        const ofThisSource = this.#kills.get(`${source} ${file}`) ?? 0
        const ofAny = this.#kills.get(file) ?? 0
        return [file, (1 + 10 * ofThisSource + ofAny) / (duration + STARTING_MS)]
      }),
    )
    return [...worth].sort((a, b) => b[1] - a[1]).map(([file]) => file)
  }
}

/** What a test file costs before its first test: a worker, the imports, a schema. */
const STARTING_MS = 500
