import { restyle } from '../verify/style/restyle.js'
import type { Transaction } from '../tree/apply.js'
import { succeed, type Outcome } from '../tree/errors.js'
import type { Change, Plan } from '../types.js'
import type { Run } from './run.js'

/** A plan with what was written for it. */
export interface Applied {
  plan: Plan
  /** Content before, by path, of every file that was modified. */
  originals: Map<string, string>
  changes: Change[]
}

/**
 * Has the host's own linter and formatter go over the new code, before undo knows of them. What
 * was edited in this moment is left alone.
 *
 * @param record notes a process group that was started
 */
export async function styleAsHosts(
  run: Run,
  { plan, originals, changes: written }: Applied,
  transaction: Transaction,
  record: (transaction: Transaction, leader: number) => Promise<void>,
): Promise<Outcome<void>> {
  const title = 'Bringing new code into your style'
  const { changes, programs } = await run.reporter.phase('style', title, (report) => {
    const onSpawn = (leader: number): Promise<void> => record(transaction, leader)
    return restyle({ plan, written, originals, runs: { signal: run.signal, onSpawn, report } })
  })
  if (changes.length === 0) return succeed(undefined)
  const rewritten = await transaction.rewrite(changes)
  if (!rewritten.ok) {
    return rewritten.error.code === 'stale_content' ? succeed(undefined) : rewritten
  }
  const counted = changes.length === 1 ? '1 file' : `${changes.length} files`
  run.reporter.detail(`${counted} of the change written as your ${programs.join(' and ')} would`)
  const styled = new Set(changes.map(({ path }) => path))
  run.learn({
    changes: run.draft.changes.map((change) =>
      styled.has(change.path) ? { ...change, styledBy: programs } : change,
    ),
  })
  return rewritten
}
