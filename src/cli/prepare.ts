import type { Planned } from '../plan/plan.js'
import { sellsSubscriptions } from '../polar/sold-tiers.js'
import type { BillingSpec, HostProfile } from '../types.js'
import { EXIT } from './exit.js'
import { describeHost, overridesOf } from './host-words.js'
import { isInteractive } from './options.js'
import { readPricing } from './pricing.js'
import { planned } from './result.js'
import { goOn, type Run, type Stage } from './run.js'
import { endedByTree } from './tree-ending.js'
import { restoredWords } from './undo-words.js'

export interface Prepared extends Planned {
  /** Content before, by path, of every file that is to be modified. */
  originals: Map<string, string>
}

/** Everything up to the plan. Writes nothing, save that it first takes back a run that died. */
export async function prepare(run: Run, request: string): Promise<Stage<Prepared>> {
  const restored = await restore(run)
  if (restored.ended) return restored
  const spec = await specOf(run, request)
  if (spec.ended) return spec
  run.signal.throwIfAborted()
  const host = await hostOf(run)
  if (host.ended) return host
  run.signal.throwIfAborted()
  return goOn(await planOf(run, spec.value, host.value))
}

/** Finds the journal of a run that died and puts the host back. */
export async function restore(run: Run): Promise<Stage<null>> {
  const { recover } = await import('../tree/recover.js')
  const recovery = await recover(run.root)
  if (!recovery.ok) return endedByTree(run, recovery.error)
  const { restored, changes, kept } = recovery.value
  if (restored !== null) run.reporter.detail(restoredWords(restored, changes))
  for (const { reason } of kept) run.reporter.detail(reason)
  return goOn(null)
}

async function specOf(run: Run, request: string): Promise<Stage<BillingSpec>> {
  const { options, reporter } = run
  const pricing = await readPricing(request, options, isInteractive(options), reporter)
  switch (pricing.status) {
    case 'missing': {
      const question = 'What is sold, and for how much?'
      const flag = 'the request in words, or --spec FILE'
      reporter.needsInput([{ field: 'request', question, flag }])
      return run.end('unclear', EXIT.usage)
    }
    case 'invalid': {
      const hint = 'Correct it, then run again.'
      reporter.error({ code: 'invalid_spec', message: pricing.message, hint })
      return run.end('unclear', EXIT.usage)
    }
    case 'unclear': {
      run.assume(pricing.assumptions)
      run.learn({ unclear: pricing.unclear })
      reporter.unclear(pricing.unclear)
      const message = 'The request has no single reading.'
      const hint = 'Settle what is quoted, then run again.'
      reporter.error({ code: 'unclear', message, hint })
      return run.end('unclear', EXIT.unclear)
    }
    case 'ok': {
      run.assume(pricing.assumptions)
      run.learn({ spec: pricing.spec })
      if (isForSale(pricing.spec)) return goOn(pricing.spec)
      const message = 'Nothing in the request has a price.'
      const hint = 'Name one, like Pro $29/mo, or course $299 once.'
      reporter.error({ code: 'nothing_for_sale', message, hint })
      return run.end('unsupported', EXIT.unsupported)
    }
  }
}

/** Free plans, and plans that are sold in person, need no billing. */
function isForSale(spec: BillingSpec): boolean {
  return sellsSubscriptions(spec) || spec.products.length > 0
}

async function hostOf(run: Run): Promise<Stage<HostProfile>> {
  const { reporter } = run
  const { detectHost } = await import('../host/index.js')
  const detection = await reporter.phase('analysis', 'Looking at the repository', async () =>
    detectHost(run.root, overridesOf(run.options)),
  )
  if (detection.status === 'unsupported') {
    for (const { code, message, hint } of detection.problems)
      reporter.error({ code, message, hint })
    const missing = detection.problems.flatMap(({ code, message, flag }) =>
      flag === undefined ? [] : [{ field: code, question: message, flag }],
    )
    if (missing.length > 0) reporter.needsInput(missing)
    return run.end('unsupported', EXIT.unsupported)
  }
  run.learn({ host: detection.host })
  reporter.detail(describeHost(detection.host))
  run.assume(detection.assumptions)
  return goOn(detection.host)
}

async function planOf(run: Run, spec: BillingSpec, host: HostProfile): Promise<Prepared> {
  const [{ planIntegration }, { StagedTree }, { hostFiles }, { unifiedDiff }] = await Promise.all([
    import('../plan/plan.js'),
    import('../tree/staged-tree.js'),
    import('../tree/host-files.js'),
    import('../tree/diff.js'),
  ])
  const tree = new StagedTree(hostFiles(run.root))
  const { assumptions } = run.draft
  const { plan, contents } = await run.reporter.phase('plan', 'Planning', () =>
    planIntegration({ spec, host, assumptions, tree, now: timeOfPlan() }),
  )
  run.assume(plan.assumptions.slice(assumptions.length))
  const originals = new Map(
    plan.changes.flatMap(({ path }) => {
      const text = tree.readHost(path)
      return text === null ? [] : [[path, text] as const]
    }),
  )
  const shown = run.options.diff ? await contents() : []
  const diffs = new Map(
    shown.map(({ path, content }) => {
      return [path, unifiedDiff(path, originals.get(path) ?? null, content)] as const
    }),
  )
  run.learn(planned(plan, diffs))
  run.reporter.plan(plan, diffs)
  return { plan, contents, originals }
}

/** Epoch milliseconds; SOURCE_DATE_EPOCH (seconds) fixes it for output that can be repeated. */
function timeOfPlan(): number {
  const fixed = Number(process.env['SOURCE_DATE_EPOCH'])
  return fixed > 0 ? fixed * 1000 : Date.now()
}
