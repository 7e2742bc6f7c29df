import type { TrackedRoute } from '../features/contribution.js'
import { envFileWarning } from '../git/env-file.js'
import { stepsForIgnored } from '../git/ignored.js'
import { uncommittedFiles } from '../git/uncommitted.js'
import type { Planned } from '../plan/plan.js'
import type { BillingSpec, HostProfile } from '../types.js'
import { changesOf } from './result.js'
import type { Run } from './run.js'

export interface Prepared extends Planned {
  /** Content before, by path, of every file that is to be modified. */
  originals: Map<string, string>
  /** All changes as `git apply` takes them. */
  patch: () => Promise<string>
}

const NONE = new Map<string, string>()

/** Plans, and shows what is planned. */
export async function planOf(
  run: Run,
  spec: BillingSpec,
  host: HostProfile,
  track: readonly TrackedRoute[] = [],
): Promise<Prepared> {
  const [{ planIntegration }, { StagedTree }, { hostFiles }, { lastWritten }, { diffsOf, below }] =
    await Promise.all([
      import('../plan/plan.js'),
      import('../tree/staged-tree.js'),
      import('../tree/host-files.js'),
      import('../tree/written.js'),
      import('./plan-diffs.js'),
    ])
  const tree = new StagedTree(hostFiles(run.root), await lastWritten(run.root))
  const { assumptions } = run.draft
  const [planned, uncommitted] = await run.reporter.phase('plan', 'Planning', () =>
    Promise.all([
      planIntegration({ spec, host, track, assumptions, tree, now: timeOfPlan() }),
      uncommittedFiles(run.root),
    ]),
  )
  const { contentsOf } = planned
  const [ignored, tracked] = await Promise.all([
    stepsForIgnored(run.root, planned.files),
    host.env.file && envFileWarning(run.root, host.env.file.value),
  ])
  const plan = { ...planned.plan, manualSteps: [...planned.plan.manualSteps, ...ignored] }
  run.assume(plan.assumptions.slice(assumptions.length))
  warnOfUncommitted(run, uncommitted ?? [])
  warnOfEdited(run, tree.edited())
  if (tracked) run.warn(tracked)
  warnOfHostTests(run, host)
  const originals = new Map(
    plan.changes.flatMap(({ path }) => {
      const text = tree.readHost(path)
      return text === null ? [] : [[path, text] as const]
    }),
  )
  const diffs = async (wanted: (path: string) => boolean): Promise<Map<string, string>> => {
    const shown = await run.reporter.phase('formatting', 'Formatting', () =>
      contentsOf(({ path }) => wanted(path)),
    )
    return diffsOf(shown, originals)
  }
  const { diff, cwd = '.', json = false } = run.options
  const asked = diff === undefined ? NONE : await diffs(below(diff, cwd, run.root))
  run.learn(changesOf(plan, json ? asked : NONE))
  if (!json) {
    const hostEdits = await contentsOf(({ action }) => action === 'modify')
    run.reporter.plan(plan, diffsOf(hostEdits, originals))
    if (diff !== undefined) await run.reporter.patch(textOf(asked))
  }
  if (diff !== undefined && asked.size === 0 && plan.changes.length > 0) {
    const message = `Nothing changes below ${diff}.`
    run.warn({ code: 'no_such_change', message, hint: '--verbose lists every file.' })
  }
  return { ...planned, plan, originals, patch: async () => textOf(await diffs(() => true)) }
}

function textOf(diffs: Map<string, string>): string {
  return [...diffs.values()].join('')
}

function warnOfUncommitted(run: Run, files: string[]): void {
  if (files.length === 0) return
  const counted = files.length === 1 ? '1 file is' : `${files.length} files are`
  run.warn({
    code: 'uncommitted_changes',
    message: `${counted} not committed: ${named(files)}.`,
    hint: 'Commit first, so that git shows what is changed here and nothing else.',
  })
}

function warnOfEdited(run: Run, files: string[]): void {
  if (files.length === 0) return
  const [were, stay] = files.length === 1 ? ['was', 'stays'] : ['were', 'stay']
  run.warn({
    code: 'edited_since',
    message: `${named(files)} ${were} edited since the last run and ${stay} as edited.`,
    hint: 'Delete a file and run again to get it as it was generated.',
  })
}

/** So many files are said; the others are counted. */
const NAMED = 5

function named(files: string[]): string {
  const others = files.length - NAMED
  return files.slice(0, NAMED).join(', ') + (others > 0 ? ` and ${others} more` : '')
}

/** Said before anything is written: the host's tests are its own code, and may do anything. */
function warnOfHostTests(run: Run, { tests }: HostProfile): void {
  const { verify, install, dryRun } = run.options
  if (!verify || !install || dryRun === true) return
  if (tests.apart && tests.script === null) return
  run.warn({
    code: 'host_tests_run',
    message: 'To check the result, your own tests are run, with your environment.',
    hint: '--no-verify leaves them out.',
  })
}

/** Epoch milliseconds; SOURCE_DATE_EPOCH (seconds) fixes it for output that can be repeated. */
function timeOfPlan(): number {
  const fixed = Number(process.env['SOURCE_DATE_EPOCH'])
  return fixed > 0 ? fixed * 1000 : Date.now()
}
