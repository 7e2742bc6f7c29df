import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import { execa } from 'execa'
import { afterEach, describe, expect, test } from 'vitest'
import type { Result } from '../../src/types.js'
import { discard } from '../support/discard.js'
import { hostCopy, REQUEST, runCli } from '../support/host-copy.js'
import { PRICING_REQUESTS } from '../support/pricing-requests.js'
import { addDeepSuite } from './suite.js'

const CSS = 'express-pg-react'
const TAILWIND = 'express4-session-tailwind'

const cases: [name: string, words: string, fixture: string][] = [
  ['tiers', REQUEST, CSS],
  ['usage, products and a coupon', PRICING_REQUESTS.hybrid.words, CSS],
  ['seats and trials', PRICING_REQUESTS.seats.words, TAILWIND],
  ['a course', PRICING_REQUESTS.course.words, TAILWIND],
]

describe('the deep suite', { timeout: 900_000 }, () => {
  let host: string
  afterEach(() => discard(host))

  test.each(cases)('passes in a host with %s', async (_, words, fixture) => {
    host = await hostCopy({ of: fixture })
    const run = await runCli(host, [words, '--yes', '--json', '--no-verify'])
    const files = addDeepSuite(host, run.events().at(-1) as unknown as Result)
    await execa('npx', ['tsc', '--noEmit'], { cwd: host })
    const { failed, passed } = await testsIn(host, files)
    expect(failed).toEqual([])
    expect(passed).toBeGreaterThan(200)
  })
})

async function testsIn(
  host: string,
  files: string[],
): Promise<{ passed: number; failed: string[] }> {
  const report = join(host, 'node_modules/deep-report.json')
  const tests = files.filter((path) => path.endsWith('.test.ts'))
  await execa('npx', ['vitest', 'run', ...tests, '--reporter=json', `--outputFile=${report}`], {
    cwd: host,
    reject: false,
  })
  const { testResults, numPassedTests } = JSON.parse(await readFile(report, 'utf8')) as {
    numPassedTests: number
    testResults: {
      name: string
      status: string
      message: string
      assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
    }[]
  }
  expect(testResults).toHaveLength(tests.length)
  const failed = testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, message, assertionResults }) => [
      ...(message === '' ? [] : [`${name}: ${message}`]),
      ...assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages[0] ?? ''}`),
    ])
  return { passed: numPassedTests, failed }
}
