import type { ts } from 'ts-morph'
import type { RequestLimit } from '../../../../types.js'
import { resolveExpression, type Resolved } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'
import { kindOfMount, type LoginPlace } from './mount-kind.js'
import { isKnown, type MountCall } from './mounts.js'

const CSRF_PACKAGES = new Set(['csurf', '@dr.pogodin/csurf', 'csrf-csrf', 'csrf-sync', 'tiny-csrf'])
const CSRF_NAME = /(csrf|xsrf)(protect(ion)?|guard|check|middleware|synchroni[sz]edprotection)?$/i

/**
 * What stands before the routers of an app and lets only requests of some kind through: methods and
 * headers that CORS allows, and tokens against forged requests.
 */
export function requestLimits(
  sources: Sources,
  calls: MountCall[],
  login: LoginPlace | null,
): RequestLimit[] {
  const known = calls.filter(isKnown)
  const last = known.findLastIndex((call) => kindOfMount(sources, call, login) === 'router')
  const before = last === -1 ? known : known.slice(0, last)
  return before
    .filter(({ method, path }) => method === 'use' && isOfTheApi(path))
    .flatMap((call) => call.handlers.flatMap((handler) => limitOf(sources, call, handler)))
}

function isOfTheApi(path: string | null): boolean {
  return path === null || ['', '/', '*', '/api', '/api/'].includes(path)
}

function limitOf(sources: Sources, { file }: MountCall, handler: ts.Expression): RequestLimit[] {
  const resolved = resolveExpression(sources, file, handler)
  if (isCsrf(sources, file, handler, resolved)) {
    return [{ kind: 'csrf', ...at(sources, file, handler) }]
  }
  const node = resolved?.node
  if (!node) return []
  if (sources.ts.isCallExpression(node)) return corsOf(sources, resolved.file, node)
  // Headers that the host writes itself.
  return /access-control-allow-(methods|headers)/i.test(node.getText())
    ? [{ kind: 'cors', options: null, ...at(sources, resolved.file, node) }]
    : []
}

function corsOf(sources: Sources, file: string, call: ts.CallExpression): RequestLimit[] {
  const [options] = call.arguments
  if (packageOf(sources, file, call.expression) !== 'cors' || !options) return []
  if (sources.ts.isObjectLiteralExpression(sources.unwrap(options))) {
    return [{ kind: 'cors', options: null, ...at(sources, file, options) }]
  }
  const resolved = resolveExpression(sources, file, options)
  const isObject = resolved?.node && sources.ts.isObjectLiteralExpression(resolved.node)
  if (!resolved?.node || !isObject) return []
  return [{ kind: 'cors', options: resolved.name, ...at(sources, resolved.file, resolved.node) }]
}

/** Made by one of the packages for it, or called so. */
function isCsrf(
  sources: Sources,
  file: string,
  handler: ts.Expression,
  resolved: Resolved | null,
): boolean {
  const made = resolved?.node && sources.ts.isCallExpression(resolved.node) ? resolved : null
  const maker =
    made?.node && sources.ts.isCallExpression(made.node) ? made.node.expression : handler
  const from = packageOf(sources, made?.file ?? file, maker)
  if (from !== null && CSRF_PACKAGES.has(from)) return true
  const name = sources.ts.isCallExpression(handler) ? handler.expression : handler
  return !sources.ts.isFunctionLike(name) && CSRF_NAME.test(name.getText())
}

function packageOf(sources: Sources, file: string, callee: ts.Expression): string | null {
  const resolved = resolveExpression(sources, file, callee)
  return resolved && resolved.node === null ? resolved.file : null
}

function at(sources: Sources, file: string, node: ts.Node): { file: string; line: number } {
  return { file, line: sources.evidence(file, node).line }
}
