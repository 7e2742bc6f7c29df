import type { Stack } from '../../features/contribution.js'
import type { RunTests } from '../../verify/test-run.js'

/** One test runner. */
export interface TestsStack extends Stack {
  kind: 'tests'
  runTests: RunTests
}
