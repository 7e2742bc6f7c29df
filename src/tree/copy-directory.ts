import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import {
  chmod,
  copyFile,
  mkdir,
  readdir,
  readlink,
  rm,
  symlink,
  utimes,
  stat,
} from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'

/** Entries of the folder that one `cp` takes: enough to spread, few enough for a command line. */
const BATCH = 16

/**
 * Copies a folder with modes, times and symbolic links as they are; `target` must not exist.
 * File systems that can share blocks share them. Never hard links: install scripts and package
 * managers write in place, and would change the original through them.
 */
export async function copyDirectory(
  source: string,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  if (process.platform === 'linux' && (await copyWithCp(source, target, signal))) return
  signal?.throwIfAborted()
  await rm(target, { recursive: true, force: true })
  await copyWithNode(source, target, signal)
}

/** Several times faster than Node's own copying; false where `cp` is missing or another kind. */
async function copyWithCp(source: string, target: string, signal?: AbortSignal): Promise<boolean> {
  await mkdir(target)
  const names = await readdir(source)
  const worker = async (): Promise<boolean> => {
    for (let batch = names.splice(0, BATCH); batch.length > 0; batch = names.splice(0, BATCH)) {
      const args = ['-a', '--reflink=auto', '-t', target, '--', ...batch]
      if (!(await runCp(args, source, signal))) return false
    }
    return true
  }
  const workers = Array.from({ length: Math.min(4, availableParallelism() * 2) }, worker)
  const done = (await Promise.all(workers)).every((copied) => copied)
  if (done) await keepAttributes(source, target)
  return done
}

function runCp(args: string[], cwd: string, signal?: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn('cp', args, { cwd, stdio: 'ignore', ...(signal && { signal }) })
    child.once('error', () => resolve(false))
    child.once('close', (code) => resolve(code === 0))
  })
}

/** The same on any system, through Node alone. */
export async function copyWithNode(
  source: string,
  target: string,
  signal?: AbortSignal,
): Promise<void> {
  signal?.throwIfAborted()
  await mkdir(target)
  const entries = await readdir(source, { withFileTypes: true })
  await Promise.all(
    entries.map(async (entry) => {
      const [from, to] = [join(source, entry.name), join(target, entry.name)]
      if (entry.isDirectory()) return copyWithNode(from, to, signal)
      if (entry.isSymbolicLink()) return symlink(await readlink(from), to)
      if (!entry.isFile()) return
      await copyFile(from, to, constants.COPYFILE_FICLONE)
      await keepAttributes(from, to)
    }),
  )
  await keepAttributes(source, target)
}

/** Times matter: npm trusts its record of the installed tree while no package folder is newer. */
async function keepAttributes(source: string, target: string): Promise<void> {
  const { mode, atime, mtime } = await stat(source)
  await chmod(target, mode & 0o7777)
  await utimes(target, atime, mtime)
}
