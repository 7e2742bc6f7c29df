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
  try {
    const stats = await lstat(path)
    if (!stats.isFile()) return null
    return { hash: contentHash(await readFile(path)), mode: stats.mode & 0o7777 }
  } catch (cause) {
    const code = systemCode(cause)
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw cause
  }
}

export async function hashOnDisk(path: string): Promise<string | null> {
  return (await stateOnDisk(path))?.hash ?? null
}

export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
