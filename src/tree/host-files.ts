import nodeFs from 'node:fs'
import nodePath from 'node:path'
import { contentHash } from './content-hash.js'
import { systemCode, systemError, treeError, type TreeError } from './errors.js'
import { parentPaths, pathError } from './paths.js'

/** What stands at a path of the host. */
export type HostEntry =
  | { kind: 'absent' }
  | { kind: 'file'; content: string; hash: string }
  /** Something that cannot be read or written as a text file of the host. */
  | { kind: 'blocked'; error: TreeError }

/** A read-only view of the host's files. Paths are relative, with forward slashes. */
export interface HostFiles {
  inspect(path: string): HostEntry
}

/** The part of node:fs that is needed, so that tests can give memfs. */
export interface ReadableFs {
  readFileSync(path: string): Uint8Array
  lstatSync(path: string): { isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean }
  statSync(path: string): { isFile(): boolean; isDirectory(): boolean }
  realpathSync(path: string): string
}

/** The host's files under the absolute path `root`, read when they are asked for. */
export function hostFiles(root: string, fs: ReadableFs = nodeFs): HostFiles {
  return {
    inspect: (path) => {
      try {
        return inspect(fs, root, path)
      } catch (cause) {
        return { kind: 'blocked', error: systemError(cause, path) }
      }
    },
  }
}

function inspect(fs: ReadableFs, root: string, path: string): HostEntry {
  const refused = placeError(root, path, fs)
  if (refused !== null) return { kind: 'blocked', error: refused }
  const absolute = nodePath.join(root, path)
  const blocked = blockingParent(fs, root, path)
  if (blocked !== null) return { kind: 'blocked', error: notAFile(blocked, 'is a file') }
  if (!exists(fs, absolute)) return { kind: 'absent' }
  const stats = fs.statSync(absolute)
  if (!stats.isFile()) {
    const what = stats.isDirectory() ? 'is a folder' : 'is not a regular file'
    return { kind: 'blocked', error: notAFile(path, what) }
  }
  const bytes = fs.readFileSync(absolute)
  const content = decodeUtf8(bytes)
  if (content === null) return { kind: 'blocked', error: notUtf8(path) }
  return { kind: 'file', content, hash: contentHash(bytes) }
}

/** Null when the path is below the root and stays there through every symbolic link. */
export function placeError(root: string, path: string, fs: ReadableFs = nodeFs): TreeError | null {
  return pathError(path) ?? linkError(fs, root, path)
}

/** The text with its byte order mark, or null when the bytes are not valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

function linkError(fs: ReadableFs, root: string, path: string): TreeError | null {
  const realRoot = fs.realpathSync(root)
  for (const part of [...parentPaths(path), path]) {
    const absolute = nodePath.join(root, part)
    if (!exists(fs, absolute)) return null
    if (!fs.lstatSync(absolute).isSymbolicLink()) continue
    const target = realPath(fs, absolute)
    if (target === null) return linkRefusal(path, part, 'points to nothing')
    if (target !== realRoot && !target.startsWith(realRoot + nodePath.sep)) {
      return linkRefusal(path, part, 'leads out of the project folder')
    }
    const inside = nodePath.relative(realRoot, target).split(nodePath.sep).join('/')
    const reserved = inside === '' ? null : pathError(inside)
    if (reserved !== null) return reserved
  }
  return null
}

function linkRefusal(path: string, link: string, why: string): TreeError {
  return treeError(
    'outside_root',
    `${path} cannot be written: the symbolic link ${link} ${why}.`,
    `Replace the link ${link} by a folder or file of the project, or choose another folder.`,
    path,
  )
}

function blockingParent(fs: ReadableFs, root: string, path: string): string | null {
  for (const parent of parentPaths(path)) {
    const absolute = nodePath.join(root, parent)
    if (!exists(fs, absolute)) return null
    if (!fs.statSync(absolute).isDirectory()) return parent
  }
  return null
}

function realPath(fs: ReadableFs, absolute: string): string | null {
  try {
    return fs.realpathSync(absolute)
  } catch {
    return null
  }
}

function exists(fs: ReadableFs, absolute: string): boolean {
  try {
    fs.lstatSync(absolute)
    return true
  } catch (cause) {
    const code = systemCode(cause)
    if (code === 'ENOENT' || code === 'ENOTDIR') return false
    throw cause
  }
}

function notAFile(path: string, what: string): TreeError {
  const hint = 'Move it away or choose another folder, then run again.'
  return treeError('not_a_file', `${path} ${what}.`, hint, path)
}

function notUtf8(path: string): TreeError {
  return treeError(
    'not_utf8',
    `${path} is not valid UTF-8, and changing it would damage it.`,
    'Convert the file to UTF-8, then run again.',
    path,
  )
}
