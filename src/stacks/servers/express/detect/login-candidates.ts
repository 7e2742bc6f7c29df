import type { ts } from 'ts-morph'
import type { Evidence, LoginMiddleware } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { propertyOf, resolveExpression, type Resolved } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'
import { isImportedRouter } from './imported-router.js'
import { middlewareOf } from './login-import.js'
import type { MountCall } from './mounts.js'
import { requestPaths } from './request-paths.js'

/** What may be the login middleware, and where it is used. */
export interface Candidate {
  /** The middleware, or what makes it. */
  resolved: Resolved
  /** How another module comes by it; null when it cannot. */
  middleware: LoginMiddleware | null
  uses: Evidence[]
}

const REJECTS =
  /\b401\b|unauthori[sz]ed|unauthenticated|not (logged|signed) ?in|not auth(enticated|ori[sz]ed)|Auth(entication)?(Required)?Error|(no|invalid|missing) token|token (missing|invalid|expired)|passport\.authenticate|express_?jwt\s*\(/i
/** What a middleware whose name says that it is a login may do instead. */
const REJECTS_BY_NAME =
  /\b403\b|forbidden|redirect\(|isAuthenticated\(|(jwt|jsonwebtoken|token)\.?verify\(|\bverify\(/i
const LOGIN_NAME = /auth|login|logged|session|signed_?in|user|jwt|token|protect/i
const FOR_SOME_ONLY =
  /admin|role|owner|permission|scope|api_?key|webhook|internal|optional|csrf|guest|limit|verified|super|staff|plan|subscri|refresh|local|google|github|facebook/i
/** Packages whose export makes the middleware. */
const MAKERS: Record<string, RegExp> = {
  passport: /(^|\.)authenticate$/,
  'express-jwt': /./,
  'express-oauth2-jwt-bearer': /auth$/,
  'express-openid-connect': /requiresAuth$/,
  '@clerk/express': /requireAuth$/,
}
/** Strategies by which a request proves itself, not those by which a person logs in. */
const PROVING = /jwt|bearer|token|session|cookie/i
const MAX_CALLS = 1000

/** Login middlewares by how often they are used, those whose name says it first among equals. */
export function candidates({ sources }: DetectionContext, calls: MountCall[]): Candidate[] {
  const found = new Map<string, Candidate>()
  for (const call of calls.slice(0, MAX_CALLS)) {
    const isRoute = call.method !== 'use' && call.method !== 'all'
    // The last handler of a route answers the request, whatever it is called.
    for (const handler of isRoute ? call.handlers.slice(0, -1) : call.handlers) {
      if (isImportedRouter(sources, call.file, handler)) continue
      const resolved = loginOf(sources, call.file, sources.unwrap(handler))
      if (!resolved) continue
      const key = `${resolved.file}#${resolved.name}#${argumentsOf(sources, handler)}`
      const candidate = found.get(key) ?? {
        resolved,
        middleware: middlewareOf(sources, call.file, sources.unwrap(handler), resolved),
        uses: [],
      }
      candidate.uses.push(sources.evidence(call.file, call.node))
      found.set(key, candidate)
    }
  }
  const byName = ({ resolved }: Candidate) => Number(LOGIN_NAME.test(resolved.name))
  return [...found.values()].sort((a, b) => b.uses.length - a.uses.length || byName(b) - byName(a))
}

/** What refuses requests as a login does, but lets in only some of those who are logged in. */
export function forSomeOnly({ sources }: DetectionContext, calls: MountCall[]): Resolved[] {
  const found = new Map<string, Resolved>()
  for (const { resolved } of rejecting(sources, calls)) {
    found.set(`${resolved.file}#${resolved.name}`, resolved)
  }
  return [...found.values()]
}

interface Rejecting {
  handler: ts.Expression
  call: MountCall
  /** The middleware, or what makes it. */
  resolved: Resolved
}

/** Everything before a route that refuses requests as a login does, whomever it lets in. */
export function rejecting(sources: Sources, calls: MountCall[]): Rejecting[] {
  return calls.slice(0, MAX_CALLS).flatMap((call) =>
    call.handlers.slice(0, -1).flatMap((each) => {
      const handler = sources.unwrap(each)
      const named = sources.ts.isCallExpression(handler) ? handler.expression : handler
      const resolved = resolveMember(sources, call.file, sources.unwrap(named))
      const code = resolved?.node?.getText() ?? ''
      if (!resolved || !LOGIN_NAME.test(resolved.name)) return []
      return REJECTS.test(code) || REJECTS_BY_NAME.test(code) ? [{ handler, call, resolved }] : []
    }),
  )
}

function argumentsOf({ ts }: Sources, handler: ts.Expression): string {
  return ts.isCallExpression(handler) ? handler.arguments.map((each) => each.getText()).join() : ''
}

/** The middleware that a handler is, or what makes it, when it is a login. */
function loginOf(sources: Sources, file: string, handler: ts.Expression): Resolved | null {
  const { ts } = sources
  if (!ts.isCallExpression(handler)) {
    const resolved = resolveMember(sources, file, handler)
    return resolved && isLogin(sources, resolved) ? resolved : null
  }
  if (!handler.arguments.every((each) => isFixed(sources, each))) return null
  if (FOR_SOME_ONLY.test(argumentsOf(sources, handler))) return null
  const maker = resolveMember(sources, file, handler.expression)
  if (!maker) return null
  return maker.node ? madeLogin(sources, maker) : packageLogin(sources, maker, handler)
}

function madeLogin({ ts }: Sources, maker: Resolved): Resolved | null {
  const { name, node } = maker
  if (!node || !ts.isFunctionLike(node)) return null
  if (FOR_SOME_ONLY.test(name) || /rout(er|es)/i.test(name) || !LOGIN_NAME.test(name)) return null
  const code = node.getText()
  return REJECTS.test(code) || REJECTS_BY_NAME.test(code) ? maker : null
}

function packageLogin(sources: Sources, maker: Resolved, call: ts.CallExpression): Resolved | null {
  if (!MAKERS[maker.file]?.test(maker.name)) return null
  if (maker.file !== 'passport') return maker
  return PROVING.test(call.arguments[0]?.getText() ?? '') ? { ...maker, node: call } : null
}

/** An argument that means the same in every module. */
function isFixed({ ts }: Sources, node: ts.Expression): boolean {
  let isFixed = true
  const look = (each: ts.Node): void => {
    if (
      ts.isIdentifier(each) &&
      !(ts.isPropertyAssignment(each.parent) && each.parent.name === each)
    )
      isFixed = false
    ts.forEachChild(each, look)
  }
  look(node)
  return isFixed
}

/** As `resolveExpression`, also through the members of classes and of their instances. */
function resolveMember(sources: Sources, file: string, node: ts.Expression): Resolved | null {
  const { ts } = sources
  const resolved = resolveExpression(sources, file, node)
  if (resolved?.node && ts.isIdentifier(resolved.node)) {
    return resolveExpression(sources, resolved.file, resolved.node)
  }
  if (resolved || !ts.isPropertyAccessExpression(node)) return resolved
  const holder = resolveExpression(sources, file, node.expression)
  if (!holder?.node) return null
  const owner = ts.isNewExpression(holder.node)
    ? resolveExpression(sources, holder.file, holder.node.expression)
    : holder
  const name = node.name.text
  if (!owner?.node || !ts.isClassLike(owner.node)) {
    const value = owner?.node ? propertyOf(sources, owner.node, name) : null
    return value && owner ? { name, file: owner.file, node: value } : null
  }
  const member = owner.node.members.find((each) => each.name?.getText() === name)
  if (!member) return null
  const value = ts.isPropertyDeclaration(member) && member.initializer
  return { name, file: owner.file, node: value ? sources.unwrap(value) : member }
}

export function isLogin(sources: Sources, { name, node, file }: Resolved): boolean {
  const { ts } = sources
  if (!node || FOR_SOME_ONLY.test(name)) return false
  // An error handler that answers 401 has four parameters, a router none.
  if (ts.isFunctionLike(node) && node.parameters.length > 3) return false
  if (ts.isFunctionLike(node) && node.parameters.length < 2) return false
  if (!ts.isFunctionLike(node) && !ts.isCallExpression(node)) return false
  const code = node.getText()
  // One that compares the user with a route's parameter lets in only whom the route is about.
  if (/\breq\.params\b/.test(code)) return false
  if (checksOnlyInput(sources, file, node)) return false
  if (REJECTS.test(code)) return true
  if (!LOGIN_NAME.test(name)) return false
  if (REJECTS_BY_NAME.test(code)) return true
  if (ts.isCallExpression(node)) return isMadeByPackage(sources, node)
  // The answer may be given by a function beside it.
  return /^(require|ensure|authenticate|protect)/i.test(name) && REJECTS.test(fileText(node))
}

/** What a caller sends to be checked, and where: nothing that proves who they are. */
const INPUT = /^req\.(body|query|path|url|originalUrl|method|file|files|ip)\b/

/** It answers 401 to a form that lacks something, such as one to sign in. */
function checksOnlyInput(sources: Sources, file: string, node: ts.Node): boolean {
  if (/\bverify\w*\(/i.test(node.getText())) return false
  const paths = requestPaths(sources, file, node).map(({ path }) => path)
  const asked = paths.filter((path) => !path.startsWith('req.res'))
  return asked.length > 0 && asked.every((path) => INPUT.test(path))
}

function isMadeByPackage(sources: Sources, call: ts.CallExpression): boolean {
  const root = call.expression.getText().split('.')[0] ?? ''
  const text = call.getSourceFile().text
  return Object.keys(MAKERS).some((name) =>
    new RegExp(`\\b${root}\\b[^;\\n]*['"]${name}['"]`).test(text),
  )
}

function fileText(node: ts.Node): string {
  return node.getSourceFile().text
}
