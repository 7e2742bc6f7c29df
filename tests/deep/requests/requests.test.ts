import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, describe, expect, test } from 'vitest'
import type { Result } from '../../../src/types.js'
import { discard } from '../../support/discard.js'
import { doByHand } from '../../support/manual-steps.js'
import { hostCopy, runCli } from '../../support/host-copy.js'
import { PRICING_REQUESTS } from '../../support/pricing-requests.js'

const CSS = 'express-pg-react'
const TAILWIND = 'express4-session-tailwind'
/** The second host has no page where people sign in, and only its owner can say what is there. */
const NO_SIGN_IN = 'web/src/billing/texts.ts'

/**
 * Three tiers in the first host are looked at closely in a test of their own. Where requests are
 * paid for, a route is named; what only the app can measure is left to be placed by hand.
 */
const cases: [name: keyof typeof PRICING_REQUESTS, fixture: string, route?: string][] = [
  ['trial', TAILWIND],
  ['usage', CSS, '/api/projects'],
  ['storage', TAILWIND],
  ['course', CSS],
  ['gating', TAILWIND],
  ['lifetime', CSS],
  ['seats', TAILWIND],
  ['hybrid', CSS, '/api'],
]

describe('every kind of pricing in a fresh host', { timeout: 600_000 }, () => {
  let host: string
  afterEach(() => discard(host))

  test.each(cases)('%s, in %s', async (name, fixture, route) => {
    host = await hostCopy({ of: fixture })
    const { words } = PRICING_REQUESTS[name]
    const flags = ['--yes', '--json', ...(route === undefined ? [] : ['--track', route])]
    const run = await runCli(host, [words, ...flags])
    const errors = run.events().filter((event) => event['type'] === 'error')
    expect(errors).toEqual([])
    const result = run.events().at(-1) as unknown as Result
    // The host's own tests and the generated ones are part of what the command verifies.
    const open = fixture === TAILWIND ? [NO_SIGN_IN] : []
    const steps = open.length + (name === 'storage' ? 1 : 0)
    expect(result).toMatchObject({
      status: steps > 0 ? 'manual' : 'ok',
      exitCode: steps > 0 ? 8 : 0,
      verification: {
        typecheck: { status: 'passed' },
        tests: { status: 'passed', failed: 0 },
        mountOrder: { status: 'passed' },
      },
    })
    expect(result.verification?.tests.hostPassed).toBeGreaterThan(0)
    expect(result.verification?.tests.generatedPassed).toBeGreaterThan(0)
    expect(result.manualSteps).toHaveLength(steps)
    expect(result.manualSteps.map(({ file }) => file)).toEqual(expect.arrayContaining(open))
    expect(await errorsUnder(STRICTEST, host, result)).toEqual([])
    expect(await errorsUnder(LOOSEST, host, result)).toEqual([])
    for (const step of result.manualSteps) {
      if (!open.includes(step.file)) await doByHand(host, step, 'app.use("/api/habits"')
    }
    await execa('npm', ['run', 'build'], { cwd: host })
    for (const args of [flags, ['--yes', '--json']]) {
      const again = await runCli(host, [words, ...args])
      const status = open.length > 0 ? 'manual' : 'unchanged'
      expect(again.events().at(-1)).toMatchObject({ status, changes: [] })
    }
  })
})

const STRICTEST = { noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true }
/** As TypeScript checks where a host asks for nothing: without null among the types. */
const LOOSEST = {
  strict: false,
  noUncheckedIndexedAccess: false,
  exactOptionalPropertyTypes: false,
}

/** What options say of the generated files; the host's own answer for themselves. */
async function errorsUnder(
  compilerOptions: object,
  host: string,
  { changes }: Result,
): Promise<string[]> {
  const own = JSON.parse(await readFile(join(host, 'tsconfig.json'), 'utf8')) as object
  const config = { extends: './tsconfig.json', compilerOptions, ...includedBy(own) }
  const file = join(host, 'tsconfig.other.json')
  await writeFile(file, JSON.stringify(config))
  const { stdout } = await execa('npx', ['tsc', '--noEmit', '--pretty', 'false', '-p', file], {
    cwd: host,
    reject: false,
  })
  await execa('rm', [file])
  const created = new Set(changes.filter(({ action }) => action === 'create').map((c) => c.path))
  return stdout.split('\n').filter((line) => created.has(line.split('(')[0] ?? ''))
}

function includedBy(config: object): object {
  return 'include' in config ? { include: config.include } : {}
}
