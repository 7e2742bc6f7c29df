import { mkdir, mkdtemp, readFile, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Conflict } from '../types.js'
import { exists, stateOnDisk, type FileState } from './disk.js'
import { place, syncParents, writeDurable, type Step } from './durable.js'
import { systemCode } from './errors.js'
import type { FileEntry, JournalEntry, MovedEntry, PriorFile } from './journal.js'
import { HOME, layout } from './layout.js'
import { endRecordedGroup } from './process-group.js'

/**
 * Brings the host back to what it was before the journal's first entry. Every entry is undone by
 * looking at what is there, so it does not matter how far the change, or an earlier attempt to
 * reverse it, had come. Gives the edits of others that had to make way; they are kept.
 */
export async function reverse(
  root: string,
  entries: JournalEntry[],
  step: Step,
): Promise<Conflict[]> {
  for (const entry of entries) {
    if (entry.op === 'process') await endRecordedGroup(entry.leader, entry.identity)
  }
  await mkdir(layout(root).work, { recursive: true })
  const files = entries.filter((entry) => entry.op === 'file')
  const moved = entries.filter((entry) => entry.op === 'moved')
  const directories = entries.filter((entry) => entry.op === 'directory')
  const kept: Conflict[] = []
  const begun = await Promise.all(files.map((entry) => wasBegun(root, entry)))
  const written = files.filter((_, index) => begun[index])
  for (const [path, history] of byPath(written)) {
    kept.push(...(await reverseFile(root, path, history, step)))
  }
  for (const entry of moved) await reverseMove(root, entry, step)
  for (const { path } of directories.reverse()) {
    await step(`reverse directory ${path}`)
    await removeEmptyFolder(join(root, path))
  }
  await syncParents([...files, ...moved, ...directories].map(({ path }) => join(root, path)))
  return kept
}

/** A file that was never put in place is the host's own, whatever it has become since. */
async function wasBegun(root: string, { staged }: FileEntry): Promise<boolean> {
  return staged === null || !(await exists(join(layout(root).transaction, staged)))
}

/** Only the first prior state of a file counts, but every content that was written to it is ours. */
function byPath(files: FileEntry[]): Map<string, [FileEntry, ...FileEntry[]]> {
  const paths = new Map<string, [FileEntry, ...FileEntry[]]>()
  for (const entry of files) {
    const history = paths.get(entry.path)
    if (history === undefined) paths.set(entry.path, [entry])
    else history.push(entry)
  }
  return paths
}

async function reverseFile(
  root: string,
  path: string,
  history: [FileEntry, ...FileEntry[]],
  step: Step,
): Promise<Conflict[]> {
  const { before } = history[0]
  const target = join(root, path)
  const current = await stateOnDisk(target)
  if (before === null ? current === null : current !== null && isSame(current, before)) return []
  const ours = new Set(history.map(({ after }) => after))
  const foreign = current !== null && !ours.has(null) && !ours.has(current.hash)
  const kept = foreign && current.hash !== before?.hash ? [await keep(root, path, step)] : []
  await step(`reverse file ${path}`)
  if (before === null) await rm(target, { force: true })
  else await restore(root, target, before, step)
  return kept
}

async function restore(root: string, target: string, before: PriorFile, step: Step) {
  const { transaction, work } = layout(root)
  const finished = join(work, 'restored')
  await writeDurable(finished, await readFile(join(transaction, before.copy)), before)
  await mkdir(dirname(target), { recursive: true })
  await step(`restore ${target}`)
  await place(finished, target)
}

/** Somebody edited the file after it was written; their version must not be lost. */
async function keep(root: string, path: string, step: Step): Promise<Conflict> {
  const place = join(layout(root).kept, path)
  await mkdir(dirname(place), { recursive: true })
  await step(`keep ${path}`)
  await writeDurable(place, await readFile(join(root, path)))
  return {
    path,
    reason: `${path} was edited meanwhile; that version is in ${HOME}/kept/${path}.`,
  }
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

function isSame(current: FileState, before: PriorFile): boolean {
  return current.hash === before.hash && current.mode === (before.mode & 0o7777)
}

async function removeEmptyFolder(path: string): Promise<void> {
  try {
    await rmdir(path)
  } catch (cause) {
    const code = systemCode(cause) ?? ''
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(code)) throw cause
  }
}
