import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { PlannedChange } from '../types.js'

/** Gives the work a folder with a copy of the host; it is gone afterwards. */
export type UseCopy = <T>(work: (root: string) => Promise<T>) => Promise<T>

/** Copies of the host, in which programs may leave behind what they like. */
export interface HostCopies {
  /** As it was before the changes, for telling new failures from old ones. */
  before: UseCopy
  /** As it is now. */
  after: UseCopy
  /** With the new files, and those of the host as they were. */
  withoutEdits: UseCopy
}

const LEFT_OUT = new Set(['node_modules', '.git', '.integrate-polar'])

/**
 * @param packages folders of the host's packages; what is installed in them is in the copies too
 * @param originals content before, by path, of every modified file
 */
export function hostCopies(
  root: string,
  packages: string[],
  changes: PlannedChange[],
  originals: Map<string, string>,
): HostCopies {
  const copied: UseCopy = (work) => withCopy(root, ['', ...packages], work)
  return {
    before: (work) =>
      copied(async (folder) => {
        for (const change of changes) {
          const before = originals.get(change.path)
          if (before === undefined) await rm(join(folder, change.path), { force: true })
          else await writeFile(join(folder, change.path), before)
        }
        return work(folder)
      }),
    after: copied,
    withoutEdits: (work) =>
      copied(async (folder) => {
        for (const [path, text] of originals) await writeFile(join(folder, path), text)
        return work(folder)
      }),
  }
}

/** The same copies for checks that know one package: they are given its folder. */
export function copiesOf(copies: HostCopies, dir: string): HostCopies {
  const within =
    (use: UseCopy): UseCopy =>
    (work) =>
      use((folder) => work(join(folder, dir)))
  return {
    before: within(copies.before),
    after: within(copies.after),
    withoutEdits: within(copies.withoutEdits),
  }
}

async function withCopy<T>(
  root: string,
  packages: string[],
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'integrate-polar-copy-'))
  try {
    await cp(root, folder, {
      recursive: true,
      filter: (source) => source === root || !LEFT_OUT.has(basename(source)),
    })
    for (const dir of new Set(packages)) {
      const installed = join(root, dir, 'node_modules')
      if (!existsSync(installed)) continue
      await symlink(installed, join(folder, dir, 'node_modules'), 'junction')
    }
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
