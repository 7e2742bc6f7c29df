import type { TestsProfile } from '../../types.js'
import type { DetectionContext } from '../../host/context.js'
import { testsApart } from './detect/apart.js'
import { testsFolder } from './detect/folder.js'
import { ownTestRunner } from './detect/own-runner.js'
import { hostRunners } from './runners/registry.js'
import type { TestsStack } from './stack.js'
import { vitest } from './vitest/index.js'

/** What billing's tests can run with. */
export const testStacks: readonly TestsStack[] = [vitest]

/**
 * How the host's tests are run, and where those of billing belong. Where the host has another
 * runner than Vitest, or none, billing's tests run under a Vitest of their own beside it.
 *
 * @param entries modules that the server starts from
 */
export function detectTests(
  context: DetectionContext,
  serverDir: string,
  entries: string[],
): TestsProfile {
  const own = ownTestRunner(context)
  const usual = testsFolder(context, serverDir)
  const hostRunner = own?.found ?? null
  const script = own?.script ?? null
  if (own?.found.value === 'vitest') {
    const runner = { ...own.found, value: 'vitest' as const }
    return { runner, hostRunner, dir: usual, script, apart: null }
  }
  const reason = reasonToBring(own?.found.value)
  const runner = context.assume('host.tests.runner', 'vitest' as const, 'vitest', reason)
  return { runner, hostRunner, script, ...testsApart(context, own, usual, entries) }
}

function reasonToBring(own: string | undefined): string {
  if (own === undefined) return "there is no test runner, and billing's tests need one; it is added"
  const title =
    hostRunners.find(({ name }) => name === own)?.title ?? 'the runner of your own tests'
  return `billing's tests run with it beside ${title}, in a run of their own; it is added`
}
