import type { DetectionContext } from '../../../../host/context.js'
import { reachable } from '../../../../host/source/import-graph.js'
import { isUserId, isUserIn, type UserExpression } from './user-expression.js'
import { requestPaths, type RequestPath } from './request-paths.js'

const MAX_FILES = 60
const IN_SESSION = /^req\.session\./
/** Packages that put who is logged in on every request, before any route. */
const SESSIONS = ['express-session', 'cookie-session', 'express-openid-connect']

/**
 * The user where the session puts one on every request and the routes look at it themselves:
 * `req.session.userId`, or `req.user.id` behind `req.isAuthenticated()`.
 */
export function sessionUser(context: DetectionContext, files: string[]): UserExpression | null {
  const { sources, overrides } = context
  if (!SESSIONS.some((name) => context.manifest.has(name))) return null
  const paths: RequestPath[] = []
  let asksPassport = false
  for (const file of reachable(sources, { from: files, maxFiles: MAX_FILES })) {
    const text = sources.files.read(file) ?? ''
    if (!/\.session\b|isAuthenticated\(|\.oidc\b|\.user\b/.test(text)) continue
    asksPassport ||= text.includes('isAuthenticated(')
    const source = sources.parse(file)
    if (source) paths.push(...requestPaths(sources, file, source))
  }
  const places = asksPassport ? /^req\.(user|session)\./ : /^req\.(session|oidc\.user)\./
  const ids = paths.filter(
    ({ path }) => places.test(path) && (IN_SESSION.test(path) ? isUserIn(path) : isUserId(path)),
  )
  const [most] = [...new Set(ids.map(({ path }) => path))]
    .map((path) => ids.filter((each) => each.path === path))
    .sort((a, b) => b.length - a.length)
  const [first] = most ?? []
  if (overrides.userId !== undefined) {
    return first ? { expression: overrides.userId, evidence: [], doubt: null } : null
  }
  if (first) return { expression: first.path, evidence: [first.evidence], doubt: null }
  if (!asksPassport) return null
  const reason = "nothing in the host's code reads the user's id from req.user"
  return { expression: 'req.user.id', evidence: [], doubt: reason }
}
