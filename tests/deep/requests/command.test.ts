import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Result } from '../../../src/types.js'
import { casesOf, expectSpec, fixtureFiles } from '../../request/requests.js'
import { discard } from '../../support/discard.js'
import { hostCopy, runCli } from '../../support/host-copy.js'
import { differences, snapshot } from '../../support/snapshot.js'

const folder = new URL('../../../fixtures/requests/', import.meta.url)
const SAMPLE = 20

/** Another sample each time; REQUEST_SEED takes one again. */
const seed = Number(process.env['REQUEST_SEED'] ?? Date.now() % 1_000_000)

describe(`${SAMPLE} of the kept requests, given to the executable (REQUEST_SEED=${seed})`, () => {
  let host: string
  let before: Map<string, string>
  beforeAll(async () => {
    host = await hostCopy({ packages: false })
    before = snapshot(host)
  })
  afterAll(() => discard(host))

  const cases = fixtureFiles(folder).flatMap((file) => casesOf(new URL(file, folder)))
  // No argument holds a NUL, and a single word may be a command meant.
  const several = cases.filter(({ request }) => /\S\s+\S/.test(request) && !request.includes('\0'))
  test.each(sampleOf(several, seed))('$request', async (given) => {
    const run = await runCli(host, ['plan', '--json', '--', given.request])
    const result = run.events().at(-1) as unknown as Result
    expect(result.exitCode).toBe(run.exitCode)
    expect(differences(before, snapshot(host))).toEqual([])
    if (given.unclear !== undefined || given.lossy) {
      expect(result).toMatchObject({ status: 'unclear', exitCode: 3, spec: null })
      expect(result.unclear.length).toBeGreaterThan(0)
      return
    }
    expect(result.unclear).toEqual([])
    expectSpec(given, result.spec)
    expect(sells(result) ? [0, 8] : [4]).toContain(result.exitCode)
  })
})

function sells({ spec }: Result): boolean {
  if (spec === null) return false
  const { tiers, products, meters } = spec
  return products.length + meters.length + tiers.filter((tier) => tier.prices.length > 0).length > 0
}

/** Lines that a seed picks; the same for the same seed. */
function sampleOf<T>(list: T[], start: number): T[] {
  let state = start >>> 0
  return Array.from({ length: SAMPLE }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return list[Math.floor((state / 2 ** 32) * list.length)] as T
  })
}
