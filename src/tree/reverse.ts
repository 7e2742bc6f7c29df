import { mkdir, mkdtemp, rename, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Conflict } from '../types.js'
import { exists, stateOnDisk } from './disk.js'
import { syncParents, type Step } from './durable.js'
import { systemCode } from './errors.js'
import { isSame, type DirectoryEntry, type FileEntry } from './journal-entry.js'
import type { JournalEntry, MovedEntry } from './journal-entry.js'
import { keepEdit } from './keep-edit.js'
import { layout } from './layout.js'
import { endRecordedGroup } from './process-group.js'
import { checkReversible } from './reversible.js'
import { restoreFile } from './restore-file.js'
import { endMarked } from './run-mark.js'

export interface ReversedFile {
  path: string
  action: 'delete' | 'restore'
}

export interface Reversal {
  changes: ReversedFile[]
  /** Edits of others that had to make way. */
  kept: Conflict[]
}

/** A file's entries in order: the first has its prior state, all have contents that are ours. */
export type FileHistory = [FileEntry, ...FileEntry[]]

/** What of a journal is to be reversed. */
export interface Reversible {
  histories: FileHistory[]
  moved: MovedEntry[]
  directories: DirectoryEntry[]
}

/** Everything that was begun; where the journal ends with `undo`, only the files named there. */
export async function whatToReverse(folder: string, entries: JournalEntry[]): Promise<Reversible> {
  const last = entries.at(-1)
  const undo = last?.op === 'undo' ? last : null
  const wanted = undo === null ? null : new Set(undo.paths)
  const files = entries.filter((entry) => entry.op === 'file')
  const histories = byPath(await onlyBegun(folder, files))
  // While files of the user's are kept, the packages that they may ask for stay, too.
  const withPackages = undo === null || undo.kept.length === 0
  const moved = withPackages ? entries.filter((entry) => entry.op === 'moved') : []
  // Of a change that stands, the packages before are gone; only those that came can be taken away.
  const stands = entries.some(({ op }) => op === 'commit')
  return {
    histories: histories.filter(([{ path }]) => wanted === null || wanted.has(path)),
    moved: stands ? moved.filter(({ aside }) => aside === null) : moved,
    directories: entries.filter((entry) => entry.op === 'directory'),
  }
}

/**
 * Brings the host back to what it was before the journal's first entry. Every entry is undone by
 * looking at what is there, so it does not matter how far the change, or an earlier attempt to
 * reverse it, had come. Throws `TreeRefusal` before anything is touched when a copy is missing or
 * a path is not safe.
 */
export async function reverse(
  root: string,
  entries: JournalEntry[],
  step: Step,
): Promise<Reversal> {
  const { transaction, work } = layout(root)
  const reversible = await whatToReverse(transaction, entries)
  await checkReversible(root, transaction, reversible)
  const { histories, moved, directories } = reversible
  const isOurs = contentsOfOurs(entries)

  await endProcesses(entries)
  await mkdir(work, { recursive: true, mode: 0o700 })
  const reversal: Reversal = { changes: [], kept: [] }
  // What is deleted makes room for what is restored.
  for (const history of [...histories.filter(isNew), ...histories.filter((one) => !isNew(one))]) {
    await reverseFile(root, history, { isOurs, step, reversal })
  }
  for (const entry of moved) await reverseMove(root, entry, step)
  for (const { path } of directories.toReversed()) {
    await step(`reverse directory ${path}`)
    await removeEmptyFolder(join(root, path))
  }
  const places = [...histories.map(([first]) => first), ...moved, ...directories]
  await syncParents(places.map(({ path }) => join(root, path)))
  return reversal
}

/**
 * What the run started must not write any more while its work is taken back. Those of a change that
 * stands ended with its run; their numbers may be anybody's by now.
 */
async function endProcesses(entries: JournalEntry[]): Promise<void> {
  if (entries.some(({ op }) => op === 'commit')) return
  const started = entries.filter((entry) => entry.op === 'process')
  for (const { leader, identity } of started) await endRecordedGroup(leader, identity)
  const begin = entries.find((entry) => entry.op === 'begin')
  if (begin !== undefined && started.length > 0) await endMarked(begin.id)
}

/** A file that was never put in place is the host's own, whatever it has become since. */
async function onlyBegun(folder: string, files: FileEntry[]): Promise<FileEntry[]> {
  const waiting = await Promise.all(
    files.map(async ({ staged }) => staged !== null && (await exists(join(folder, staged)))),
  )
  return files.filter((_, index) => !waiting[index])
}

function byPath(files: FileEntry[]): FileHistory[] {
  const paths = new Map<string, FileHistory>()
  for (const entry of files) {
    const history = paths.get(entry.path)
    if (history === undefined) paths.set(entry.path, [entry])
    else history.push(entry)
  }
  return [...paths.values()]
}

function isNew([{ before }]: FileHistory): boolean {
  return before === null
}

type IsOurs = (history: FileHistory, hash: string) => boolean

/**
 * Whether a content is the run's own: of a change that stands, only what a file held at its end; of
 * one that was cut off, all that was written to it, which is anything where another program wrote.
 */
function contentsOfOurs(entries: JournalEntry[]): IsOurs {
  const commit = entries.find((entry) => entry.op === 'commit')
  if (commit !== undefined) return ([{ path }], hash) => commit.after[path] === hash
  return (history, hash) => history.some(({ after }) => after === null || after === hash)
}

async function reverseFile(
  root: string,
  history: FileHistory,
  { isOurs, step, reversal }: { isOurs: IsOurs; step: Step; reversal: Reversal },
): Promise<void> {
  const [{ path, before }] = history
  const target = join(root, path)
  const current = await stateOnDisk(target)
  if (isSame(current, before)) return
  const isEdited = current !== null && !isOurs(history, current.hash)
  if (isEdited && current.hash !== before?.hash) {
    reversal.kept.push(await keepEdit(root, path, step))
  }
  await step(`reverse file ${path}`)
  if (before === null) await rm(target, { force: true })
  else await restoreFile(root, path, before, step)
  reversal.changes.push({ path, action: before === null ? 'delete' : 'restore' })
}

async function reverseMove(root: string, { path, aside }: MovedEntry, step: Step): Promise<void> {
  const { transaction, work } = layout(root)
  const target = join(root, path)
  // The original still stands where it belongs, or does so again.
  if (aside !== null && !(await exists(join(transaction, aside)))) return
  if (await exists(target)) {
    await step(`take away ${path}`)
    await rename(target, join(await mkdtemp(join(work, 'trash-')), 'node_modules'))
  }
  if (aside === null) return
  await step(`move back ${path}`)
  await rename(join(transaction, aside), target)
}

async function removeEmptyFolder(path: string): Promise<void> {
  try {
    await rmdir(path)
  } catch (cause) {
    const code = systemCode(cause) ?? ''
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(code)) throw cause
  }
}
