import { existsSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { HostFiles } from '../host/host-files.js'
import type { Manifest } from '../host/manifest.js'
import { PackageSet } from '../host/packages/package-set.js'

/** Above a package the others of its app are looked for no further than this. */
const MOST_LEVELS = 3
/** A folder with more front ends than this is a collection of apps, not one. */
const MOST_FRONT_ENDS = 3

/**
 * The root of the repository that `start` lies in: of the workspace that has the package as a
 * member, else the folder that holds the app's other half beside it, else the nearest folder with
 * a package.json, from `start` upwards. It goes no higher than the top of the git working tree,
 * never up to the home folder or the file system's root, and into no folder of another user, who
 * could have put a package.json there for us to find. Where there is none it is the nearest folder
 * with packages below it, or `start` itself.
 */
export function findRoot(start: string): string {
  const from = resolve(start)
  const folders = foldersUpwards(from)
  const own = folders.findIndex((folder) => existsSync(join(folder, 'package.json')))
  // Without git nothing says that what lies beside it is of the same repository.
  const inTree = existsSync(join(folders.at(-1) ?? from, '.git'))
  if (own === -1) {
    return (inTree && folders.find((folder) => packagesIn(folder).length > 0)) || from
  }
  const nearest = folders[own] as string
  const above = folders.slice(own + 1)
  return (
    above.find((folder) => hasMember(folder, inFolder(folder, nearest))) ??
    above.slice(0, inTree ? MOST_LEVELS : 0).find((folder) => completes(folder, nearest)) ??
    nearest
  )
}

/** From `start` to the highest folder that may be looked into. */
function foldersUpwards(start: string): string[] {
  const owner = ownerOf(start)
  if (owner === null) return []
  const folders: string[] = []
  for (let folder = start; ; folder = dirname(folder)) {
    const isHome = folder === homedir() || folder === dirname(folder)
    if (folder !== start && (isHome || ownerOf(folder) !== owner)) return folders
    folders.push(folder)
    if (isHome || existsSync(join(folder, '.git'))) return folders
  }
}

/** The folder has the server to a front end, or the front end to a server. */
function completes(folder: string, nearest: string): boolean {
  const manifests = packagesIn(folder)
  const dir = inFolder(folder, nearest)
  const own = manifests.find((manifest) => manifest.dir === dir)
  const servers = manifests.filter((manifest) => manifest.has('express'))
  const frontEnds = manifests.filter((manifest) => manifest.has('react-dom'))
  if (!own || servers.length === 0) return false
  if (own.has('express')) {
    return !own.has('react-dom') && frontEnds.length > 0 && frontEnds.length <= MOST_FRONT_ENDS
  }
  return frontEnds.length <= MOST_FRONT_ENDS
}

function packagesIn(folder: string): readonly Manifest[] {
  return PackageSet.find(new HostFiles(folder))?.manifests ?? []
}

function hasMember(folder: string, dir: string): boolean {
  return PackageSet.membersOf(new HostFiles(folder))?.has(dir) === true
}

function inFolder(folder: string, path: string): string {
  return relative(folder, path).replaceAll('\\', '/')
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
