import { describe, expect, it } from 'vitest'
import { checkTests } from '../../src/verify/tests.js'
import type { TestFile } from '../../src/verify/test-run.js'
import type { TestsCheck } from '../../src/types.js'

const APP = 'tests/integration/host-app.test.ts'

function checked(...files: TestFile[]): Promise<TestsCheck> {
  const runs = { signal: AbortSignal.any([]), onSpawn: async () => {}, report: () => {} }
  const run = () => Promise.resolve({ files, broken: null })
  return checkTests('/host', new Set([APP]), 'npm run test:billing', run, (use) => use('/'), runs)
}

function file(path: string, changes: Partial<TestFile> = {}): TestFile {
  return { path, passed: 3, failures: [], skipped: [], ...changes }
}

describe('generated tests', () => {
  it('that all passed leave nothing to do', async () => {
    expect(await checked(file(APP))).toMatchObject({ status: 'passed', steps: [] })
  })

  it('that the app gave no answer to are left to be run where it does', async () => {
    const { status, generatedPassed, steps } = await checked(
      file(APP, { skipped: ['is closed without login: GET /portal'] }),
    )
    expect({ status, generatedPassed }).toEqual({ status: 'passed', generatedPassed: 3 })
    expect(steps).toMatchObject([{ file: APP, snippet: 'npm run test:billing' }])
    expect(steps[0]?.reason).toContain('is closed without login: GET /portal')
  })

  it("that failed are not passed over for one that was skipped, nor are the host's asked for", async () => {
    const own = file('tests/notes.test.ts', { skipped: ['lists notes'] })
    expect(await checked(file(APP), own)).toMatchObject({ status: 'passed', steps: [] })
    const failures = [{ name: 'is closed', message: 'expected 200' }]
    const both = file(APP, { failures, skipped: ['is closed without login: GET /portal'] })
    expect(await checked(both)).toMatchObject({ status: 'failed', failed: 1, steps: [] })
  })
})
