import type { Check, Plan, PlannedChange, Progress, Verification } from '../types.js'
import { logicalPathOf } from '../render/engine.js'
import { layoutOf } from '../render/layout.js'
import { stackOf } from '../stacks/registry.js'
import { hostCopies } from './host-copies.js'
import type { ProgramRuns } from './run-program.js'
import { checkLint } from './lint.js'
import { checkOwnTests } from './own-tests.js'
import { checkTests, withOwnTests } from './tests.js'
import { checkTypes } from './typecheck.js'

export interface VerifyInput {
  plan: Plan
  /** Content before, by path, of every file that was modified. */
  originals: Map<string, string>
  /** Packages are installed, so the host's tools can run. */
  installed: boolean
  signal: AbortSignal
  /** Told the process group of each program before it does anything. */
  onSpawn(leader: number): Promise<void>
  /** Told what is being checked, and how many tests have run. */
  report(progress: Progress): void
}

/**
 * Proves the changed host: it compiles, its linter finds nothing new, its tests and the
 * generated ones pass, mounts are in order.
 */
export async function verify(input: VerifyInput): Promise<Verification> {
  const { plan } = input
  const { root } = plan.host
  const mountOrder = await checkMountOrder(plan)
  if (!input.installed) {
    return { typecheck: skipped(), lint: skipped(), tests: skippedTests(), mountOrder }
  }

  const copies = hostCopies(root, plan.changes, input.originals)
  const runs: ProgramRuns = {
    signal: input.signal,
    onSpawn: (leader) => input.onSpawn(leader),
    report: (progress) => input.report(progress),
  }
  const typecheck = await checkTypes(root, copies, runs)
  const lint = await checkLint(plan.host, copies, runs)
  const stack = stackOf('tests', plan.host.tests.runner.value)
  const runTests = stack.runTests(plan.host, layoutOf(plan.host))
  const generated = generatedTests(plan.changes)
  const ofBilling = await checkTests(root, generated, runTests, copies.before, runs)
  const tests = plan.host.tests.apart
    ? withOwnTests(
        ofBilling,
        await checkOwnTests(plan.host, stack.readOwnTests(plan.host), copies, runs),
      )
    : ofBilling
  return { typecheck, lint, tests, mountOrder }
}

async function checkMountOrder({ host, mounts }: Plan): Promise<Check> {
  const server = stackOf('servers', host.server.stack.value)
  return server.checkMounts(host, layoutOf(host), mounts)
}

/** False when any check failed. */
export function holds(verification: Verification): boolean {
  const { typecheck, lint, tests, mountOrder } = verification
  return [typecheck, lint, tests, mountOrder].every((check) => check.status !== 'failed')
}

function generatedTests(changes: PlannedChange[]): Set<string> {
  const isTest = (change: PlannedChange): boolean =>
    change.template !== undefined &&
    /^tests\/.*\.test\.[jt]sx?$/.test(logicalPathOf(change.template))
  return new Set(changes.filter(isTest).map((change) => change.path))
}

function skipped(): Check {
  return { status: 'skipped', details: ['Packages were not installed'] }
}

function skippedTests(): Verification['tests'] {
  return { ...skipped(), hostPassed: 0, generatedPassed: 0, failed: 0 }
}
