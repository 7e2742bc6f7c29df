import type { Stack } from '../../features/contribution.js'
import type { HostProfile } from '../../types.js'
import type { RunTests } from '../../verify/test-run.js'

/** One test runner. */
export interface TestsStack extends Stack {
  kind: 'tests'
  /** Runs the host's tests and the generated ones. */
  runTests(host: HostProfile): RunTests
}
