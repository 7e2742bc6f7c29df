import { realpath, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Conflict } from '../types.js'
import { entryOnDisk, exists, stateOnDisk } from './disk.js'
import { noStep, syncFolder, type Step } from './durable.js'
import { attempt, fail, stopIfAborted, treeError, TreeRefusal, type Outcome } from './errors.js'
import { appendJournal, readJournal, stateOf } from './journal.js'
import { isSame, type FileEntry, type JournalEntry } from './journal-entry.js'
import { layout } from './layout.js'
import { acquireLock } from './lock.js'
import { recoverLocked, takeBack, whatStands } from './recover.js'
import { whatToReverse, type ReversedFile } from './reverse.js'
import { checkReversible } from './reversible.js'

export interface Undone {
  /**
   * What was taken back: the last applied change (`change`), or only a run that had been cut off
   * (`run`), or the rest of an undo that had been (`undo`). An earlier change stands then.
   */
  took: 'change' | 'run' | 'undo'
  /** What was really done, and the files that stay because they were edited. */
  changes: (ReversedFile | { path: string; action: 'keep' })[]
  /** Packages were installed by that run; the package manager should bring them in line now. */
  packagesChanged: boolean
  /** Edits made by others that had to make way, and where they are kept. */
  kept: Conflict[]
}

export interface UndoOptions {
  /** Takes back edited files as well; what they hold now is kept in `.integrate-polar/kept`. */
  force?: boolean
  onStep?: Step
  /** Stops it with `aborted` before the first file is put back; later it is finished. */
  signal?: AbortSignal
}

/** The files that the last applied change made or changed; what `undo` would take back. */
export async function undoable(
  folder: string,
): Promise<Outcome<{ path: string; isNew: boolean }[]>> {
  return attempt(async () => {
    const root = await realpath(folder)
    const { undo } = layout(root)
    if (!(await exists(undo))) return []
    const { entries } = await readJournal(root, undo)
    return candidates(entries).map(({ path, before }) => ({ path, isNew: before === null }))
  })
}

/**
 * Takes the last applied change back. Files that somebody has edited since stay as they are and are
 * named, and the record of them stays for a second undo with `force`. A run that was cut off is
 * taken back instead, and nothing else. Fails with `nothing_to_undo` when there is neither.
 */
export async function undo(folder: string, options: UndoOptions = {}): Promise<Outcome<Undone>> {
  const step = options.onStep ?? noStep
  const real = await attempt(() => realpath(folder))
  if (!real.ok) return real
  const root = real.value
  const home = await attempt(() => exists(layout(root).home))
  if (!home.ok) return home
  if (!home.value) return fail(nothingToUndo())
  const lock = await acquireLock(root)
  if (!lock.ok) return lock
  const outcome = await attempt(async () => {
    const { restored, changes, kept } = await recoverLocked(root, step)
    if (restored !== null) return { took: restored, changes, packagesChanged: false, kept }
    return undoLocked(root, options, step)
  })
  await lock.value.release()
  return outcome.ok ? outcome : fail(await whatStands(root, outcome.error))
}

async function undoLocked(
  root: string,
  { force = false, signal }: UndoOptions,
  step: Step,
): Promise<Undone> {
  const places = layout(root)
  if (!(await exists(places.undo))) throw new TreeRefusal(nothingToUndo())
  const { entries } = await readJournal(root, places.undo)
  if (stateOf(entries) !== 'settled') throw new TreeRefusal(nothingToUndo())
  const files = candidates(entries)
  const edited = force ? [] : await editedSince(root, files, entries)
  const paths = files.map(({ path }) => path).filter((path) => !edited.includes(path))
  const taken: JournalEntry = { op: 'undo', at: new Date().toISOString(), paths, kept: edited }
  const reversible = await whatToReverse(places.undo, [...entries, taken])
  await checkReversible(root, places.undo, reversible)
  stopIfAborted(signal)
  await step('reopen transaction')
  await rename(places.undo, places.transaction)
  await syncFolder(places.home)
  await step('mark as undone')
  await appendJournal(root, places.transaction, [taken])
  const { changes, kept } = await takeBack(root, step)
  // It is taken back; what fails here is only the deleting, which the next run goes on with.
  await attempt(() => recoverLocked(root, step))
  return {
    took: 'change',
    changes: [...changes, ...edited.map((path) => ({ path, action: 'keep' as const }))],
    packagesChanged: changes.length > 0 && entries.some(({ op }) => op === 'moved'),
    kept,
  }
}

/** A file's first entry, which has its prior state. After an undo, only those that were kept. */
function candidates(entries: JournalEntry[]): FileEntry[] {
  const last = entries.findLast((entry) => entry.op === 'undo')
  const left = last === undefined ? null : new Set(last.kept)
  const first = new Map<string, FileEntry>()
  for (const entry of entries) {
    if (entry.op !== 'file' || first.has(entry.path)) continue
    if (left === null || left.has(entry.path)) first.set(entry.path, entry)
  }
  return [...first.values()]
}

/** A file that was deleted since holds no work that could be lost, so it is put back. */
async function editedSince(
  root: string,
  files: FileEntry[],
  entries: JournalEntry[],
): Promise<string[]> {
  const after = entries.find((entry) => entry.op === 'commit')?.after ?? {}
  const edited: string[] = []
  for (const { path, before } of files) {
    const current = await stateOnDisk(join(root, path))
    const kind = await entryOnDisk(join(root, path))
    const replaced = before !== null && (kind === 'folder' || kind === 'other')
    const changed = current !== null && current.hash !== after[path] && !isSame(current, before)
    if (replaced || (changed && current.hash !== before?.hash)) edited.push(path)
  }
  return edited
}

function nothingToUndo() {
  return treeError(
    'nothing_to_undo',
    'There is no applied change to take back in this project.',
    'Use version control if the change was made elsewhere.',
  )
}
