import { lstatSync, realpathSync } from 'node:fs'
import { chmod, lstat, mkdir } from 'node:fs/promises'
import { homedir, tmpdir, userInfo } from 'node:os'
import { basename, dirname, isAbsolute, join, sep } from 'node:path'
import { isSystemError, treeError, TreeRefusal } from './errors.js'

const NAME = 'integrate-polar'

/**
 * Where what only this user on this machine knows is kept, best first: the system's folder for
 * state, and the folder for temporary files where there is no home that can be written. A folder
 * that lies in the repository is none of them, because a clone could bring it.
 */
export function stateFolders(root: string): string[] {
  return candidates().filter((folder) => !isInside(root, folder))
}

/**
 * Writes something in the first of them that takes it; the folder is made if it is not there.
 * Throws `TreeRefusal` when there is none.
 */
export async function writeState<T>(
  root: string,
  write: (folder: string) => Promise<T>,
): Promise<T> {
  const reasons: string[] = []
  for (const folder of stateFolders(root)) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      if (await isTrusted(folder)) return await write(await madePrivate(folder))
      reasons.push(`${folder} belongs to somebody else`)
    } catch (cause) {
      if (!isSystemError(cause)) throw cause
      reasons.push(String(cause instanceof Error ? cause.message : cause))
    }
  }
  const where = reasons.length > 0 ? ` (${reasons.join('; ')})` : ''
  throw new TreeRefusal(
    treeError(
      'io_failed',
      `There is no folder outside the project to note the run in${where}.`,
      'Set XDG_STATE_HOME to a folder of yours outside the project, then run again.',
    ),
  )
}

/** A folder of this user's own that nobody else writes to, and no link to one. */
export async function isTrusted(folder: string): Promise<boolean> {
  const stats = await lstat(folder).catch(() => null)
  if (stats === null || !stats.isDirectory()) return false
  return process.platform === 'win32' || stats.uid === process.geteuid?.()
}

async function madePrivate(folder: string): Promise<string> {
  if (process.platform !== 'win32') await chmod(folder, 0o700)
  return folder
}

function candidates(): string[] {
  const { XDG_STATE_HOME: xdg, LOCALAPPDATA: local } = process.env
  const temporary = join(tmpdir(), `${NAME}-${process.geteuid?.() ?? 'state'}`)
  if (process.platform === 'win32') {
    return [...(local !== undefined && isAbsolute(local) ? [join(local, NAME)] : []), temporary]
  }
  const home = ownHome()
  const state = process.platform === 'darwin' ? 'Library/Application Support' : '.local/state'
  return [
    ...(xdg !== undefined && isAbsolute(xdg) ? [join(xdg, NAME)] : []),
    ...(home === null ? [] : [join(home, state, NAME)]),
    temporary,
  ]
}

/**
 * Under sudo HOME may be another user's: what root writes there would lock that user out. Null for
 * a user without a home, as containers have them.
 */
function ownHome(): string | null {
  return [() => homedir(), () => userInfo().homedir].map(orNull).find(isOwn) ?? null
}

function orNull(home: () => string): string | null {
  try {
    return home()
  } catch {
    return null
  }
}

function isOwn(home: string | null): boolean {
  if (home === null || !isAbsolute(home)) return false
  return lstatSync(realOrSame(home), { throwIfNoEntry: false })?.uid === process.geteuid?.()
}

function isInside(root: string, folder: string): boolean {
  const real = realOfExisting(folder)
  return real === root || real.startsWith(root.endsWith(sep) ? root : root + sep)
}

/** The real path of a folder that need not exist yet. */
function realOfExisting(folder: string): string {
  const missing: string[] = []
  let existing = folder
  while (realOrNull(existing) === null && dirname(existing) !== existing) {
    missing.unshift(basename(existing))
    existing = dirname(existing)
  }
  return join(realOrSame(existing), ...missing)
}

function realOrSame(path: string): string {
  return realOrNull(path) ?? path
}

function realOrNull(path: string): string | null {
  try {
    return realpathSync(path)
  } catch {
    return null
  }
}
