import type { PackageFolder } from '../../types.js'
import { isInside, joinPath, type HostFiles } from '../host-files.js'
import { isRecord, Manifest } from '../manifest.js'
import { workspaceFolders } from './workspaces.js'

/** Folders of packages that are no part of the app. */
const ASIDE =
  /^(examples?|fixtures?|tests?|__tests__|e2e|cypress|templates?|docs?|vendor|public|static)$/
/** More folders than this are not looked into for packages that no workspace names. */
const MOST_FOLDERS = 1_000

/**
 * The packages of a repository: those that its workspaces name, and those that lie in the two
 * levels of folders below its root.
 */
export class PackageSet {
  private constructor(
    /** The root's first where it has one, then by folder. */
    readonly manifests: readonly Manifest[],
    /** Folders of the root's workspaces; null when it has none. */
    readonly members: ReadonlySet<string> | null,
  ) {}

  /** @returns null when the root's own package.json cannot be read as one */
  static find(files: HostFiles): PackageSet | null {
    const root = readManifest(files, '')
    if (root === null && files.isFile('package.json')) return null
    const members = workspaceFolders(files, root)
    const folders = new Set([...(members ?? []), ...foldersBelow(files)])
    const others = [...folders].sort().flatMap((dir) => readManifest(files, dir) ?? [])
    return new PackageSet(root ? [root, ...others] : others, members && new Set(members))
  }

  /** The packages, as the profile names them. */
  get folders(): PackageFolder[] {
    return this.manifests.map((one) => ({
      dir: one.dir,
      manifest: one.path,
      name: one.name,
      installDir: this.installDir(one),
    }))
  }

  /** The package that a path lies in; null when it lies in none. */
  of(path: string): Manifest | null {
    return this.manifests
      .filter(({ dir }) => isInside(path, dir))
      .reduce<Manifest | null>(
        (nearest, one) => (nearest && nearest.dir.length >= one.dir.length ? nearest : one),
        null,
      )
  }

  named(name: string): Manifest | null {
    return this.manifests.find((manifest) => manifest.name === name) ?? null
  }

  /** Where the packages of this one are installed: in the root of its workspace, or with itself. */
  installDir({ dir }: Manifest): string {
    return this.members?.has(dir) === true ? '' : dir
  }

  /**
   * Whether code of the package can import another one: by its own package.json, by that of the
   * workspace's root, or by that of a package of the workspace that it depends on.
   */
  reaches(from: Manifest, name: string): boolean {
    if (from.has(name)) return true
    if (this.installDir(from) === from.dir) return false
    const root = this.manifests.find(({ dir }) => dir === '')
    const near = this.manifests.filter((one) => one.name !== null && from.has(one.name))
    return [...(root ? [root] : []), ...near].some((one) => one.has(name))
  }
}

/** Null when there is none, or when it is no object. */
function readManifest(files: HostFiles, dir: string): Manifest | null {
  const path = joinPath(dir, 'package.json')
  const text = files.read(path)
  if (text === null) return null
  try {
    const json: unknown = JSON.parse(text)
    return isRecord(json) ? new Manifest(text, json, path) : null
  } catch {
    return null
  }
}

function foldersBelow(files: HostFiles): string[] {
  const near = foldersIn(files, '')
  const far = near.slice(0, MOST_FOLDERS).flatMap((folder) => foldersIn(files, folder))
  return [...near, ...far]
    .slice(0, MOST_FOLDERS)
    .filter((folder) => files.isFile(joinPath(folder, 'package.json')))
}

function foldersIn(files: HostFiles, folder: string): string[] {
  return files
    .foldersIn(folder)
    .filter((name) => !ASIDE.test(name))
    .map((name) => joinPath(folder, name))
}

/** 'server/' and './', as people are told of a folder. */
export function folderWords(dir: string): string {
  return dir === '' ? './' : `${dir}/`
}
