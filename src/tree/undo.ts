import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Conflict } from '../types.js'
import { noStep, syncFolder, type Step } from './durable.js'
import { attempt, fail, treeError, TreeRefusal, type Outcome } from './errors.js'
import { hashOnDisk } from './disk.js'
import { committed, readJournal, replaceJournal, type JournalEntry } from './journal.js'
import { layout } from './layout.js'
import { acquireLock } from './lock.js'
import { recoverLocked, takeBack } from './recover.js'

export interface Undone {
  /** The files that are as they were again. */
  files: string[]
  /** Packages were installed by that run; the package manager should bring them in line now. */
  packagesChanged: boolean
  /** Edits made by others while this ran, and where they are kept. */
  kept: Conflict[]
}

/**
 * Takes the last applied change back, as long as nobody has edited its files since. Otherwise
 * fails with `changed_since` and lists those files; nothing is written then.
 */
export async function undo(
  root: string,
  options: { onStep?: Step } = {},
): Promise<Outcome<Undone>> {
  const step = options.onStep ?? noStep
  const lock = await acquireLock(root)
  if (!lock.ok) return fail(lock.error)
  const outcome = await attempt(async () => {
    await recoverLocked(root, step)
    return undoLocked(root, step)
  })
  await lock.value.release()
  return outcome
}

async function undoLocked(root: string, step: Step): Promise<Undone> {
  const places = layout(root)
  const entries = await readJournal(places.undo)
  // The processes of that run ended with it; their numbers may be anybody's by now.
  const record = entries.filter(({ op }) => op !== 'undo' && op !== 'process')
  const commit = committed(record)
  if (commit === null) throw new TreeRefusal(nothingToUndo())
  const conflicts = await editsSince(root, record, commit.after)
  if (conflicts.length > 0) throw new TreeRefusal(changedSince(conflicts))
  await step('mark as undone')
  await replaceJournal(places.undo, [...record, { op: 'undo', at: new Date().toISOString() }])
  await step('reopen transaction')
  await rename(places.undo, places.transaction)
  await syncFolder(places.home)
  const { kept } = await takeBack(root, step)
  await recoverLocked(root, step)
  return {
    files: Object.keys(commit.after),
    packagesChanged: record.some(({ op }) => op === 'moved'),
    kept,
  }
}

async function editsSince(
  root: string,
  entries: JournalEntry[],
  after: Record<string, string | null>,
): Promise<Conflict[]> {
  const conflicts: Conflict[] = []
  const seen = new Set<string>()
  for (const entry of entries) {
    if (entry.op !== 'file' || seen.has(entry.path)) continue
    seen.add(entry.path)
    const current = await hashOnDisk(join(root, entry.path))
    const before = entry.before?.hash ?? null
    if (current === (after[entry.path] ?? null) || current === before) continue
    conflicts.push({ path: entry.path, reason: `${entry.path} was changed since.` })
  }
  return conflicts
}

function nothingToUndo() {
  return treeError(
    'nothing_to_undo',
    'There is no applied change to take back in this project.',
    'Use version control if the change was made elsewhere.',
  )
}

function changedSince(conflicts: Conflict[]) {
  return treeError(
    'changed_since',
    `${conflicts.length} of the files were changed since they were written.`,
    'Undo those edits first, or take the change back with version control.',
    conflicts[0]?.path ?? null,
    conflicts,
  )
}
