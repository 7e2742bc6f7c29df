import { lstat, readFile } from 'node:fs/promises'
import { contentHash } from './content-hash.js'
import { systemCode } from './errors.js'

/** What a file is compared by: its bytes and its permissions. */
export interface FileState {
  hash: string
  mode: number
}

/** Null when there is no regular file. */
export async function stateOnDisk(path: string): Promise<FileState | null> {
  const stats = await lstatIfThere(path)
  if (stats?.isFile() !== true) return null
  return { hash: contentHash(await readFile(path)), mode: stats.mode & 0o7777 }
}

export async function hashOnDisk(path: string): Promise<string | null> {
  return (await stateOnDisk(path))?.hash ?? null
}

/** What stands at a path; links are not followed. */
export async function entryOnDisk(path: string): Promise<'absent' | 'file' | 'folder' | 'other'> {
  const stats = await lstatIfThere(path)
  if (stats === null) return 'absent'
  if (stats.isFile()) return 'file'
  return stats.isDirectory() ? 'folder' : 'other'
}

export async function exists(path: string): Promise<boolean> {
  return (await lstatIfThere(path)) !== null
}

/** Null when nothing is there. Throws where the system does not let it be seen. */
export async function lstatIfThere(path: string) {
  try {
    return await lstat(path)
  } catch (cause) {
    const code = systemCode(cause)
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw cause
  }
}
