import type { Evidence, Found, Login, LoginMiddleware } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { enumerate } from '../../../../host/text.js'
import type { Resolved } from '../../../../host/source/expression.js'
import { reachable } from '../../../../host/source/import-graph.js'
import { isImportedRouter } from './imported-router.js'
import { betterAuthLogin } from './better-auth.js'
import { candidates, forSomeOnly, type Candidate } from './login-candidates.js'
import { loginsOfRoles } from './login-of-roles.js'
import { looseMounts } from './loose-mounts.js'
import { isRouter, routerOf, type LoginPlace } from './mount-kind.js'
import { unusedLogins } from './unused-logins.js'
import { mountCalls, type MountCall } from './mounts.js'
import { resolveExpression } from '../../../../host/source/expression.js'
import { sessionUser } from './session-user.js'
import { userExpression, type UserExpression } from './user-expression.js'

export interface DetectedLogin {
  found: Found<Login> | null
  /** Where the middleware stands, also when nothing can import it from there. */
  place: LoginPlace | null
}

/** Routers are looked through until so many files have been read. */
const MAX_ROUTERS = 24
/** A middleware that so many of the app's own mounts name is the one, whatever routers do. */
const CLEAR_USES = 3
const MAX_ROUTE_FILES = 60
/** So many candidates are named to a person. */
const MAX_NAMED = 4

/**
 * The middleware that turns away who is not logged in, and how it names who is.
 *
 * @param apps the modules that will import billing, which nothing below them can import
 */
export function detectLogin(
  context: DetectionContext,
  appCalls: MountCall[],
  apps: string[],
): DetectedLogin {
  const { ranked, calls } = search(context, appCalls, apps)
  const routeFiles = routeFilesOf(context, calls, apps)
  const { login, userId } = context.overrides
  if (login !== undefined) return fromFlag(context, login, userId, routeFiles)
  const [best] = ranked
  const usable = ranked.find((each) => obstacleTo(each, apps) === null)
  // One that nearly nothing uses does not stand for one that is used everywhere.
  const isRare = best && usable && usable.uses.length * 4 < best.uses.length
  if (usable && !isRare) return fromMiddleware(context, usable, ranked, routeFiles)
  const [ofRoles] = best ? [] : loginsOfRoles(context, calls)
  if (ofRoles && obstacleTo(ofRoles, apps) === null) {
    return fromMiddleware(context, ofRoles, [ofRoles], routeFiles)
  }
  const unused = best ? null : fromUnused(context, routeFiles)
  if (unused) return unused
  const place = best ? placeOf(best) : null
  const session = sessionUser(context, routeFiles)
  if (session && (!best || asksSession(best))) {
    if (session.doubt !== null) doubt(context, session.expression, session.doubt)
    const value = { middleware: null, userId: session.expression }
    const source = session.doubt === null ? 'detected' : 'assumed'
    return { found: { value, source, evidence: session.evidence }, place }
  }
  const asked = asksBetterAuth(best) ? betterAuthLogin(context, apps) : null
  // A middleware for some only may look at more than the session, such as who is blocked.
  if (asked && forSomeOnly(context, calls).length === 0) {
    const { login: value, evidence } = asked
    return { found: { value, source: 'detected', evidence }, place }
  }
  return { found: null, place: none(context, ranked, calls, apps) ?? place }
}

