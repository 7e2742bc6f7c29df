import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { entryOnDisk } from './disk.js'
import { treeError, TreeRefusal } from './errors.js'
import { trackedBelow } from './git-index.js'
import { readJournal } from './journal.js'
import { discardedBy, HOME, layout } from './layout.js'
import { findKey } from './transaction-key.js'

/** A claim: process, machine, and the identity of the process. */
export const CLAIM = /^\d+@[^@/]+@[^@/]+$/

/**
 * Looks through the host's `.integrate-polar` before anything in it is followed, because a clone
 * can bring one. Throws `TreeRefusal` unless it and every part of it was written by this user on
 * this machine; reads only.
 */
export async function checkHome(root: string): Promise<void> {
  const { home, locks, ignoreFile, transaction, undo, kept } = layout(root)
  const kind = await entryOnDisk(home)
  if (kind === 'absent') return
  if (kind !== 'folder') throw notAFolder(HOME)
  await checkOwner(root, home)
  const [tracked] = trackedBelow(root, HOME)
  if (tracked !== undefined) throw isTracked(tracked)
  for (const folder of [locks, kept]) await mustBeFolder(folder)
  if ((await kindOf(ignoreFile, 'file')) === 'other') throw notOurs('.gitignore')
  await checkClaims(locks)
  for (const name of await readdir(home)) await checkDiscarded(root, name)
  for (const folder of [transaction, undo]) await checkRecord(root, folder)
}

async function checkRecord(root: string, folder: string): Promise<void> {
  if (!(await mustBeFolder(folder))) return
  for (const part of ['before', 'work']) await mustBeFolder(join(folder, part))
  await readJournal(root, folder)
}

async function checkClaims(locks: string): Promise<void> {
  if ((await entryOnDisk(locks)) === 'absent') return
  for (const name of await readdir(locks)) {
    const kind = await entryOnDisk(join(locks, name))
    if (kind !== 'absent' && (kind !== 'file' || !CLAIM.test(name))) throw notOurs(`lock/${name}`)
  }
}

async function checkDiscarded(root: string, name: string): Promise<void> {
  const id = discardedBy(name)
  if (id === null || (await kindOf(join(root, HOME, name), 'folder')) === 'absent') return
  if ((await findKey(root, id)) === null) throw notOurs(name)
  await mustBeFolder(join(root, HOME, name))
}

/** True when it is a folder, false when it is absent. */
async function mustBeFolder(path: string): Promise<boolean> {
  const kind = await kindOf(path, 'folder')
  if (kind === 'other') throw notAFolder(pathInHome(path))
  return kind === 'folder'
}

async function kindOf<Wanted extends string>(
  path: string,
  wanted: Wanted,
): Promise<Wanted | 'absent' | 'other'> {
  const kind: string = await entryOnDisk(path)
  if (kind === wanted) return wanted
  return kind === 'absent' ? 'absent' : 'other'
}

/**
 * It is this user's, or that of the project's folder: some mounts show every file as one user's.
 * Anybody else could change it while it is read.
 */
async function checkOwner(root: string, home: string): Promise<void> {
  if (process.platform === 'win32') return
  const { uid } = await lstat(home)
  if (uid === process.geteuid?.() || uid === (await lstat(root)).uid) return
  throw new TreeRefusal(
    treeError(
      'not_ours',
      `${HOME} belongs to another user (number ${uid}). Nothing was touched.`,
      `Run as that user (after sudo: with sudo again), or delete the folder ${HOME}.`,
      HOME,
    ),
  )
}

function pathInHome(path: string): string {
  const parts = path.split(/[\\/]/)
  return parts.slice(parts.lastIndexOf(HOME)).join('/')
}

function notAFolder(path: string): TreeRefusal {
  return new TreeRefusal(
    treeError(
      'not_ours',
      `${path} is not a folder of this program (it may be a link). Nothing was touched.`,
      `Look at what it is, remove ${path}, then run again.`,
      path,
    ),
  )
}

function notOurs(name: string): TreeRefusal {
  const path = `${HOME}/${name}`
  return new TreeRefusal(
    treeError(
      'not_ours',
      `${path} was not written here by you on this machine. Nothing was touched.`,
      `Nothing in the project needs it: delete ${path}, then run again.`,
      path,
    ),
  )
}

function isTracked(path: string): TreeRefusal {
  return new TreeRefusal(
    treeError(
      'not_ours',
      `git tracks ${path}, so the folder ${HOME} came with the repository. Nothing was touched.`,
      `It belongs to one machine: run git rm -r --cached ${HOME} and commit that; ` +
        `if the folder is not from your own run, delete it, too.`,
      path,
    ),
  )
}
