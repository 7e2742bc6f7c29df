import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import type {
  Check,
  LintCheck,
  PackageProfile,
  Plan,
  PlannedChange,
  Progress,
  Verification,
} from '../types.js'
import { logicalPathOf } from '../render/engine.js'
import { layoutOf } from '../render/layout.js'
import { stackOf } from '../stacks/registry.js'
import { copiesOf, hostCopies } from './host-copies.js'
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
    const lint = { ...skipped(), changedFilesOnly: false }
    return { typecheck: skipped(), lint, tests: skippedTests(), mountOrder }
  }

  const { server, client, packages } = plan.host
  const dirs = packages.map(({ dir }) => dir)
  const copies = hostCopies(root, dirs, plan.changes, input.originals)
  const runs: ProgramRuns = {
    signal: input.signal,
    onSpawn: (leader) => input.onSpawn(leader),
    report: (progress) => input.report(progress),
  }
  const others = client && client.package.dir !== server.package.dir ? [client.package] : []
  const checked = [server.package, ...others.filter((one) => isInstalled(root, one))]
  const typecheck = await ofEach(checked, ({ dir }) =>
    checkTypes(join(root, dir), copiesOf(copies, dir), runs),
  )
  const lints: LintCheck[] = []
  const lint = await ofEach(checked, async ({ dir, packageManager }) => {
    const inPackage = new Set(plan.changes.map(({ path }) => posix.relative(dir, path)))
    const host = { root: join(root, dir), packageManager }
    const one = await checkLint(host, inPackage, copiesOf(copies, dir), runs)
    lints.push(one)
    return one
  })
  const failedLints = lints.filter(({ status }) => status === 'failed')
  const changedFilesOnly =
    failedLints.length > 0 && failedLints.every((failed) => failed.changedFilesOnly)
  const { dir } = server.package
  const stack = stackOf('tests', plan.host.tests.runner.value)
  const runTests = stack.runTests(plan.host, layoutOf(plan.host))
  const generated = generatedTests(plan.changes).map((path) => posix.relative(dir, path))
  const { before } = copiesOf(copies, dir)
  const ofBilling = await checkTests(join(root, dir), new Set(generated), runTests, before, runs)
  const tests = plan.host.tests.apart
    ? withOwnTests(
        ofBilling,
        await checkOwnTests(plan.host, stack.readOwnTests(plan.host), copies, runs),
      )
    : ofBilling
  return { typecheck, lint: { ...lint, changedFilesOnly }, tests, mountOrder }
}

/** The package's own node_modules are there, or those of its workspace. */
export function isInstalled(root: string, { dir, installDir }: PackageProfile): boolean {
  return [dir, installDir].some((folder) => existsSync(join(root, folder, 'node_modules')))
}

/** One check over several packages: it fails where one does, and passes where one does. */
async function ofEach(
  packages: PackageProfile[],
  check: (one: PackageProfile) => Promise<Check>,
): Promise<Check> {
  const checks: Check[] = []
  for (const one of packages) {
    const { status, details } = await check(one)
    const named = details.map((text) => (one.dir === '' ? text : `${one.dir}: ${text}`))
    checks.push({ status, details: named })
  }
  const statusIs = (wanted: Check['status']): boolean =>
    checks.some(({ status }) => status === wanted)
  const status = (['failed', 'passed'] as const).find(statusIs) ?? 'skipped'
  const told = status === 'failed' ? checks.filter((one) => one.status === status) : checks
  return { status, details: told.flatMap(({ details }) => details) }
}

async function checkMountOrder({ host, mounts }: Plan): Promise<Check> {
  const server = stackOf('servers', host.server.stack.value)
  return server.checkMounts(host, layoutOf(host), mounts)
}

/** False when any check failed, but for the linter's rules in what is new. */
export function holds(verification: Verification): boolean {
  const { typecheck, lint, tests, mountOrder } = verification
  const checks = [typecheck, tests, mountOrder, ...(lint.changedFilesOnly ? [] : [lint])]
  return checks.every((check) => check.status !== 'failed')
}

function generatedTests(changes: PlannedChange[]): string[] {
  const isTest = (change: PlannedChange): boolean =>
    change.template !== undefined &&
    /^tests\/.*\.test\.[jt]sx?$/.test(logicalPathOf(change.template))
  return changes.filter(isTest).map((change) => change.path)
}

function skipped(): Check {
  return { status: 'skipped', details: ['Packages were not installed'] }
}

function skippedTests(): Verification['tests'] {
  return { ...skipped(), hostPassed: 0, generatedPassed: 0, failed: 0 }
}
