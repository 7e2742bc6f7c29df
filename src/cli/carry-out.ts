import { join } from 'node:path'
import { failsWithoutUs } from '../packages/host-install.js'
import { keepingGenerated } from '../packages/generated-client.js'
import { installPackages, type InstallError } from '../packages/install-packages.js'
import { installCommand, installPlaces, type InstallPlace } from '../packages/install-places.js'
import { SECTIONS, sectionOf, type Section } from '../plan/sections.js'
import { isBelowSdkEngine } from '../polar/sdk-engine.js'
import { begin, type Transaction } from '../tree/apply.js'
import { errorOf, succeed, TreeRefusal, type Outcome } from '../tree/errors.js'
import type { Check, Plan, Progress, Verification } from '../types.js'
import { holds, isInstalled, verify } from '../verify/verify.js'
import { EXIT } from './exit.js'
import { nextStepsOf } from './next-steps.js'
import type { Prepared } from './plan-stage.js'
import type { Ended, Run } from './run.js'
import { styleAsHosts, type Applied } from './style-stage.js'
import { endedByTree } from './tree-ending.js'

/** Applies a plan: all of it, installed and verified, or nothing. */
export async function carryOut(run: Run, prepared: Prepared): Promise<Ended> {
  const { plan, contents, originals } = prepared
  const { signal, reporter } = run
  const changes = await reporter.phase('formatting', 'Formatting', (report) =>
    contents({ signal, onFormatted: (done, total) => report({ done, total, detail: 'files' }) }),
  )
  const begun = await begin(run.root, changes, { signal })
  if (!begun.ok) return endedByTree(run, begun.error)
  const transaction = begun.value
  try {
    return await inTransaction(run, { plan, originals, changes }, transaction)
  } catch (error) {
    if (transaction.isOpen) await giveBack(run, transaction, errorOf(error))
    throw error
  }
}

async function inTransaction(run: Run, written: Applied, transaction: Transaction): Promise<Ended> {
  const { plan, originals } = written
  const applied = await writeAll(run, plan, transaction)
  if (!applied.ok) {
    await giveBack(run, transaction, applied.error)
    run.signal.throwIfAborted()
    return endedByTree(run, applied.error)
  }
  const installed = await install(run, plan, transaction, originals)
  if (!installed.ok) {
    await giveBack(run, transaction, installed.error)
    run.signal.throwIfAborted()
    run.reporter.error(installed.error)
    return run.end('failed', EXIT.installFailed)
  }
  const styled =
    run.options.verify && runsPrograms(run, plan)
      ? await styleAsHosts(run, written, transaction, recorded)
      : succeed(undefined)
  if (!styled.ok) {
    await giveBack(run, transaction, styled.error)
    run.signal.throwIfAborted()
    return endedByTree(run, styled.error)
  }

  const verification = await verified(run, plan, originals, transaction)
  run.signal.throwIfAborted()
  const committed = await run.reporter.phase('commit', 'Keeping what undo needs', () =>
    transaction.commit(),
  )
  if (!committed.ok) {
    await giveBack(run, transaction, committed.error)
    run.signal.throwIfAborted()
    return endedByTree(run, committed.error)
  }

  run.learn({ verification, nextSteps: nextStepsOf(plan, run.options) })
  if (verification && !holds(verification)) {
    reportFailures(run, verification)
    return run.end('failed', EXIT.verificationFailed)
  }
  const { lint, tests } = verification ?? {}
  const manualSteps = [...plan.manualSteps, ...(lint?.steps ?? []), ...(tests?.steps ?? [])]
  run.learn({ manualSteps })
  return manualSteps.length > 0 ? run.end('manual', EXIT.manualSteps) : run.end('ok', EXIT.ok)
}

/** The host's packages are installed, so its own programs can be run. */
function runsPrograms(run: Run, plan: Plan): boolean {
  return run.options.install && isInstalled(run.root, plan.host.server.package)
}

async function verified(
  run: Run,
  plan: Plan,
  originals: Map<string, string>,
  transaction: Transaction,
): Promise<Verification | null> {
  if (!run.options.verify) return null
  const installed = runsPrograms(run, plan)
  const title = installed ? 'Checking types and running tests' : 'Checking the order of mounts'
  return run.reporter.phase('verification', title, (report) =>
    verify({
      plan,
      originals,
      installed,
      signal: run.signal,
      onSpawn: (leader) => recorded(transaction, leader),
      report,
    }),
  )
}

function reportFailures(run: Run, { typecheck, lint, tests, mountOrder }: Verification): void {
  const checks: [string, Check][] = [
    ['types', typecheck],
    ['lint', lint],
    ['tests', tests],
    ['order of mounts', mountOrder],
  ]
  for (const [name, { status, details }] of checks) {
    if (status !== 'failed') continue
    const message = [`The check of the ${name} failed:`, ...details].join('\n  ')
    const hint = 'Run `integrate-polar undo` to take everything back.'
    run.reporter.error({ code: 'verification_failed', message, hint })
  }
}

