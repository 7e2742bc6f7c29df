import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { PlannedChange } from '../types.js'

/** The host as it was before the changes, for telling new failures from old ones. */
export interface Baseline {
  /** Gives the work a folder with the host as it was; it is gone afterwards. */
  use<T>(work: (root: string) => Promise<T>): Promise<T>
}

const LEFT_OUT = new Set(['node_modules', '.git', '.integrate-polar'])

/**
 * @param originals content before, by path, of every modified file
 */
export function baselineOf(
  root: string,
  changes: PlannedChange[],
  originals: Map<string, string>,
): Baseline {
  return {
    async use(work) {
      const folder = await mkdtemp(join(tmpdir(), 'integrate-polar-before-'))
      try {
        await cp(root, folder, {
          recursive: true,
          filter: (source) => source === root || !LEFT_OUT.has(basename(source)),
        })
        if (existsSync(join(root, 'node_modules'))) {
          await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
        }
        for (const change of changes) {
          const before = originals.get(change.path)
          if (before === undefined) await rm(join(folder, change.path), { force: true })
          else await writeFile(join(folder, change.path), before)
        }
        return await work(folder)
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}
