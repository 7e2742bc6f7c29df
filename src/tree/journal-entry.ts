import type { FileState } from './disk.js'
import type { FileAttributes } from './durable.js'
import { pathError } from './paths.js'
import { isTransactionId } from './transaction-key.js'

/** The form of journals; one that is newer is left to the program that wrote it. */
export const JOURNAL_VERSION = 2

/** A file as it was: its bytes are in `copy`, relative to the journal's folder. */
export interface PriorFile extends FileAttributes {
  copy: string
  hash: string
}

/** What is about to be done to the host. Paths are relative to the root. */
export type JournalEntry =
  | { op: 'begin'; version: typeof JOURNAL_VERSION; id: string; at: string }
  | { op: 'directory'; path: string }
  /**
   * `after` is the hash of what will be written; null when another program writes it. `staged`
   * (relative to the journal's folder) is the finished file: while it is there, it has not been
   * put in place.
   */
  | {
      op: 'file'
      path: string
      before: PriorFile | null
      after: string | null
      staged: string | null
    }
  /** `aside` (relative to the journal's folder) takes the folder; null when there is none. */
  | { op: 'moved'; path: string; aside: string | null }
  /** A process group that may write to the host. */
  | { op: 'process'; leader: number; identity: string | null }
  /** From here the change stands. `after` has the hash of every file, null where there is none. */
  | { op: 'commit'; at: string; after: Record<string, string | null> }
  /** The user takes these files back; `kept` stay as they are now, because they were edited. */
  | { op: 'undo'; at: string; paths: string[]; kept: string[] }
  /** It is done; what was kept still stands. */
  | { op: 'undone'; at: string }

export type FileEntry = Extract<JournalEntry, { op: 'file' }>
export type DirectoryEntry = Extract<JournalEntry, { op: 'directory' }>
export type MovedEntry = Extract<JournalEntry, { op: 'moved' }>

/** The file is as it was, in bytes and permissions; null stands for no file. */
export function isSame(current: FileState | null, before: PriorFile | null): boolean {
  if (current === null || before === null) return current === before
  return current.hash === before.hash && current.mode === (before.mode & 0o7777)
}

/**
 * Checks an entry as untrusted input, although it is sealed: a path leads to a place that a plan
 * may change, a copy lies in the journal's folder, a number can only name a process group. Null
 * when it is not such an entry.
 */
export function readEntry(value: unknown): JournalEntry | null {
  return isRecord(value) && isEntry(value) ? (value as unknown as JournalEntry) : null
}

type Fields = Record<string, unknown>

function isEntry(entry: Fields): boolean {
  switch (entry['op']) {
    case 'begin':
      return entry['version'] === JOURNAL_VERSION && isTransactionId(entry['id'])
    case 'directory':
      return isSourcePath(entry['path'])
    case 'file':
      return isFile(entry)
    case 'moved':
      return isPackagesPath(entry['path']) && isNullOr(entry['aside'], isAside)
    case 'process':
      // 0 and 1 would mean the own group and everybody.
      return isGroup(entry['leader']) && isNullOr(entry['identity'], isText)
    case 'commit':
      return isRecord(entry['after']) && Object.entries(entry['after']).every(isResult)
    case 'undo':
      return isPathList(entry['paths']) && isPathList(entry['kept'])
    case 'undone':
      return true
    default:
      return false
  }
}

function isFile({ path, before, after, staged }: Fields): boolean {
  return (
    isSourcePath(path) &&
    isNullOr(before, isPrior) &&
    isNullOr(after, isHash) &&
    isNullOr(staged, (value) => isText(value) && /^work\/\d+$/.test(value))
  )
}

function isPrior(value: unknown): boolean {
  if (!isRecord(value)) return false
  const { copy, hash, mode, uid, gid, mtime } = value
  const numbers = [mode, uid, gid, mtime]
  return (
    isText(copy) && /^before\/\d+$/.test(copy) && isHash(hash) && numbers.every(Number.isFinite)
  )
}

function isResult([path, hash]: [string, unknown]): boolean {
  return isSourcePath(path) && isNullOr(hash, isHash)
}

function isSourcePath(value: unknown): value is string {
  return isText(value) && pathError(value) === null
}

function isPackagesPath(value: unknown): boolean {
  if (!isText(value)) return false
  const folder = value.replace(/(^|\/)node_modules$/, '')
  return folder !== value && (folder === '' || isSourcePath(folder))
}

function isAside(value: unknown): boolean {
  return isText(value) && /^work\/aside-\d+\/node_modules$/.test(value)
}

function isPathList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isSourcePath)
}

function isGroup(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 1
}

function isHash(value: unknown): boolean {
  return isText(value) && /^[0-9a-f]{64}$/.test(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isNullOr(value: unknown, check: (value: unknown) => boolean): boolean {
  return value === null || check(value)
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
