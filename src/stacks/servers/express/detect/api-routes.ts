import type { ts } from 'ts-morph'
import type { ApiRoute } from '../../../../types.js'
import { resolveExpression } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'
import { kindOfMount, routerOf, type LoginPlace } from './mount-kind.js'
import { mountCalls, type MountCall } from './mounts.js'

/** So many routers are looked through, and so deep they are mounted on each other. */
const MAX_ROUTERS = 100
const MAX_DEPTH = 5

/** The walk through routers mounted on routers. */
interface Walk {
  sources: Sources
  login: LoginPlace | null
  /** Routers that may still be looked through. */
  left: number
}

/**
 * What the API answers at: the routers and handlers that are mounted on the app, and on routers
 * below it. Parsers, static files and whatever answers everything are not among them.
 */
export function apiRoutes(
  sources: Sources,
  calls: MountCall[],
  login: LoginPlace | null,
): ApiRoute[] {
  return routesOf({ sources, login, left: MAX_ROUTERS }, calls, { path: '', login: false }, 0)
}

/** What a router is mounted at, and whether the login stands before it. */
interface Above {
  path: string
  login: boolean
}

function routesOf(walk: Walk, calls: MountCall[], above: Above, depth: number): ApiRoute[] {
  const { sources, login } = walk
  const gates: string[] = []
  return calls.flatMap((call): ApiRoute[] => {
    const kind = kindOfMount(sources, call, login)
    const path = joined(above.path, call.path)
    if (kind === 'login') gates.push(path)
    if (kind !== 'router' && kind !== 'route') return []
    if (kind === 'route' && call.path === null) return []
    const isBehind =
      above.login ||
      gates.some((gate) => isAtOrBelow(path, gate)) ||
      call.handlers.some((handler) => isLogin(walk, call.file, handler))
    const inner = kind === 'router' ? innerCalls(walk, call, depth) : []
    const routes = routesOf(walk, inner, { path, login: isBehind }, depth + 1)
    const asksItself = inner.some(({ file, handlers }) =>
      handlers.some((handler) => isLogin(walk, file, handler)),
    )
    return [
      {
        kind,
        path,
        mountPath: call.path,
        receiver: call.receiver,
        file: call.file,
        line: sources.evidence(call.file, call.node).line,
        login: isBehind || asksItself || routes.some((route) => route.login),
        routes,
      },
    ]
  })
}

function innerCalls(walk: Walk, call: MountCall, depth: number): MountCall[] {
  const { sources } = walk
  return call.handlers.flatMap((handler) => {
    if (depth >= MAX_DEPTH || walk.left === 0) return []
    const router = routerOf(sources, call.file, sources.unwrap(handler))
    if (!router) return []
    walk.left -= 1
    return mountCalls(sources, router.file, router.scope, router.variable)
  })
}

function isLogin({ sources, login }: Walk, file: string, handler: ts.Expression): boolean {
  if (login === null) return false
  const resolved = resolveExpression(sources, file, handler)
  return resolved?.file === login.file && resolved.name === login.name
}

function joined(above: string, path: string | null): string {
  const whole = `${above === '/' ? '' : above}/${path ?? ''}`.replace(/\/{2,}/g, '/')
  return whole.length > 1 && whole.endsWith('/') ? whole.slice(0, -1) : whole
}

function isAtOrBelow(path: string, above: string): boolean {
  return above === '/' || path === above || path.startsWith(`${above}/`)
}