/** One transaction, shown in the parts that a person thinks in. */
async function writeAll(run: Run, plan: Plan, transaction: Transaction): Promise<Outcome<void>> {
  const applied = await run.reporter.phase('writing', 'Writing', () => transaction.apply())
  if (!applied.ok) return applied
  for (const { name, title } of SECTIONS) {
    const changes = plan.changes.filter((change) => sectionOf(change, plan.host) === name)
    if (changes.length === 0) continue
    await run.reporter.phase(
      name,
      `${title}: ${sectionWords(name, changes.length, plan)}`,
      async () => {},
    )
  }
  return applied
}

function sectionWords(section: Section, files: number, plan: Plan): string {
  const counted = files === 1 ? '1 file' : `${files} files`
  if (section === 'implementation') return `${counted}, ${plan.routes.length} routes`
  if (section === 'database') return plan.tables.join(', ')
  if (section === 'configuration') return `${counted}, ${plan.env.length} variables`
  return counted
}

type Installed =
  { ok: true } | { ok: false; error: { code: string; message: string; hint: string } }

async function install(
  run: Run,
  plan: Plan,
  transaction: Transaction,
  originals: ReadonlyMap<string, string>,
): Promise<Installed> {
  if (!run.options.install) return { ok: true }
  const places = installPlaces(plan.host, plan.changes)
  const managers = [...new Set(places.map(({ manager }) => manager))].join(' and ')
  return run.reporter.phase('packages', `Installing packages with ${managers}`, async (report) => {
    for (const place of places) {
      const installed = await installIn(run, place, transaction, originals, report)
      if (!installed.ok) return installed
    }
    return { ok: true }
  })
}

async function installIn(
  run: Run,
  place: InstallPlace,
  transaction: Transaction,
  originals: ReadonlyMap<string, string>,
  report: (progress: Progress) => void,
): Promise<Installed> {
  report({ detail: 'copying node_modules' })
  for (const folder of place.folders) {
    const guarded = await transaction.protectNodeModules(folder)
    if (!guarded.ok) throw new TreeRefusal(guarded.error)
  }
  report({ detail: installCommand(place) })
  const runs = {
    signal: run.signal,
    onSpawn: (leader: number) => recorded(transaction, leader),
  }
  const options = { ...runs, ignoreEngines: isBelowSdkEngine() }
  const folder = join(run.root, place.dir)
  const folders = place.folders.map((each) => join(run.root, each))
  const install = (more = {}) =>
    keepingGenerated(folders, () => installPackages(folder, place.manager, { ...options, ...more }))
  const result = await install()
  if (result.ok) return { ok: true }
  if (result.error.code !== 'install_failed') return refused(result.error)
  report({ detail: 'looking whether the packages could be installed before' })
  const isHosts = await failsWithoutUs(run.root, place, originals, runs).catch((error: unknown) => {
    // Where the system does not let us look, the failure itself is what is to be said.
    if (error instanceof TreeRefusal) return false
    throw error
  })
  if (!isHosts) return refused(result.error)
  if (!result.error.isPeerConflict) return refused(result.error, HOSTS_OWN)
  // Its owner can only install it in the same way.
  report({ detail: `${installCommand(place)} --legacy-peer-deps` })
  const again = await install({ legacyPeers: true })
  if (!again.ok) return refused(again.error, HOSTS_OWN)
  run.warn({
    code: 'peer_conflicts',
    message: 'Packages of the repository ask for versions of each other that conflict.',
    hint: `They were installed with ${installCommand(place)} --legacy-peer-deps.`,
  })
  return { ok: true }
}

const HOSTS_OWN = {
  code: 'host_install_failed',
  message: 'The packages of the repository could not be installed before, either.',
  hint: 'Repair that first, or run with --no-install and install the packages yourself.',
}

function refused(error: InstallError, cause: Partial<typeof HOSTS_OWN> = {}): Installed {
  const { code, message, hint, output } = error
  const lines = [...(cause.message === undefined ? [] : [cause.message]), message, ...output]
  return {
    ok: false,
    error: { code: cause.code ?? code, hint: cause.hint ?? hint, message: lines.join('\n') },
  }
}

async function recorded(transaction: Transaction, leader: number): Promise<void> {
  const outcome = await transaction.recordProcess(leader)
  if (!outcome.ok) throw new TreeRefusal(outcome.error)
}

/**
 * @param cause what the run stopped at; said here where it would be lost behind a second failure
 * @throws TreeRefusal when the host could not be put back; the next run tries again
 */
async function giveBack(
  run: Run,
  transaction: Transaction,
  cause: { code: string; message: string; hint: string },
): Promise<void> {
  try {
    const { kept } = await run.reporter.phase(
      'rollback',
      'Putting the repository back',
      async () => {
        const outcome = await transaction.rollback()
        if (!outcome.ok) throw new TreeRefusal(outcome.error)
        return outcome.value
      },
    )
    for (const { reason } of kept) run.reporter.detail(reason)
  } catch (error) {
    if (!run.signal.aborted) run.reporter.error(cause)
    throw error
  }
}
