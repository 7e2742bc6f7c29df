import type { ts } from 'ts-morph'
import type { Found, Login } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { resolveExpression, type Resolved } from '../../../../host/source/expression.js'
import { reachable } from '../../../../host/source/import-graph.js'
import { isImportedRouter } from './imported-router.js'
import { isRouter, routerOf, type LoginPlace } from './mount-kind.js'
import { mountCalls, type MountCall } from './mounts.js'
import { userExpression } from './user-expression.js'

export interface DetectedLogin {
  found: Found<Login> | null
  /** Where the middleware stands, also when nothing can import it from there. */
  place: LoginPlace | null
}

interface Candidate {
  resolved: Resolved
  /** It is not the middleware itself but makes it: `requireAuth()`. */
  isMaker: boolean
  uses: { file: string; line: number }[]
}

const REJECTS =
  /\b401\b|unauthori[sz]ed|unauthenticated|not (logged|signed) in|Auth(entication)?(Required)?Error|passport\.authenticate|express_?jwt\s*\(/i
const LOGIN_NAME = /auth|login|logged|session|signed_?in|user|jwt|token|protect/i
const FOR_SOME_ONLY =
  /admin|role|owner|permission|scope|api_?key|webhook|internal|optional|csrf|guest|limit|verified|super|staff|plan|subscri/i
/** Routers are looked through until so many files have been read. */
const MAX_ROUTERS = 24
/** A middleware that so many of the app's own mounts name is the one, whatever routers do. */
const CLEAR_USES = 3
const MAX_ROUTE_FILES = 60
const MAX_CALLS = 1000

/**
 * The middleware that turns away who is not logged in, and how it names who is.
 *
 * @param apps the modules that make and start the app, which nothing below them can import
 */
export function detectLogin(
  context: DetectionContext,
  appCalls: MountCall[],
  apps: string[],
): DetectedLogin {
  const onApp = candidates(context, appCalls)
  const isClear = (onApp[0]?.uses.length ?? 0) >= CLEAR_USES
  const calls = isClear ? appCalls : withRouters(context, appCalls)
  const [best, second] = isClear ? onApp : candidates(context, calls)
  const routeFiles = routeFilesOf(context, calls)
  const { login, userId } = context.overrides
  if (login !== undefined) return fromFlag(context, login, userId, routeFiles)
  if (!best) return none(context, 'no middleware was found that answers 401 without a login')

  const { name, file } = best.resolved
  const place = { file, name }
  const exported = context.sources.exportOf(file, name)
  const obstacle = obstacleTo(best, exported !== null, apps)
  if (!exported || obstacle !== null) {
    const reason = `${name || 'the login middleware'} in ${file} ${obstacle}`
    return { ...none(context, reason), place }
  }
  if (best.uses.length === second?.uses.length) {
    const other = second.resolved.name
    const reason = `${other} is used as often; --login ${second.resolved.file}#${other} takes that`
    context.assumptions.push({ field: 'host.login', value: name, reason })
  }
  const user = named(context, best.resolved, routeFiles)
  const evidence = [place, ...user.evidence].map((at) =>
    'line' in at ? at : lineOf(context, best),
  )
  const value = { middleware: { file, ...exported }, userId: user.expression }
  return { found: { value, source: user.source, evidence }, place }
}

/** Why billing cannot import the middleware as it is. */
function obstacleTo(
  { resolved, isMaker }: Candidate,
  isExported: boolean,
  apps: string[],
): string | null {
  if (isMaker) return 'is not a middleware itself but makes one'
  if (!isExported) return 'is not exported'
  // The app imports billing, which would import the app.
  return apps.includes(resolved.file) ? 'stands in the module of the app' : null
}

function lineOf({ sources }: DetectionContext, { resolved }: Candidate) {
  return resolved.node ? sources.evidence(resolved.file, resolved.node) : { file: '', line: 1 }
}

function none(context: DetectionContext, reason: string): DetectedLogin {
  context.assumptions.push({
    field: 'host.login',
    value: 'none',
    reason: `${reason}; billing answers 401 until it is connected`,
  })
  return { found: null, place: null }
}

function named(context: DetectionContext, middleware: Resolved, routeFiles: string[]) {
  const { userId } = context.overrides
  if (userId !== undefined) {
    return { expression: userId, evidence: [], source: 'flag' as const }
  }
  const files = reachable(context.sources, { from: routeFiles, maxFiles: MAX_ROUTE_FILES })
  const user = userExpression(context.sources, middleware, files)
  if (user.doubt !== null) {
    const { expression: value, doubt: reason } = user
    context.assumptions.push({ field: 'host.login.userId', value, reason })
  }
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
  const middleware = { file, name: isDefault ? meaning.name : name, default: isDefault }
  return {
    found: { value: { middleware, userId: user.expression }, source: 'flag', evidence: [] },
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
function routeFilesOf({ sources }: DetectionContext, calls: MountCall[]): string[] {
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
  return [...found]
}

/** Login middlewares by how often they are used, those whose name says it first among equals. */
function candidates({ sources }: DetectionContext, calls: MountCall[]): Candidate[] {
  const found = new Map<string, Candidate>()
  for (const call of calls.slice(0, MAX_CALLS)) {
    const isRoute = call.method !== 'use' && call.method !== 'all'
    // The last handler of a route answers the request, whatever it is called.
    for (const handler of isRoute ? call.handlers.slice(0, -1) : call.handlers) {
      if (isImportedRouter(sources, call.file, handler)) continue
      const named = resolveExpression(sources, call.file, handler)
      const maker = sources.ts.isCallExpression(handler)
        ? resolveExpression(sources, call.file, handler.expression)
        : null
      const isMaker = maker?.node != null
      const resolved = isMaker ? maker : named
      if (!resolved || !(isMaker ? isLoginMaker(resolved) : isLogin(sources, resolved))) continue
      const key = `${resolved.file}#${resolved.name}`
      const candidate = found.get(key) ?? { resolved, isMaker, uses: [] }
      candidate.uses.push(sources.evidence(call.file, call.node))
      found.set(key, candidate)
    }
  }
  const byName = ({ resolved }: Candidate) => Number(LOGIN_NAME.test(resolved.name))
  return [...found.values()].sort((a, b) => b.uses.length - a.uses.length || byName(b) - byName(a))
}

function isLogin(sources: DetectionContext['sources'], { name, node }: Resolved): boolean {
  const { ts } = sources
  if (!node || FOR_SOME_ONLY.test(name)) return false
  // An error handler that answers 401 has four parameters, a router none.
  if (ts.isFunctionLike(node) && node.parameters.length > 3) return false
  if (ts.isFunctionLike(node) && node.parameters.length < 2) return false
  if (!ts.isFunctionLike(node) && !ts.isCallExpression(node)) return false
  if (REJECTS.test(node.getText())) return true
  // The answer may be given by a function beside it.
  return /^(require|ensure|authenticate|protect)/i.test(name) && REJECTS.test(fileText(node))
}

function isLoginMaker({ name, node }: Resolved): boolean {
  if (!node || FOR_SOME_ONLY.test(name) || /rout(er|es)/i.test(name)) return false
  return LOGIN_NAME.test(name) && REJECTS.test(node.getText())
}

function fileText(node: ts.Node): string {
  return node.getSourceFile().text
}
