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
  /** Names of those that were skipped. */
  skipped: string[]
}

export interface TestFailure {
  name: string
  message: string
}

/** What the output of a run of the host's own tests says of them. */
export type ReadOwnTests = (output: string) => {
  passed: number
  /** Names of those that failed, as far as they can be told. */
  failures: string[]
}

/**
 * Runs the host's tests with its own runner. Brought by the stack of that runner.
 *
 * @param only path of the one test file that is wanted
 */
export type RunTests = (root: string, runs: ProgramRuns, only?: string) => Promise<TestRun>

/** Name of the failure of a test file that ran none of its tests. */
export const THE_FILE_ITSELF = 'the file itself'
