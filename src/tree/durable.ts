import { constants } from 'node:fs'
import { copyFile, open, rename, rm, utimes } from 'node:fs/promises'
import { dirname } from 'node:path'
import { systemCode } from './errors.js'

/** Called before every step that changes the disk; a test stops the run there. */
export type Step = (name: string) => void | Promise<void>

export const noStep: Step = () => undefined

/** What a file carries besides its bytes. */
export interface FileAttributes {
  mode: number
  uid: number
  gid: number
  /** Seconds. */
  mtime: number
}

/**
 * Writes a new file and returns when it is on the disk. What has a mode of its own is never open
 * to more readers than that, not for an instant.
 */
export async function writeDurable(
  path: string,
  bytes: string | Uint8Array,
  attributes: Partial<FileAttributes> = {},
): Promise<void> {
  const { mode, uid, gid, mtime } = attributes
  await naming(path, async () => {
    const handle = await open(path, 'wx', mode === undefined ? 0o666 : 0o600)
    try {
      await handle.writeFile(bytes)
      if (uid !== undefined && gid !== undefined) await keepOwner(handle, uid, gid)
      // After chown, which clears the set-user-id bits.
      if (mode !== undefined) await handle.chmod(mode & 0o7777)
      if (mtime !== undefined) await handle.utimes(new Date(), mtime)
      await handle.sync()
    } finally {
      await handle.close()
    }
  })
}

/** A system error of a file that is open does not say which one: here it learns. */
export async function naming<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (systemCode(cause) !== null && cause instanceof Error && !('path' in cause)) {
      Object.assign(cause, { path })
    }
    throw cause
  }
}

interface Owned {
  stat(): Promise<{ uid: number; gid: number }>
  chown(uid: number, gid: number): Promise<void>
}

/** A run as root (sudo, a container) must not take the user's files away from them. */
async function keepOwner(handle: Owned, uid: number, gid: number): Promise<void> {
  const own = await handle.stat()
  if (own.uid === uid && own.gid === gid) return
  try {
    await handle.chown(uid, gid)
  } catch (cause) {
    if (systemCode(cause) !== 'EPERM') throw cause
  }
}

/** Puts a finished file at its place in one step, replacing what is there. */
export async function place(finished: string, target: string): Promise<void> {
  try {
    await rename(finished, target)
  } catch (cause) {
    if (systemCode(cause) !== 'EXDEV') throw cause
    await placeAcrossDevices(finished, target)
  }
}

/**
 * Not atomic, yet safe: the journal holds the prior content, and the finished file leaves its name
 * first, which says that the target is being written.
 */
async function placeAcrossDevices(waiting: string, target: string): Promise<void> {
  const finished = `${waiting}-crossing`
  await rename(waiting, finished)
  const source = await open(finished, 'r')
  const { mode, atime, mtime } = await source.stat().finally(() => source.close())
  await copyFile(finished, target, constants.COPYFILE_FICLONE)
  const handle = await open(target, 'r+')
  try {
    await handle.chmod(mode & 0o7777)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await utimes(target, atime, mtime)
  await rm(finished)
}

/** What a system answers that does not sync folders, or where the folder was removed meanwhile. */
const UNSYNCED = ['EISDIR', 'EINVAL', 'ENOTSUP', 'EPERM', 'EACCES', 'EBADF', 'ENOENT', 'ENOTDIR']

/** Makes renames and removals in a folder survive a loss of power. */
export async function syncFolder(path: string): Promise<void> {
  try {
    await naming(path, async () => {
      const handle = await open(path, 'r')
      await handle.sync().finally(() => handle.close())
    })
  } catch (cause) {
    if (!UNSYNCED.includes(systemCode(cause) ?? '')) throw cause
  }
}

export async function syncParents(paths: string[]): Promise<void> {
  await Promise.all([...new Set(paths.map((path) => dirname(path)))].map(syncFolder))
}
