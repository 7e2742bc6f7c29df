import { readdirSync, readFileSync, statSync, type Dirent } from 'node:fs'
import { join, posix } from 'node:path'

/** Larger files are data, not source that somebody wrote. */
const MAX_BYTES = 2 * 1024 * 1024
/** Folders that tools write, whether or not git is told of them. */
const BUILT = new Set(['node_modules', 'dist', 'build', 'out', 'coverage'])

/** Read-only view of the host. Paths are relative to its root, with forward slashes. */
export class HostFiles {
  readonly #texts = new Map<string, string | null>()
  readonly #folders = new Map<string, Dirent[]>()
  readonly #kinds = new Map<string, 'file' | 'folder' | null>()

  /** @param ignored files, and folders with a slash behind them, that git leaves out */
  constructor(
    readonly root: string,
    readonly ignored: ReadonlySet<string> = new Set(),
  ) {}

  /** The text without its byte order mark; null when it is not a regular, readable text file. */
  read(path: string): string | null {
    const known = this.#texts.get(path)
    if (known !== undefined) return known
    const text = this.isFile(path) ? readText(join(this.root, path)) : null
    this.#texts.set(path, text)
    return text
  }

  isFile(path: string): boolean {
    return this.#kindOf(path) === 'file'
  }

  isFolder(path: string): boolean {
    return this.#kindOf(path) === 'folder'
  }

  /** Names of the files in a folder, sorted; empty when there is no such folder. */
  filesIn(folder: string): string[] {
    return this.#entries(folder)
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
      .sort()
  }

  /** The same without those that git leaves out: what a compiler puts beside its sources. */
  sourcesIn(folder: string): string[] {
    return this.filesIn(folder).filter((name) => !this.isMade(joinPath(folder, name)))
  }

  /** Names of the folders in a folder, sorted, without dot folders and what is no source. */
  foldersIn(folder: string): string[] {
    return this.#entries(folder)
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .filter((name) => !name.startsWith('.') && !this.isMade(joinPath(folder, name)))
      .sort()
  }

  /**
   * The path lies in a folder that a tool writes, or git leaves it out: nobody's source, and no
   * place to write to.
   */
  isMade(path: string): boolean {
    const names = path.split('/')
    if (names.some((name) => BUILT.has(name)) || this.ignored.has(path)) return true
    return names.some((_, at) => this.ignored.has(`${names.slice(0, at + 1).join('/')}/`))
  }

  /** The first of these that is a file. */
  firstFile(paths: string[]): string | null {
    return paths.find((path) => this.isFile(path)) ?? null
  }

  #entries(folder: string): Dirent[] {
    const known = this.#folders.get(folder)
    if (known) return known
    const entries = this.isFolder(folder) ? readFolder(join(this.root, folder)) : []
    this.#folders.set(folder, entries)
    return entries
  }

  #kindOf(path: string): 'file' | 'folder' | null {
    if (isOutside(path)) return null
    const known = this.#kinds.get(path)
    if (known !== undefined) return known
    const kind = kindOf(join(this.root, path))
    this.#kinds.set(path, kind)
    return kind
  }
}

/** Joins and normalises; '.' becomes '' and a trailing slash goes. */
export function joinPath(...parts: string[]): string {
  const joined = posix.join(...parts).replace(/\/$/, '')
  return joined === '.' ? '' : joined
}

export function folderOf(path: string): string {
  const folder = posix.dirname(path)
  return folder === '.' ? '' : folder
}

export function isInside(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}

function isOutside(path: string): boolean {
  return path === '..' || path.startsWith('../') || path.startsWith('/') || path.includes('\0')
}

/** What lies in a folder that this user may not look into is not there for them. */
function kindOf(absolute: string): 'file' | 'folder' | null {
  const missing = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'EACCES', 'EPERM']
  return unless(missing, null, () => {
    const stats = statSync(absolute)
    // A pipe or a device would block or never end, so only regular files are ever opened.
    if (stats.isFile()) return stats.size <= MAX_BYTES ? 'file' : null
    return stats.isDirectory() ? 'folder' : null
  })
}

/** Throws the system's error for a file that may not be read: without it detection would be wrong. */
function readText(absolute: string): string | null {
  return unless(['ENOENT'], null, () => {
    const text = readFileSync(absolute, 'utf8')
    return text.startsWith('\uFEFF') ? text.slice(1) : text
  })
}

/** A folder that this user may not look into (the data of a database) holds no source of theirs. */
function readFolder(absolute: string): Dirent[] {
  return unless(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM'], [], () =>
    readdirSync(absolute, { withFileTypes: true }),
  )
}

/** The value where the system answers with one of the codes; any other error is passed on. */
function unless<T>(codes: string[], value: T, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && codes.includes(String(cause.code)))
      return value
    throw cause
  }
}
