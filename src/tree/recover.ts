import { readdir, realpath, rename, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Conflict } from '../types.js'
import { exists, stateOnDisk } from './disk.js'
import { noStep, syncFolder, type Step } from './durable.js'
import { attempt, fail, succeed, systemCode, treeError } from './errors.js'
import type { Outcome, TreeError } from './errors.js'
import { checkHome } from './home.js'
import { appendJournal, readJournal, stateOf } from './journal.js'
import { isSame, type JournalEntry } from './journal-entry.js'
import { discardedBy, discardedName, HOME, layout, SETTLED } from './layout.js'
import { acquireLock } from './lock.js'
import { reverse, type ReversedFile } from './reverse.js'
import { forgetKeys } from './transaction-key.js'

export interface Recovery {
  /**
   * What was found and put back: the change of a run that was cut off (`run`), or the rest of one
   * that was being undone (`undo`). Null when there was nothing.
   */
  restored: 'run' | 'undo' | null
  /** What was done to the host's files for that. */
  changes: ReversedFile[]
  /** Edits made since by others, and where they are kept now. */
  kept: Conflict[]
}

export const NOTHING: Recovery = { restored: null, changes: [], kept: [] }

/**
 * Run at the start of every command: finds the journal of a run that died and restores the host,
 * or finishes a change that was complete. Fails with `busy` while such a run is alive, and with
 * `not_ours` or `journal_damaged` when the folder is not to be followed. It costs one look at the
 * folder when there is nothing to do.
 */
export async function recover(
  folder: string,
  options: { onStep?: Step } = {},
): Promise<Outcome<Recovery>> {
  const found = await attempt(() => lookAt(folder))
  if (!found.ok) return found
  if (found.value === null) return succeed(NOTHING)
  const root = found.value
  const lock = await acquireLock(root)
  if (!lock.ok) return fail(lock.error)
  const outcome = await attempt(() => recoverLocked(root, options.onStep ?? noStep))
  await lock.value.release()
  return outcome.ok ? outcome : fail(await whatStands(root, outcome.error))
}

/** True when `recover` has something to do, to refuse, or a run is alive. */
export async function isUnfinished(folder: string): Promise<boolean> {
  const found = await attempt(() => lookAt(folder))
  return !found.ok || found.value !== null
}

/** The real path of a host in which something may be left to do; null where there is not. */
async function lookAt(folder: string): Promise<string | null> {
  const root = await realpath(folder).catch(() => null)
  if (root === null || !(await exists(layout(root).home))) return null
  const { home } = layout(root)
  const checked = await attempt(() => checkHome(root))
  const names = checked.ok ? await readdir(home) : []
  if (checked.ok && names.length === 0) await removeEmpty(home)
  const settled = names.every((name) => SETTLED.has(name)) && names.some((n) => n !== '.gitignore')
  return checked.ok && (names.length === 0 || settled) ? null : root
}

async function removeEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch((cause: unknown) => {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EROFS'].includes(systemCode(cause) ?? '')) throw cause
  })
}

/** The same for a process that holds the lock. */
export async function recoverLocked(root: string, step: Step): Promise<Recovery> {
  const { home, transaction, undo } = layout(root)
  let recovery = NOTHING
  if (await exists(transaction)) {
    const { entries } = await readJournal(root, transaction)
    if (stateOf(entries) === 'settled') await settle(root, step)
    else recovery = await takeBack(root, step)
  }
  for (const name of await readdir(home)) {
    if (discardedBy(name) === null) continue
    await step(`delete ${name}`)
    await rm(join(home, name), { recursive: true, force: true })
  }
  const record = (await exists(undo)) ? [(await readJournal(root, undo)).key.id] : []
  await forgetKeys(root, new Set(record))
  return recovery
}

/**
 * Reverses the open transaction and removes it; where the user takes a change back and some files
 * were kept, it becomes the record of those again.
 */
export async function takeBack(root: string, step: Step): Promise<Recovery> {
  const { transaction } = layout(root)
  const { entries, key } = await readJournal(root, transaction)
  const { changes, kept } = await reverse(root, entries, step)
  const last = entries.at(-1)
  if (last?.op === 'undo' && last.kept.length > 0) {
    await step('note what is undone')
    await appendJournal(root, transaction, [{ op: 'undone', at: new Date().toISOString() }])
    await settle(root, step)
  } else {
    await discard(root, key.id, transaction, step)
  }
  const begun = entries.some(({ op }) => op !== 'begin')
  return { restored: last?.op === 'undo' ? 'undo' : begun ? 'run' : null, changes, kept }
}

/** Turns a committed transaction into the undo record; any part of it may have been done. */
export async function settle(root: string, step: Step): Promise<void> {
  const { home, transaction, undo, work } = layout(root)
  const { key } = await readJournal(root, transaction)
  await discard(root, key.id, work, step)
  await discard(root, key.id, undo, step)
  await step('keep undo record')
  await rename(transaction, undo)
  await syncFolder(home)
}

/**
 * Takes a folder out of account in one step, which needs no room on the disk; deleting it may take
 * its time afterwards.
 */
async function discard(root: string, id: string, folder: string, step: Step): Promise<void> {
  if (!(await exists(folder))) return
  const { home } = layout(root)
  await step(`discard ${folder}`)
  const part = `${process.pid}-${Date.now()}-${Math.random()}`
  await rename(folder, join(home, discardedName(id, part)))
  await syncFolder(home)
}

/** When putting back failed half-way: says what stands changed, where the copies are, what next. */
export async function whatStands(root: string, error: TreeError): Promise<TreeError> {
  const { transaction } = layout(root)
  const journal = await attempt(() => readJournal(root, transaction))
  if (error.code !== 'io_failed' || !journal.ok) return error
  const { entries } = journal.value
  // Of a change that stands nothing has been touched.
  if (stateOf(entries) === 'settled') return error
  const standing = await attempt(() => changedFiles(root, entries))
  const paths = standing.ok ? standing.value : []
  const count = paths.length === 1 ? '1 file stands' : `${paths.length} files stand`
  return treeError(
    'rollback_failed',
    `The repository could not be put back: ${error.message}. ${count} changed.`,
    `Their prior contents are in ${HOME}/transaction/before. ${error.hint} ` +
      'The next command puts the repository back before it does anything else.',
    error.path,
    paths.map((path) => ({ path, reason: 'is not as it was before the run.' })),
  )
}

async function changedFiles(root: string, entries: JournalEntry[]): Promise<string[]> {
  const paths = new Set<string>()
  const seen = new Set<string>()
  for (const entry of entries) {
    if (entry.op !== 'file' || seen.has(entry.path)) continue
    seen.add(entry.path)
    const current = await stateOnDisk(join(root, entry.path))
    if (!isSame(current, entry.before)) paths.add(entry.path)
  }
  return [...paths]
}
