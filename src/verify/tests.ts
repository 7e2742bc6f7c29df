import type { ManualStep, Progress, TestsCheck } from '../types.js'
import type { OwnTestsCheck } from './own-tests.js'
import type { UseCopy } from './host-copies.js'
import type { ProgramRuns } from './run-program.js'
import type { RunTests, TestFile, TestRun } from './test-run.js'

/**
 * Runs the host's own tests and the generated ones. A test of the host that failed before as well
 * is not counted; a generated one always is, and there must be some.
 *
 * @param generated paths of the generated test files
 * @param command what a person runs them with
 */
export async function checkTests(
  root: string,
  generated: Set<string>,
  command: string,
  runTests: RunTests,
  before: UseCopy,
  runs: ProgramRuns,
): Promise<TestsCheck> {
  const run = await runTests(root, runs)
  if (run.broken !== null) return failed([run.broken], 0, 0)
  const ours = run.files.filter((file) => generated.has(file.path))
  const theirs = run.files.filter((file) => !generated.has(file.path))
  const known = await knownFailures(theirs, runTests, before, runs)
  const failures = [
    ...failuresOf(ours),
    ...failuresOf(theirs).filter((failure) => !known.has(failure)),
  ]
  const hostPassed = sum(theirs)
  const generatedPassed = sum(ours)
  if (failures.length > 0) return failed(failures, hostPassed, generatedPassed)
  const silent = [...generated].filter((path) => !ours.some((file) => file.path === path))
  if (silent.length > 0) {
    const details = silent.map((path) => `${path} was not found by the test runner`)
    return failed(details, hostPassed, generatedPassed)
  }
  const steps = ours
    .filter(({ skipped }) => skipped.length > 0)
    .map((file) => stepFor(file, command))
  return { status: 'passed', details: [], hostPassed, generatedPassed, failed: 0, steps }
}

/** A generated test is only skipped where the app itself waits for something that is not there. */
function stepFor({ path, skipped }: TestFile, command: string): ManualStep {
  const found =
    'The app gave no answer to these tests: it may wait for a service that does not run here. ' +
    'Run them where it does.'
  return { file: path, snippet: command, reason: [found, ...skipped].join('\n  ') }
}

/** The host's own tests beside those of billing, where each have a run of their own. */
export function withOwnTests(ofBilling: TestsCheck, own: OwnTestsCheck): TestsCheck {
  const details = [...ofBilling.details, ...own.details]
  const hostPassed = ofBilling.hostPassed + own.passed
  if (own.status !== 'failed') return { ...ofBilling, details, hostPassed }
  const failed = ofBilling.failed + own.details.length
  return { ...ofBilling, status: 'failed', details, hostPassed, failed }
}

async function knownFailures(
  after: TestFile[],
  runTests: RunTests,
  before: UseCopy,
  runs: ProgramRuns,
): Promise<Set<string>> {
  if (failuresOf(after).length === 0) return new Set()
  const detail = 'tests as they were before'
  const again = { ...runs, report: (progress: Progress) => runs.report({ ...progress, detail }) }
  const run: TestRun = await before((root) => runTests(root, again))
  return new Set(failuresOf(run.files))
}

function failuresOf(files: TestFile[]): string[] {
  return files.flatMap((file) =>
    file.failures.map((failure) => `${file.path}: ${failure.name}: ${failure.message}`),
  )
}

function sum(files: TestFile[]): number {
  return files.reduce((total, file) => total + file.passed, 0)
}

function failed(details: string[], hostPassed: number, generatedPassed: number): TestsCheck {
  return {
    status: 'failed',
    details,
    hostPassed,
    generatedPassed,
    failed: details.length,
    steps: [],
  }
}
