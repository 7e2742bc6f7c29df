import type { ManualStep, Progress, TestsCheck } from '../types.js'
import type { OwnTestsCheck } from './own-tests.js'
import type { HostCopies, UseCopy } from './host-copies.js'
import type { ProgramRuns } from './run-program.js'
import { THE_FILE_ITSELF, type RunTests, type TestFile, type TestRun } from './test-run.js'

/** The generated tests, as a check knows them. */
export interface GeneratedTests {
  /** Paths of the test files. */
  paths: Set<string>
  /** The one of them that loads the host's whole app. */
  appTest: string
  /** Billing is mounted in the app; else that is left to a person. */
  isMounted: boolean
  /** What a person runs them with. */
  command: string
}

/**
 * Runs the host's own tests and the generated ones. A test of the host that failed before as well
 * is not counted; a generated one always is, and there must be some.
 */
export async function checkTests(
  root: string,
  generated: GeneratedTests,
  runTests: RunTests,
  copies: Pick<HostCopies, 'before' | 'withoutEdits'>,
  runs: ProgramRuns,
): Promise<TestsCheck> {
  const run = await runTests(root, runs)
  if (run.broken !== null) return failed([run.broken], 0, 0)
  const found = run.files.filter((file) => generated.paths.has(file.path))
  const theirs = run.files.filter((file) => !generated.paths.has(file.path))
  const known = await knownFailures(theirs, runTests, copies.before, runs)
  const appStep = generated.isMounted
    ? await stepForUnloaded(found, generated, runTests, copies.withoutEdits, runs)
    : stepForUnmounted(found, generated)
  const ours = appStep ? found.filter(({ path }) => path !== generated.appTest) : found
  const failures = [
    ...failuresOf(ours),
    ...failuresOf(theirs).filter((failure) => !known.has(failure)),
  ]
  const hostPassed = sum(theirs)
  const generatedPassed = sum(ours)
  if (failures.length > 0) return failed(failures, hostPassed, generatedPassed)
  const silent = [...generated.paths].filter((path) => !found.some((file) => file.path === path))
  if (silent.length > 0) {
    const details = silent.map((path) => `${path} was not found by the test runner`)
    return failed(details, hostPassed, generatedPassed)
  }
  const steps = [
    ...(appStep ? [appStep] : []),
    ...ours
      .filter(({ skipped }) => skipped.length > 0)
      .map((file) => stepForSkipped(file, generated)),
  ]
  return { status: 'passed', details: [], hostPassed, generatedPassed, failed: 0, steps }
}

/** The test of the whole app asks for routes that the app does not have yet. */
function stepForUnmounted(
  ours: TestFile[],
  { appTest, command }: GeneratedTests,
): ManualStep | null {
  const file = ours.find(({ path, failures }) => path === appTest && failures.length > 0)
  if (!file) return null
  const reason =
    'Billing is not mounted in the app yet, so the tests of the whole app show nothing. Run them once it is.'
  return { file: file.path, snippet: command, reason }
}

/**
 * Of the test of the whole app, where the app cannot be loaded and could not be before billing was
 * mounted in it. The other tests have to pass: they load the same modules of billing.
 */
async function stepForUnloaded(
  ours: TestFile[],
  generated: GeneratedTests,
  runTests: RunTests,
  withoutEdits: UseCopy,
  runs: ProgramRuns,
): Promise<ManualStep | null> {
  const { appTest } = generated
  const file = ours.find(({ path }) => path === appTest)
  const reason = file && reasonOf(file)
  const others = ours.filter((one) => one !== file)
  if (!file || reason === undefined || failuresOf(others).length > 0 || sum(others) === 0)
    return null
  const again = {
    ...runs,
    report: (progress: Progress) =>
      runs.report({ ...progress, detail: 'the app as it was before' }),
  }
  const before = await withoutEdits((root) => runTests(root, again, appTest))
  const same = before.files.find(({ path }) => path === appTest)
  return same && reasonOf(same) === reason ? stepForApp(file, generated) : null
}

/** Why a test file ran none of its tests, without the folder that it ran in. */
function reasonOf({ failures }: TestFile): string | undefined {
  return failures
    .find(({ name }) => name === THE_FILE_ITSELF)
    ?.message.replace(/\/[^\s'"]*\/node_modules\//g, 'node_modules/')
}

function stepForApp(file: TestFile, { command }: GeneratedTests): ManualStep {
  const found =
    'The whole app could not be loaded in the tests, nor could it before billing was mounted in it, ' +
    'so its tests show nothing yet. Run them once it can be.'
  const reason = [found, reasonOf(file) ?? ''].join('\n  ')
  return { file: file.path, snippet: command, reason }
}

/** A generated test is only skipped where the app itself waits for something that is not there. */
function stepForSkipped({ path, skipped }: TestFile, { command }: GeneratedTests): ManualStep {
  const found =
    'The app did not let these tests through to billing: it may need a service that does not run ' +
    'here. Run them where it does.'
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
