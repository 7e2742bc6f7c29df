import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { contentHash } from './content-hash.js'
import { hashOnDisk, lstatIfThere } from './disk.js'
import { place, syncFolder, syncParents, writeDurable, type Step } from './durable.js'
import { stopIfAborted, TreeRefusal } from './errors.js'
import { appendJournal } from './journal.js'
import type { JournalEntry, PriorFile } from './journal-entry.js'
import { layout } from './layout.js'
import { missingFolders, staleError, type Target } from './targets.js'

/** What the steps of one transaction share. */
export interface Context {
  root: string
  step: Step
  signal: AbortSignal | undefined
  /** A number nothing else in this transaction's folder has. */
  nextNumber: () => number
}

interface Prepared {
  target: Target
  before: PriorFile | null
  /** The finished file, relative to the journal's folder, waiting to be renamed to its place. */
  staged: string
}

/**
 * Writes the changes: first all prior contents and all new contents into the journal's folder,
 * then the journal, and only when that is on the disk the host, one rename per file.
 */
export async function writeChanges(context: Context, targets: Target[]): Promise<void> {
  const { root, step, signal } = context
  const { transaction } = layout(root)
  const prepared = await allEnded(targets.map((target) => prepare(context, target)))
  await syncFolder(join(transaction, 'before'))
  const folders = missingFolders(
    root,
    targets.map(({ path }) => path),
  )
  stopIfAborted(signal)
  await step('journal changes')
  await appendJournal(root, transaction, [
    ...folders.map((path): JournalEntry => ({ op: 'directory', path })),
    ...prepared.map(({ target: { path, change }, before, staged }): JournalEntry => ({
      op: 'file',
      path,
      before,
      after: contentHash(change.content),
      staged,
    })),
  ])
  for (const folder of folders) {
    await step(`create folder ${folder}`)
    await mkdir(join(root, folder))
  }
  for (const file of prepared) await putInPlace(context, file)
  await syncParents([...folders, ...targets.map(({ path }) => path)].map((p) => join(root, p)))
}

/** Nothing is still being written when one of them failed and the rest is taken back. */
async function allEnded<T>(work: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(work)
  return Promise.all(work)
}

async function prepare(context: Context, target: Target): Promise<Prepared> {
  const { root, step, nextNumber } = context
  const before = await copyPrior(context, target.path)
  if ((before?.hash ?? null) !== target.change.baseHash) throw staleTarget(target)
  const staged = `work/${nextNumber()}`
  await step(`stage ${target.path}`)
  const { mode, uid, gid } = before ?? {}
  const attributes = mode === undefined ? {} : { mode, uid: uid ?? 0, gid: gid ?? 0 }
  await writeDurable(join(layout(root).transaction, staged), target.change.content, attributes)
  return { target, before, staged }
}

async function putInPlace({ root, step, signal }: Context, { target, staged }: Prepared) {
  stopIfAborted(signal)
  const absolute = join(root, target.path)
  if ((await hashOnDisk(absolute)) !== target.change.baseHash) throw staleTarget(target)
  await step(`write ${target.path}`)
  await place(join(layout(root).transaction, staged), absolute)
}

function staleTarget({ change: { path } }: Target): TreeRefusal {
  return new TreeRefusal(staleError([{ path, reason: `${path} has changed while applying.` }]))
}

/** Copies a file of the host, with its permissions, into the journal's folder; null when it does not exist. */
export async function copyPrior(context: Context, path: string): Promise<PriorFile | null> {
  const { root, step, nextNumber } = context
  const absolute = join(root, path)
  const stats = await lstatIfThere(absolute)
  if (stats === null) return null
  const bytes = await readFile(absolute)
  const copy = `before/${nextNumber()}`
  await step(`copy ${path}`)
  const { mode, uid, gid, mtimeMs } = stats
  await writeDurable(join(layout(root).transaction, copy), bytes, { mode: mode & 0o777 })
  return { copy, hash: contentHash(bytes), mode, uid, gid, mtime: mtimeMs / 1000 }
}
