/** What an edit on a stranger's file came to. A miss is never a success: a person adds `snippet`. */
export type EditResult =
  | {
      status: 'changed'
      content: string
      /** The place that was taken: 'before-body-parsers', 'beside-sibling-mounts', … */
      anchor: string
    }
  | { status: 'unchanged' }
  | Missed

export interface Missed {
  status: 'missed'
  code: MissCode
  reason: string
  /** What a person must add by hand. */
  snippet: string
}

export type MissCode =
  /** The file does not parse. */
  | 'parse_error'
  /** No Express app, or no routes, that could be edited are in the file. */
  | 'anchor_not_found'
  /** Two places would do; choosing one would be a guess. */
  | 'ambiguous'
  /** The app is built in one chained expression. */
  | 'chained_app'
  /** The app is handed to code of another file, which may mount anything. */
  | 'app_delegated'
  /** The order of the host's own mounts leaves no right place. */
  | 'order_conflict'
  /** Nothing is mounted at the path. */
  | 'route_not_found'
  /** With the code in its place the file would have a syntax error. */
  | 'breaks_the_file'
  /** Several statements share the anchor's line. */
  | 'crowded_line'
  /** The host uses the name for something else. */
  | 'name_taken'
  /** The host answers at the path already. */
  | 'path_taken'
  /** The routes are written in a way that is not understood. */
  | 'unsupported_routes'
  /** The navigation's links are written in a way that is not understood. */
  | 'unsupported_links'

/** Ends an edit from any depth; `settle` turns it into the result. */
export class Miss extends Error {
  constructor(
    readonly code: MissCode,
    readonly reason: string,
  ) {
    super(reason)
  }
}

/** The miss that an error stands for; null for a defect of ours. */
export function missOf(error: unknown): Miss | null {
  return error instanceof Miss ? error : tooDeep(error)
}

/** The miss of code that is nested more deeply than the call stack goes; null for other errors. */
export function tooDeep(error: unknown): Miss | null {
  if (!(error instanceof RangeError) || !error.message.includes('call stack')) return null
  return new Miss('parse_error', 'The code is nested too deeply to be followed.')
}

/**
 * Runs an edit and gives its result; a `Miss` thrown inside becomes `missed` with the snippet.
 * Any other error is a defect of ours and passes through.
 */
export async function settle(
  snippet: () => string,
  edit: () => Promise<EditResult>,
): Promise<EditResult> {
  try {
    return await edit()
  } catch (error) {
    const miss = missOf(error)
    if (miss === null) throw error
    return { status: 'missed', code: miss.code, reason: miss.reason, snippet: snippet() }
  }
}
