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
    const lint = { ...skipped(), steps: [] }
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
  const waiting =
    client && stackOf('clients', client.stack.value).typesWaitFor(client, plan.manualSteps)
  const types = await inEach(checked, ({ dir }) =>
    waiting != null && dir === client?.package.dir
      ? Promise.resolve<Check>({ status: 'skipped', details: [waiting] })
      : checkTypes(join(root, dir), copiesOf(copies, dir), runs),
  )
  const lints = await inEach(checked, ({ dir, manifest, packageManager }) => {
    const changed = new Set(plan.changes.map(({ path }) => posix.relative(dir, path)))
    const linted = { root: join(root, dir), manifest, packageManager }
    return checkLint(linted, changed, copiesOf(copies, dir), runs)
  })
  const { dir } = server.package
  const stack = stackOf('tests', plan.host.tests.runner.value)
  const layout = layoutOf(plan.host)
  const paths = generatedTests(plan.changes).map((path) => posix.relative(dir, path))
  const generated = {
    paths: new Set(paths),
    appTest: stack.appTest(layout),
    isMounted: plan.mounts.every(({ byHand }) => !byHand),
    command: stack.commandOf(plan.host),
  }
  const ofBilling = await checkTests(
    join(root, dir),
    generated,
    stack.runTests(plan.host, layout),
    copiesOf(copies, dir),
    runs,
  )
  const tests = plan.host.tests.apart
    ? withOwnTests(
        ofBilling,
        await checkOwnTests(plan.host, stack.readOwnTests(plan.host), copies, runs),
      )
    : ofBilling
  return { typecheck: together(types), lint: lintOf(lints), tests, mountOrder }
}

/** The package's own node_modules are there, or those of its workspace. */
export function isInstalled(root: string, { dir, installDir }: PackageProfile): boolean {
  return [dir, installDir].some((folder) => existsSync(join(root, folder, 'node_modules')))
}

/** A check of each package; what it says names the package's folder. */
async function inEach<Of extends Check>(
  packages: PackageProfile[],
  check: (one: PackageProfile) => Promise<Of>,
): Promise<Of[]> {
  const checks: Of[] = []
  for (const one of packages) {
    const found = await check(one)
    const named = found.details.map((text) => (one.dir === '' ? text : `${one.dir}: ${text}`))
    checks.push({ ...found, details: named })
  }
  return checks
}

/** They fail together where one does, and pass where one does. */
function together(checks: Check[]): Check {
  const statusIs = (wanted: Check['status']): boolean =>
    checks.some(({ status }) => status === wanted)
  const status = (['failed', 'passed'] as const).find(statusIs) ?? 'skipped'
  const told = status === 'failed' ? checks.filter((one) => one.status === status) : checks
  return { status, details: told.flatMap(({ details }) => details) }
}

function lintOf(checks: LintCheck[]): LintCheck {
  const failed = checks.filter(({ status }) => status === 'failed')
  const isLeft = failed.every(({ steps }) => steps.length > 0)
  return { ...together(checks), steps: isLeft ? failed.flatMap(({ steps }) => steps) : [] }
}

/** What is left to be mounted by hand stands nowhere yet: its step says so. */
async function checkMountOrder(plan: Plan): Promise<Check> {
  const { host, mounts } = plan
  const left = mounts.filter(({ byHand }) => byHand)
  const mounted = mounts.filter(({ byHand }) => !byHand)
  const server = stackOf('servers', host.server.stack.value)
  const check = await server.checkMounts(host, layoutOf(host), mounted)
  const details = left.map(({ path }) => `${path} is left to be mounted by hand`)
  const isSkipped = mounted.length === 0 && left.length > 0
  return {
    status: isSkipped ? 'skipped' : check.status,
    details: [...check.details, ...details],
  }
}

/** False when any check failed, but for what a linter leaves to its owner. */
export function holds(verification: Verification): boolean {
  const { typecheck, lint, tests, mountOrder } = verification
  const checks = [typecheck, tests, mountOrder, ...(lint.steps.length > 0 ? [] : [lint])]
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
  return { ...skipped(), hostPassed: 0, generatedPassed: 0, failed: 0, steps: [] }
}
