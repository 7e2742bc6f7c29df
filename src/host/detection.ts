import type { Assumption, Evidence, HostProfile } from '../types.js'

/** Findings given by flag instead of being detected. */
export interface HostOverrides {
  server?: string
  database?: string
  /** The folder of the host that the person stands in: 'server/src', '' for the root. */
  from?: string
  /** Name of the client's stack, or 'none'. */
  client?: string
  serverDir?: string
  clientDir?: string
  /** The users table, as the host's SQL names it: 'users', 'auth.users'. */
  usersTable?: string
  /** The login middleware: 'server/middleware/auth.ts#requireAuth'. */
  login?: string
  /** Expression over `req` that names the user: 'req.user.id'. */
  userId?: string
}

/** Why the host cannot be worked on as it is. */
export interface HostProblem {
  code: string
  /** One sentence. */
  message: string
  /** What to do about it. */
  hint: string
  evidence: Evidence[]
  /** The flag that settles it: '--server-dir'. */
  flag?: string
  /** The values that the flag can take here, where all are known. */
  choices?: string[]
}

export type HostDetection =
  | {
      status: 'ok'
      host: HostProfile
      assumptions: Assumption[]
      /** The profile with what the API answers at and counts, which takes time to look for. */
      withRoutes: () => HostProfile
    }
  | {
      status: 'unsupported'
      /** All that stands in the way. */
      problems: HostProblem[]
      /** What was found out all the same. */
      found: Partial<HostProfile>
    }
