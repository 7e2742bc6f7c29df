import { basename } from 'node:path'
import { errorOf } from '../tree/errors.js'
import { askForConsent } from './confirm.js'
import { EXIT } from './exit.js'
import { Interrupted, watchInterrupts } from './interrupt.js'
import { missingAnswers } from './missing-answers.js'
import type { CommonOptions } from './options.js'
import { prepare } from './prepare.js'
import { Declined } from './questions.js'
import { reporterFor } from './reporters.js'
import { plannedEnd } from './result.js'
import { findRoot } from './root.js'
import { Run, type Ended } from './run.js'
import { endedByTree } from './tree-ending.js'

/**
 * The main command: plans, shows, asks, applies, installs, verifies. With `dryRun` it stops after
 * showing. Gives the exit code.
 */
export async function integrate(request: string, options: CommonOptions): Promise<number> {
  return runCommand(options, (run) => planAndApply(run, request))
}

/** Runs a command's work with reporter and interrupts in place, and reports its result. */
export async function runCommand(
  options: CommonOptions,
  work: (run: Run) => Promise<Ended>,
): Promise<number> {
  const reporter = await reporterFor(options)
  const interrupts = watchInterrupts()
  const run = new Run(findRoot(options.cwd ?? '.'), options, reporter, interrupts.signal)
  reporter.start()
  const { result, closing } = await work(run).catch((error: unknown) => endedBy(error, run))
  reporter.finish(result, closing)
  interrupts.end(result.exitCode)
  return result.exitCode
}

async function planAndApply(run: Run, request: string): Promise<Ended> {
  const prepared = await prepare(run, request)
  if (prepared.ended) return prepared
  const { plan } = prepared.value
  run.signal.throwIfAborted()

  const { status, exitCode } = plannedEnd(plan)
  for (const { path, reason } of plan.conflicts) {
    const hint =
      basename(path) === 'package.json'
        ? `Settle this in ${path}, then run again.`
        : 'Move it away or take your edits to it back, then run again.'
    run.reporter.error({
      code: 'conflict',
      message: reason.includes(path) ? reason : `${path}: ${reason}`,
      hint,
    })
  }
  if (status !== 'planned' || run.options.dryRun) return run.end(status, exitCode)
  const consent = await askForConsent(run, prepared.value)
  if (consent === 'declined') return run.end('planned', EXIT.ok)
  if (consent === 'missing') {
    run.reporter.needsInput(missingAnswers(run.options, { apply: true }))
    return run.end('planned', EXIT.usage)
  }
  const { carryOut } = await import('./carry-out.js')
  return carryOut(run, prepared.value)
}

/**
 * Whatever stops a run has been taken back by now, and gets its name here; only where that failed
 * some of it stands, and this comes first.
 */
function endedBy(error: unknown, run: Run): Ended {
  if (error instanceof Declined) return run.end('planned', EXIT.ok)
  const known = errorOf(error)
  const isStopped = run.signal.aborted || error instanceof Interrupted || known.code === 'aborted'
  if (!isStopped || known.code === 'rollback_failed') return endedByTree(run, known)
  const { stands } = error instanceof Interrupted ? error : new Interrupted()
  const message = `Interrupted. ${stands}`
  run.reporter.error({ code: 'interrupted', message, hint: 'Run again when you are ready.' })
  return run.end('failed', EXIT.interrupted)
}
