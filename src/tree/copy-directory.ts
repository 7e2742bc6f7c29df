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
import { runInGroup, type RunOptions } from './run-in-group.js'

/** Entries of the folder that one `cp` takes: enough to spread, few enough for a command line. */
const BATCH = 16

/** How the copying processes are run: they end with the signal, and their group is on record. */
export type CopyRuns = Pick<RunOptions, 'signal' | 'onSpawn'>

/**
 * Copies a folder with modes, times and symbolic links as they are; `target` must not exist.
 * File systems that can share blocks share them. Never hard links: install scripts and package
 * managers write in place, and would change the original through them.
 *
 * @throws the signal's reason when aborted; nothing writes to `target` any more then
 */
export async function copyDirectory(
  source: string,
  target: string,
  runs: CopyRuns = {},
): Promise<void> {
  runs.signal?.throwIfAborted()
  if (process.platform === 'linux' && (await copyWithCp(source, target, runs))) return
  runs.signal?.throwIfAborted()
  await rm(target, { recursive: true, force: true })
  await copyWithNode(source, target, runs)
}

/**
 * Several times faster than Node's own copying; false where `cp` is missing or another kind. It
 * runs in one process group: a copy that outlives this process would write into a folder which
 * the next run is deleting.
 */
async function copyWithCp(source: string, target: string, runs: CopyRuns): Promise<boolean> {
  await mkdir(target)
  const names = await readdir(source)
  if (names.length > 0) {
    const workers = Math.min(4, availableParallelism() * 2)
    const spread = ['-0', '-n', `${BATCH}`, '-P', `${workers}`]
    const copy = ['cp', '-a', '--reflink=auto', '-t', target, '--']
    const input = names.map((name) => `${name}\0`).join('')
    const result = await runInGroup('xargs', [...spread, ...copy], { ...runs, cwd: source, input })
    if (result.kind !== 'exited' || result.exitCode !== 0) return false
  }
  await keepAttributes(source, target)
  return true
}

/** The same on any system, through Node alone. */
export async function copyWithNode(
  source: string,
  target: string,
  runs: CopyRuns = {},
): Promise<void> {
  runs.signal?.throwIfAborted()
  await mkdir(target)
  const entries = await readdir(source, { withFileTypes: true })
  const copied = await Promise.allSettled(
    entries.map(async (entry) => {
      const [from, to] = [join(source, entry.name), join(target, entry.name)]
      if (entry.isDirectory()) return copyWithNode(from, to, runs)
      if (entry.isSymbolicLink()) return symlink(await readlink(from), to)
      if (!entry.isFile()) return
      await copyFile(from, to, constants.COPYFILE_FICLONE)
      await keepAttributes(from, to)
    }),
  )
  // Only now is nobody writing any more.
  const failed = copied.find((one) => one.status === 'rejected')
  if (failed !== undefined) throw failed.reason
  await keepAttributes(source, target)
}

/** Times matter: npm trusts its record of the installed tree while no package folder is newer. */
async function keepAttributes(source: string, target: string): Promise<void> {
  const { mode, atime, mtime } = await stat(source)
  await chmod(target, mode & 0o7777)
  await utimes(target, atime, mtime)
}
