import type { ProgramRuns } from './run-program.js'

/** What one run of a host's tests said, by file. */
export interface TestRun {
  files: TestFile[]
  /** Set when the runner itself failed, so that `files` says nothing. */
  broken: string | null
}

export interface TestFile {
  /** Relative to the host's root, forward slashes. */
  path: string
  passed: number
  failures: TestFailure[]
}

export interface TestFailure {
  name: string
  message: string
}

/** Runs the host's tests with its own runner. Brought by the stack of that runner. */
export type RunTests = (root: string, runs: ProgramRuns) => Promise<TestRun>
