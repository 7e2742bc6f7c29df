import type { PackageFolder } from '../../types.js'
import { isInside, joinPath, type HostFiles } from '../host-files.js'
import { isRecord, Manifest } from '../manifest.js'
import { workspaceFolders } from './workspaces.js'

/** Folders of packages that are no part of the app. */
const ASIDE =
  /^(examples?|fixtures?|tests?|__tests__|e2e|cypress|templates?|docs?|vendor|public|static)$/
const SOURCES = ['.ts', '.tsx', '.mts', '.js', '.jsx', '.mjs', '.cjs']
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

  /** Folders of a root's workspaces, without looking for any other package; null when it has none. */
  static membersOf(files: HostFiles): ReadonlySet<string> | null {
    const members = workspaceFolders(files, readManifest(files, ''))
    return members && new Set(members)
  }

  /** The packages, as the profile names them. */
  folders(files: HostFiles): PackageFolder[] {
    return this.manifests.map((one) => ({
      dir: one.dir,
      manifest: one.path,
      name: one.name,
      entry: one.name === null ? null : this.sourceOf(files, one.name),
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

  /**
   * The source that an import of a package of the host leads to: '@acme/db', '@acme/db/pool'. Null
   * for what comes from outside, and where a package does not say what it exports.
   */
  sourceOf(files: HostFiles, specifier: string): string | null {
    const [, name = '', rest = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(specifier) ?? []
    const manifest = this.named(name)
    if (manifest === null) return null
    const written = exported(manifest, rest === '' ? '.' : `./${rest}`)
    const usual = rest === '' ? ['src/index', 'index', 'lib/index'] : [`src/${rest}`, rest]
    const stems = [...written.flatMap(unbuilt), ...usual].map((path) =>
      joinPath(manifest.dir, path).replace(/(\.d)?\.[cm]?[jt]sx?$/, ''),
    )
    return files.firstFile(stems.flatMap((stem) => SOURCES.map((ending) => stem + ending)))
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

/** What package.json says that an import leads to, built or not: the source is looked for beside. */
function exported({ json }: Manifest, key: string): string[] {
  const { exports } = json
  const entry: unknown = isRecord(exports) && '.' in exports ? exports[key] : exports
  const main = key === '.' ? [json['source'], json['types'], json['module'], json['main']] : []
  return [...textsIn(key === '.' || isRecord(exports) ? entry : null), ...main].filter(
    (one): one is string => typeof one === 'string',
  )
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return isRecord(value) ? Object.values(value).flatMap(textsIn) : []
}

/** `dist/index.js` is made of `src/index.ts`, or of `index.ts`. */
function unbuilt(path: string): string[] {
  const below = /^(?:\.\/)?(?:dist|build|out|lib)\/(?:(?:esm|cjs|src)\/)?(.+)$/.exec(path)?.[1]
  return below === undefined ? [path] : [`src/${below}`, below]
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

/** Folders of apps that share the package.json above them, as in an Nx repository: 'apps/api'. */
export function appFolders(files: HostFiles, packageDir: string): string[] {
  return ['apps', 'packages']
    .map((name) => joinPath(packageDir, name))
    .flatMap((group) => files.foldersIn(group).map((name) => joinPath(group, name)))
    .filter((folder) => !files.isFile(joinPath(folder, 'package.json')))
}

/** 'server/' and './', as people are told of a folder. */
export function folderWords(dir: string): string {
  return dir === '' ? './' : `${dir}/`
}
