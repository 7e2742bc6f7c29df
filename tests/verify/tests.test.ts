import { describe, expect, it } from 'vitest'
import { checkTests } from '../../src/verify/tests.js'
import type { UseCopy } from '../../src/verify/host-copies.js'
import type { RunTests, TestFile } from '../../src/verify/test-run.js'
import type { TestsCheck } from '../../src/types.js'

const APP = 'tests/integration/host-app.test.ts'
const WEBHOOK = 'tests/webhooks/polar.webhook.test.ts'

interface Runs {
  files: TestFile[]
  /** Those of the test of the whole app alone, over the host's files as they were. */
  before?: TestFile[]
  isMounted?: boolean
}

function checked({ files, before = [], isMounted = true }: Runs): Promise<TestsCheck> {
  const runs = { signal: AbortSignal.any([]), onSpawn: async () => {}, report: () => {} }
  const run: RunTests = (_root, _runs, only) =>
    Promise.resolve({ files: only === undefined ? files : before, broken: null })
  const generated = {
    paths: new Set([APP, WEBHOOK]),
    appTest: APP,
    isMounted,
    command: 'npm run test:billing',
  }
  const copy: UseCopy = (work) => work('/copy')
  return checkTests('/host', generated, run, { before: copy, withoutEdits: copy }, runs)
}

function unloaded(message: string): TestFile {
  return file(APP, { passed: 0, failures: [{ name: 'the file itself', message }] })
}

function file(path: string, changes: Partial<TestFile> = {}): TestFile {
  return { path, passed: 3, failures: [], skipped: [], ...changes }
}

describe('generated tests', () => {
  it('that all passed leave nothing to do', async () => {
    expect(await checked({ files: [file(APP), file(WEBHOOK)] })).toMatchObject({
      status: 'passed',
      steps: [],
    })
  })

  it('that the app did not let through are left to be run where it does', async () => {
    const app = file(APP, { skipped: ['is closed without login: GET /portal'] })
    const { status, generatedPassed, steps } = await checked({ files: [app, file(WEBHOOK)] })
    expect({ status, generatedPassed }).toEqual({ status: 'passed', generatedPassed: 6 })
    expect(steps).toMatchObject([{ file: APP, snippet: 'npm run test:billing' }])
    expect(steps[0]?.reason).toContain('is closed without login: GET /portal')
  })

  it('of the whole app show nothing while billing is left to be mounted by hand', async () => {
    const failures = [{ name: 'is closed', message: 'expected 404 to be 401' }]
    const app = file(APP, { failures })
    const left = await checked({ files: [app, file(WEBHOOK)], isMounted: false })
    expect(left).toMatchObject({ status: 'passed', generatedPassed: 3 })
    expect(left.steps).toMatchObject([{ file: APP, snippet: 'npm run test:billing' }])
    expect(await checked({ files: [app, file(WEBHOOK)] })).toMatchObject({ status: 'failed' })
    const broken = [app, file(WEBHOOK, { failures })]
    expect(await checked({ files: broken, isMounted: false })).toMatchObject({ status: 'failed' })
  })

  it("that failed are not passed over for one that was skipped, nor are the host's asked for", async () => {
    const own = file('tests/notes.test.ts', { skipped: ['lists notes'] })
    expect(await checked({ files: [file(APP), file(WEBHOOK), own] })).toMatchObject({
      status: 'passed',
      steps: [],
    })
    const failures = [{ name: 'is closed', message: 'expected 200' }]
    const both = file(APP, { failures, skipped: ['is closed without login: GET /portal'] })
    expect(await checked({ files: [both, file(WEBHOOK)] })).toMatchObject({
      status: 'failed',
      failed: 1,
      steps: [],
    })
  })

  it('of an app that could not be loaded before either are left until it can', async () => {
    const files = [unloaded("Cannot find package 'dotenv'"), file(WEBHOOK)]
    const same = await checked({ files, before: [unloaded("Cannot find package 'dotenv'")] })
    expect(same).toMatchObject({ status: 'passed', generatedPassed: 3, failed: 0 })
    expect(same.steps).toMatchObject([{ file: APP, snippet: 'npm run test:billing' }])
    expect(same.steps[0]?.reason).toContain("Cannot find package 'dotenv'")
  })

  it.each([
    ['that could be loaded before', [file(APP)], file(WEBHOOK)],
    ['that failed otherwise before', [unloaded('other')], file(WEBHOOK)],
    [
      'beside others that fail, which load the same modules of billing',
      [unloaded('broken')],
      file(WEBHOOK, { failures: [{ name: 'a', message: 'b' }] }),
    ],
    ['beside none that passed', [unloaded('broken')], file(WEBHOOK, { passed: 0 })],
  ])('of an app %s have failed', async (_, before, other) => {
    const { status, steps } = await checked({ files: [unloaded('broken'), other], before })
    expect({ status, steps }).toEqual({ status: 'failed', steps: [] })
  })
})
