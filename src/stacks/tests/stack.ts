import type { Stack } from '../../features/contribution.js'
import type { HostProfile } from '../../types.js'
import type { Layout } from '../../render/layout.js'
import type { ReadOwnTests, RunTests } from '../../verify/test-run.js'

/** One test runner. */
export interface TestsStack extends Stack {
  kind: 'tests'
  /** Runs billing's tests, and those of the host that run with them. */
  runTests(host: HostProfile, layout: Layout): RunTests
  /** Path of the generated test that loads the host's whole app, in the server's package. */
  appTest(layout: Layout): string
  /** What a person runs billing's tests with. */
  commandOf(host: HostProfile): string
  /** How the output of the host's own runner is read; null where that is not known. */
  readOwnTests(host: HostProfile): ReadOwnTests | null
}
