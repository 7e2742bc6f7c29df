import { lstat, mkdir, realpath, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { copyDirectory } from './copy-directory.js'
import { exists } from './disk.js'
import { syncFolder, syncParents } from './durable.js'
import { stopIfAborted, treeError, TreeRefusal } from './errors.js'
import { placeError } from './host-files.js'
import { appendJournal } from './journal.js'
import type { JournalEntry } from './journal-entry.js'
import { layout } from './layout.js'
import { recordProcess } from './record-process.js'
import { realPlace } from './targets.js'
import { copyPrior, type Context } from './write-changes.js'

/** What a package manager writes besides node_modules. */
const PACKAGE_FILES = [
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
]

/**
 * Makes a folder safe for a package manager to work in: its package files are copied into the
 * journal, and `node_modules` is replaced by a copy of itself while the original waits aside.
 * The host has a complete `node_modules` all the time, but for the instant of two renames.
 * `folder` is relative to the root, '' for the root itself.
 */
export async function protectPackages(context: Context, folder: string): Promise<void> {
  const inFolder = (name: string) => (folder === '' ? name : `${folder}/${name}`)
  const refused = placeError(context.root, inFolder('package.json'))
  if (refused !== null) throw new TreeRefusal(refused)
  const files = PACKAGE_FILES.map((name) => realPlace(context.root, inFolder(name)))
  await protectFiles(context, files)
  const parent = folder === '' ? '' : `${realPlace(context.root, folder)}/`
  await protectNodeModules(context, `${parent}node_modules`)
}

async function protectFiles(context: Context, paths: string[]): Promise<void> {
  const { root } = context
  const { transaction } = layout(root)
  const entries: JournalEntry[] = []
  for (const path of paths) {
    const before = await copyPrior(context, path)
    entries.push({ op: 'file', path, before, after: null, staged: null })
  }
  await syncFolder(join(transaction, 'before'))
  await context.step('journal package files')
  await appendJournal(root, transaction, entries)
}

async function protectNodeModules(context: Context, path: string): Promise<void> {
  const { root, step } = context
  const { transaction, work } = layout(root)
  const target = join(root, path)
  if (!(await exists(target))) {
    await step(`journal missing ${path}`)
    await appendJournal(root, transaction, [{ op: 'moved', path, aside: null }])
    return
  }
  const stats = await lstat(target)
  if (!stats.isDirectory() && !stats.isSymbolicLink()) throw notAFolder(path)
  const copy = join(work, `copy-${context.nextNumber()}`, basename(path))
  const aside = join('work', `aside-${context.nextNumber()}`, basename(path))
  await mkdir(dirname(copy))
  await mkdir(dirname(join(transaction, aside)))
  await step(`copy ${path}`)
  await copyOrStop(context, await realpath(target), copy)
  await step(`journal ${path}`)
  await appendJournal(root, transaction, [
    { op: 'moved', path, aside: aside.split('\\').join('/') },
  ])
  await step(`move ${path} aside`)
  await rename(target, join(transaction, aside))
  await step(`put copy of ${path} in place`)
  await rename(copy, target)
  await syncParents([target, join(transaction, aside)])
}

async function copyOrStop(context: Context, source: string, copy: string): Promise<void> {
  const { signal } = context
  const onSpawn = (leader: number) => recordProcess(context.root, leader)
  try {
    await copyDirectory(source, copy, { onSpawn, ...(signal && { signal }) })
  } finally {
    stopIfAborted(signal)
  }
}

function notAFolder(path: string): TreeRefusal {
  const hint = 'Remove it, then run again.'
  return new TreeRefusal(treeError('not_a_file', `${path} is not a folder.`, hint, path))
}
