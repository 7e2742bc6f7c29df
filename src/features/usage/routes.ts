import type { ApiRoute, HostProfile } from '../../types.js'

/** What nobody pays for by the request: these are never counted. */
const NEVER_COUNTED =
  /\/(health\w*|livez?|liveness|ready|readyz|readiness|ping|metrics|webhooks?|billing)(\/|$)/i
/** Signing in is counted only where it is named itself. */
const SIGN_IN = /\/(auth|log_?in|log_?out|sign_?in|sign_?out|sign_?up|register|sessions?)(\/|$)/i

/** Every place that answers at a route or below it; a router stands for what is mounted on it. */
export function placesAt(host: HostProfile, route: string): ApiRoute[] {
  const wanted = bare(route)
  const look = (routes: ApiRoute[]): ApiRoute[] =>
    routes.flatMap((each) => {
      if (isOffered(each, wanted)) return [each]
      return isAtOrBelow(wanted, bare(each.path)) ? look(each.routes) : []
    })
  return look(host.server.routes)
}

function isOffered({ path }: ApiRoute, wanted: string): boolean {
  const own = bare(path)
  if (NEVER_COUNTED.test(own) || !isAtOrBelow(own, wanted)) return false
  return own === wanted || !SIGN_IN.test(own)
}

/**
 * The routes to choose from: what is mounted on the app, and on a router for the whole API. Those
 * behind the login come first; of others it may never be known who is counted.
 */
export function offeredRoutes(host: HostProfile): string[] {
  const look = (routes: ApiRoute[]): ApiRoute[] =>
    routes.flatMap((route) => {
      const { path, routes: inner } = route
      if (NEVER_COUNTED.test(path) || SIGN_IN.test(path)) return []
      return (path === '/' || path === '/api') && inner.length > 0 ? look(inner) : [route]
    })
  const offered = look(host.server.routes)
    .filter(({ path }) => path !== '/')
    .toSorted((a, b) => Number(b.login) - Number(a.login))
  return [...new Set(offered.map(({ path }) => path))]
}

/** Whether the same code answers at another route too, which is not to be counted with this one. */
export function isShared(host: HostProfile, place: ApiRoute, counted: ApiRoute[]): boolean {
  const all = (routes: ApiRoute[]): ApiRoute[] =>
    routes.flatMap((each) => [each, ...all(each.routes)])
  const wanted = new Set(counted.flatMap((each) => all([each])))
  return all(host.server.routes).some(
    (each) =>
      each.file === place.file &&
      each.line === place.line &&
      each.mountPath === place.mountPath &&
      !wanted.has(each),
  )
}

function bare(path: string): string {
  let end = path.length
  while (path[end - 1] === '/') end -= 1
  return path.slice(0, end).toLowerCase()
}

function isAtOrBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`)
}