/** Nothing else looks at the login, or only what asks Better Auth. */
function asksBetterAuth(best: Candidate | undefined): boolean {
  return !best || /\.getSession\(/.test(best.resolved.node?.getText() ?? '')
}

function fromMiddleware(
  context: DetectionContext,
  best: Candidate,
  ranked: Candidate[],
  routeFiles: string[],
): DetectedLogin {
  const { middleware } = best
  if (!middleware) return { found: null, place: placeOf(best) }
  const second = ranked.find((each) => each !== best && each.middleware)
  if (best.uses.length === second?.uses.length) {
    const other = second.resolved.name
    const reason = `${other} is used as often; --login ${second.resolved.file}#${other} takes that`
    context.assumptions.push({ field: 'host.login', value: best.resolved.name, reason })
  }
  const user = named(context, best.resolved, routeFiles)
  const { node, file } = best.resolved
  const proof = node && !middleware.package ? context.sources.evidence(file, node) : best.uses[0]
  const evidence: Evidence[] = [...(proof ? [proof] : []), ...user.evidence]
  return {
    found: { value: loginValue(middleware, user), source: user.source, evidence },
    place: placeOf(best),
  }
}

/** A template's middleware waits for the first route that needs it: taken where it is the only one. */
function fromUnused(context: DetectionContext, routeFiles: string[]): DetectedLogin | null {
  const [only, ...others] = unusedLogins(context)
  if (!only || others.length > 0) return null
  const user = userExpression(context.sources, only.resolved, () => routeFiles)
  // One that puts nobody on the request would leave billing closed without a word.
  if (user.doubt !== null) return null
  const { file, name } = only.resolved
  const reason = `no route uses it, but nothing else answers 401 without a login (${file})`
  context.assumptions.push({ field: 'host.login', value: name, reason })
  return fromMiddleware(context, only, [only], routeFiles)
}

function loginValue(
  middleware: LoginMiddleware,
  user: Pick<UserExpression, 'expression' | 'isAnonymous' | 'lacksAddress'>,
): Login {
  return {
    middleware,
    userId: user.expression,
    ...(user.isAnonymous ? { isAnonymous: true } : {}),
    ...(user.lacksAddress ? { lacksAddress: true } : {}),
  }
}

function placeOf({ resolved: { file, name } }: Candidate): LoginPlace {
  return { file, name }
}

/** Where to look, from what says most to what says least, until something is found. */
function search(
  context: DetectionContext,
  appCalls: MountCall[],
  apps: string[],
): { ranked: Candidate[]; calls: MountCall[] } {
  const onApp = candidates(context, appCalls)
  if ((onApp[0]?.uses.length ?? 0) >= CLEAR_USES) return { ranked: onApp, calls: appCalls }
  const calls = withRouters(context, appCalls)
  const ranked = candidates(context, calls)
  if (ranked.length > 0) return { ranked, calls }
  const loose = [...calls, ...looseMounts(context.sources, apps)]
  return { ranked: candidates(context, loose), calls: loose }
}

/** Why billing cannot import the middleware as it is. */
function obstacleTo({ middleware }: Candidate, apps: string[]): string | null {
  if (!middleware) return 'is not exported'
  // The app imports billing, which would import the app.
  return apps.includes(middleware.file) ? 'stands in the module of the app' : null
}

/** A middleware that only looks at what the session has put on every request. */
function asksSession({ resolved: { node } }: Candidate): boolean {
  const code = node?.getText() ?? ''
  return /isAuthenticated\(|\.session\b/.test(code) && !/verify\(|\.headers?\b/.test(code)
}

/** Says what was seen; gives the place of the likeliest. */
function none(
  context: DetectionContext,
  ranked: Candidate[],
  calls: MountCall[],
  apps: string[],
): LoginPlace | null {
  const seen = ranked.slice(0, MAX_NAMED).map((each) => {
    const { name, file } = each.resolved
    return `${name || 'the login middleware'} in ${file} ${obstacleTo(each, apps)}`
  })
  const some = forSomeOnly(context, calls)
    .slice(0, MAX_NAMED)
    .map(({ name, file }) => `${name} in ${file}`)
  const nothing = 'no route has a middleware that answers 401 without a login'
  const others = some.length > 0 ? `, only some that may let in less: ${enumerate(some)}` : ''
  const reason = seen.length > 0 ? enumerate(seen) : nothing + others
  context.assumptions.push({
    field: 'host.login',
    value: 'none',
    reason: `${reason}; billing answers 401 until it is connected`,
  })
  return ranked[0] ? placeOf(ranked[0]) : null
}

function doubt(context: DetectionContext, value: string, reason: string): void {
  context.assumptions.push({ field: 'host.login.userId', value, reason })
}

function named(context: DetectionContext, middleware: Resolved, routeFiles: string[]) {
  const { userId } = context.overrides
  if (userId !== undefined) {
    return { expression: userId, evidence: [], source: 'flag' as const }
  }
  const files = () => reachable(context.sources, { from: routeFiles, maxFiles: MAX_ROUTE_FILES })
  const user = userExpression(context.sources, middleware, files)
  if (user.doubt !== null) doubt(context, user.expression, user.doubt)
  return { ...user, source: user.doubt === null ? ('detected' as const) : ('assumed' as const) }
}

/** `--login server/middleware/auth.ts#requireAuth` */
function fromFlag(
  context: DetectionContext,
  flag: string,
  userId: string | undefined,
  routeFiles: string[],
): DetectedLogin {
  const { sources } = context
  const [file = '', name = 'default'] = flag.replace(/^\.\//, '').split('#')
  const meaning = sources.exportedFrom(file, name)
  const problem = (message: string, hint: string, at: string): DetectedLogin => {
    context.report({ code: 'login_not_found', message, hint, evidence: [], flag: at })
    return { found: null, place: null }
  }
  if (userId !== undefined && !/^req(\.[A-Za-z_$][\w$]*)+$/.test(userId)) {
    const hint = 'It takes a property of the request, such as req.user.id.'
    return problem(`${userId} is not an expression that names the user.`, hint, '--user-id')
  }
  if (meaning?.kind !== 'local') {
    const hint = 'It takes a file and an export, such as server/middleware/auth.ts#requireAuth.'
    return problem(`There is no login middleware at ${flag}.`, hint, '--login')
  }
  const resolved = { name: meaning.name, file: meaning.file, node: sources.valueOf(meaning.node) }
  const user = named(context, resolved, routeFiles)
  const isDefault = name === 'default'
  const middleware: LoginMiddleware = {
    file,
    name: isDefault ? meaning.name : name,
    default: isDefault,
    package: false,
    use: '',
    cast: false,
  }
  return {
    found: { value: loginValue(middleware, user), source: 'flag', evidence: [] },
    place: { file: meaning.file, name: meaning.name },
  }
}

/** The app's mounts with those of the routers mounted on it, and on those. */
function withRouters({ sources }: DetectionContext, appCalls: MountCall[]): MountCall[] {
  const all = [...appCalls]
  const seen = new Set<string>()
  for (const call of all) {
    for (const handler of call.handlers) {
      if (seen.size >= MAX_ROUTERS) return all
      if (!isImportedRouter(sources, call.file, handler)) {
        const resolved = resolveExpression(sources, call.file, handler)
        if (!isRouter(sources, call.file, handler, resolved)) continue
      }
      const router = routerOf(sources, call.file, handler)
      const key = router && `${router.file}#${router.variable}`
      if (!router || !key || seen.has(key)) continue
      seen.add(key)
      all.push(...mountCalls(sources, router.file, router.scope, router.variable))
    }
  }
  return all
}

/** The modules that handle requests: those the mounts are made in, and the routers mounted. */
function routeFilesOf({ sources }: DetectionContext, calls: MountCall[], apps: string[]): string[] {
  const found = new Set<string>()
  for (const { file, handlers } of calls) {
    if (found.size >= MAX_ROUTERS) break
    found.add(file)
    for (const handler of handlers) {
      const specifier = sources.index(file)?.imports.get(handler.getText())?.specifier
      const path = specifier === undefined ? null : sources.resolve(file, specifier)
      if (path !== null) found.add(path)
    }
  }
  return found.size > 0 ? [...found] : apps
}
