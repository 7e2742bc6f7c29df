import { existsSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

/**
 * The root of the repository that `start` lies in: the nearest folder with a package.json, from
 * `start` upwards. It goes no higher than the top of the git working tree, never up to the home
 * folder or the file system's root, and into no folder of another user, who could have put a
 * package.json there for us to find. Where there is none it is `start` itself.
 */
export function findRoot(start: string): string {
  const from = resolve(start)
  const owner = ownerOf(from)
  if (owner === null) return from
  for (let folder = from; ; folder = dirname(folder)) {
    const isHome = folder === homedir() || folder === dirname(folder)
    if (folder !== from && (isHome || ownerOf(folder) !== owner)) return from
    if (existsSync(join(folder, 'package.json'))) return folder
    if (isHome || existsSync(join(folder, '.git'))) return from
  }
}

/** User id (0 for all on Windows); null when it is no folder, or none that can be seen. */
function ownerOf(folder: string): number | null {
  try {
    const found = statSync(folder)
    return found.isDirectory() ? found.uid : null
  } catch {
    return null
  }
}
