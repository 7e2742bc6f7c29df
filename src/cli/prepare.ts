import { relative, resolve } from 'node:path'
import type { HostDetection } from '../host/index.js'
import { EXIT } from './exit.js'
import { describeHost, overridesOf } from './host-words.js'
import { isInteractive } from './options.js'
import { planOf, type Prepared } from './plan-stage.js'
import { askForMissing, offerOf, readOffer } from './pricing-stage.js'
import { goOn, type Run, type Stage } from './run.js'
import { readTracking, settleTracking } from './tracking.js'
import { endedByTree } from './tree-ending.js'
import { restoredWords } from './undo-words.js'

/**
 * Everything up to the plan. Writes nothing, save that it first takes back a run that died.
 *
 * The host is looked at before anything is asked. Where it cannot be worked on, that is what the
 * run ends with; the pricing is still read, so that one run says all that is in the way, but nobody
 * is asked about it.
 */
export async function prepare(run: Run, request: string): Promise<Stage<Prepared>> {
  nameRoot(run)
  const restored = await restore(run)
  if (restored.ended) return restored
  run.signal.throwIfAborted()
  const host = await hostOf(run)
  run.signal.throwIfAborted()
  if (host.status === 'unsupported') {
    const pricing = await readOffer(run, request, false)
    const missing = {
      problems: host.problems,
      request: pricing.status === 'missing' && !isInteractive(run.options),
    }
    askForMissing(run, missing)
    return run.end('unsupported', EXIT.unsupported)
  }
  const pricing = await readOffer(run, request, isInteractive(run.options))
  run.signal.throwIfAborted()
  const spec = offerOf(run, pricing)
  if (spec.ended) return spec
  const named = readTracking(run, spec.value)
  if (named.ended) return named
  if (spec.value.meters.length === 0) return goOn(await planOf(run, spec.value, host.host))
  const profile = host.withRoutes()
  run.learn({ host: profile })
  const track = await settleTracking(run, spec.value, profile, named.value)
  run.signal.throwIfAborted()
  return track.ended ? track : goOn(await planOf(run, spec.value, profile, track.value))
}

/** From a folder inside it the repository is found, and named. */
export function nameRoot(run: Run): void {
  const from = resolve(run.options.cwd ?? '.')
  if (from === run.root) return
  run.reporter.detail(`Repository: ${run.root}`)
  const reason = `it is the root of the packages around ${from}`
  run.assume([{ field: 'host.root', value: run.root, reason }])
}

/** Finds the journal of a run that died and puts the host back. */
export async function restore(run: Run): Promise<Stage<null>> {
  const { isUnfinished, recover } = await import('../tree/recover.js')
  if (!(await isUnfinished(run.root))) return goOn(null)
  const title = 'Putting back what an earlier run left'
  const recovery = await run.reporter.phase('restore', title, () => recover(run.root))
  if (!recovery.ok) return endedByTree(run, recovery.error)
  const { restored, changes, kept } = recovery.value
  if (restored !== null) run.reporter.detail(restoredWords(restored, changes))
  for (const { reason } of kept) run.reporter.detail(reason)
  return goOn(null)
}

/** The folder of the repository that the command was started in: 'server', '' for the root. */
function standsIn(run: Run): string {
  return relative(run.root, resolve(run.options.cwd ?? '.')).replaceAll('\\', '/')
}

export async function hostOf(run: Run): Promise<HostDetection> {
  const { reporter } = run
  const { detectHost } = await import('../host/index.js')
  const detection = await reporter.phase('analysis', 'Looking at the repository', async () =>
    detectHost(run.root, { ...overridesOf(run.options), from: standsIn(run) }),
  )
  if (detection.status === 'unsupported') {
    for (const { code, message, hint, evidence } of detection.problems) {
      reporter.error({ code, message, hint, ...(evidence.length > 0 && { evidence }) })
    }
    run.learn({ found: detection.found })
    return detection
  }
  run.learn({ host: detection.host })
  reporter.detail(describeHost(detection.host))
  run.assume(detection.assumptions)
  return detection
}
