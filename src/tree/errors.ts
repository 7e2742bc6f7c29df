import type { Conflict } from '../types.js'

export type TreeErrorCode =
  /** A path that leaves the root, lexically or through a symbolic link. */
  | 'outside_root'
  /** A path in a folder that is not the host's source: `.git`, `node_modules`, our own. */
  | 'reserved_path'
  | 'not_utf8'
  | 'not_a_file'
  | 'not_found'
  /** Files changed between planning and applying. */
  | 'stale_content'
  /** Two changes meet in one file, or a file stands where a folder is needed. */
  | 'path_conflict'
  | 'busy'
  | 'aborted'
  /** The system refused to read or write. */
  | 'io_failed'
  /** It refused while the host was put back: some changes stand. */
  | 'rollback_failed'
  /** Something in `.integrate-polar` was not written by this user on this machine. */
  | 'not_ours'
  | 'journal_damaged'
  | 'closed'
  | 'nothing_to_undo'
  /** An error of this program. */
  | 'defect'

/** What went wrong, where, and what to do about it. */
export interface TreeError {
  code: TreeErrorCode
  message: string
  hint: string
  /** Relative to the root (absolute in a system error); null when no single place is meant. */
  path: string | null
  conflicts: Conflict[]
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; error: TreeError }

export function succeed<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

export function fail(error: TreeError): { ok: false; error: TreeError } {
  return { ok: false, error }
}

export function treeError(
  code: TreeErrorCode,
  message: string,
  hint: string,
  path: string | null = null,
  conflicts: Conflict[] = [],
): TreeError {
  return { code, message, hint, path, conflicts }
}

/** Carries a `TreeError` out of code that gives content, not outcomes (`StagedTree.read`). */
export class TreeRefusal extends Error {
  readonly error: TreeError

  constructor(error: TreeError) {
    super(error.message)
    this.name = 'TreeRefusal'
    this.error = error
  }
}

/** Runs `work`; whatever it throws becomes the outcome's error. */
export async function attempt<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return succeed(await work())
  } catch (cause) {
    return fail(errorOf(cause))
  }
}

/** What was thrown, as an error that says what the user can do about it. */
export function errorOf(cause: unknown): TreeError {
  if (cause instanceof TreeRefusal) return cause.error
  if (isSystemError(cause)) return systemError(cause)
  const reason = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)
  const hint = 'This is a defect of integrate-polar; please report it with the lines above.'
  return treeError('defect', reason, hint)
}

/** An error of the operating system, in its words and with the file. */
export function systemError(cause: unknown, path?: string): TreeError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const seen = cause instanceof Error && 'path' in cause ? String(cause.path) : null
  const place = path ?? seen
  const message = place === null || reason.includes(place) ? reason : `${reason} '${place}'`
  return treeError('io_failed', message, hintFor(cause), place)
}

/** Throws the refusal `aborted` once the signal has been given. */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return
  throw new TreeRefusal(
    treeError('aborted', 'The run was interrupted.', 'Run it again when you are ready.'),
  )
}

function hintFor(cause: unknown): string {
  switch (systemCode(cause)) {
    case 'EACCES':
    case 'EPERM':
      return 'Give yourself permission to read and write this path, then run again.'
    case 'EROFS':
      return 'Run where the project can be written; `integrate-polar plan` needs to read only.'
    case 'ENOSPC':
    case 'EDQUOT':
      return 'Free some disk space (or, if there is enough, inodes), then run again.'
    case 'EIO':
      return 'Check the disk, then run again.'
    case 'EXDEV':
    case 'EBUSY':
      return 'The folder is a mount point or in use. Run with --no-install and install the packages yourself.'
    default:
      return 'Run again; if it fails the same way, report it with this message.'
  }
}

/** The operating system said no; any other error is a defect. */
export function isSystemError(cause: unknown): boolean {
  return systemCode(cause) !== null && cause instanceof Error && 'syscall' in cause
}

/** The code of a Node system error ('ENOENT'), null for anything else. */
export function systemCode(cause: unknown): string | null {
  if (!(cause instanceof Error) || !('code' in cause)) return null
  return typeof cause.code === 'string' ? cause.code : null
}
