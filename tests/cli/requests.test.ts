import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { EXIT } from '../../src/cli/exit.js'
import { run } from '../../src/cli/program.js'
import type { Result } from '../../src/types.js'
import { casesOf, expectSpec, fixtureFiles, type RequestCase } from '../request/requests.js'
import { discard } from '../support/discard.js'
import { smallHost } from './small-host.js'

const folder = new URL('../../fixtures/requests/', import.meta.url)

let host: string
let empty: string
beforeAll(async () => {
  host = await smallHost()
  empty = await mkdtemp(join(tmpdir(), 'integrate-polar-empty-'))
})
afterAll(() => Promise.all([discard(host), discard(empty)]))

/** What `plan` prints last, run in this process; a start of Node for each would take minutes. */
async function plan(request: string, cwd: string): Promise<Result> {
  let printed = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text)
    return true
  })
  try {
    const exitCode = await run(['plan', '--json', '--cwd', cwd, '--', request])
    const result = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Result
    expect(result).toMatchObject({ type: 'result', exitCode })
    return result
  } finally {
    write.mockRestore()
  }
}

// A host that is supported would be planned for; what is read is said of any folder.
async function expectRead(given: RequestCase): Promise<void> {
  const result = await plan(given.request, empty)
  expect(result.unclear).toEqual([])
  expect(result.exitCode).toBe(EXIT.unsupported)
  expectSpec(given, result.spec)
}

async function expectRefused(given: RequestCase): Promise<void> {
  const result = await plan(given.request, host)
  const { exitCode, unclear, spec, changes, assumptions } = result
  // Nothing at all, or a word that may be a command meant, is wrong usage.
  if (exitCode === EXIT.usage && !/\S\s+\S/.test(given.request)) return
  expect({ exitCode, spec, changes }).toEqual({ exitCode: EXIT.unclear, spec: null, changes: [] })
  expect(unclear.length).toBeGreaterThan(0)
  const ofShell = unclear.some(({ reason }) =>
    /no currency (?:is named|stands beside)/.test(reason),
  )
  expect(ofShell, JSON.stringify(unclear)).toBe(given.lossy === true)
  if (given.lossy) expect(assumptions.map(({ field }) => field)).not.toContain('currency')
}

for (const file of fixtureFiles(folder)) {
  describe(`the command reads ${file} as the parser does`, () => {
    for (const given of casesOf(new URL(file, folder))) {
      const refused = given.unclear !== undefined || given.lossy
      it(`${refused ? 'refuses' : 'reads'} ${JSON.stringify(given.request).slice(0, 120)}`, () =>
        refused ? expectRefused(given) : expectRead(given))
    }
  })
}
