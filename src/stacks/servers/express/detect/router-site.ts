import type { ts } from 'ts-morph'
import type { AppSetup, Mount, RouterSite } from '../../../../types.js'
import type { Sources } from '../../../../host/source/sources.js'
import { handoverOf, handsOver, type HandoverCall } from './handover.js'
import { keptUses } from './kept-app.js'
import { kindOfMount, type LoginPlace } from './mount-kind.js'
import { isKnown, mountCalls, type MountCall } from './mounts.js'

/** Code that has the app under a name. */
export interface Site {
  file: string
  scope: ts.Node
  variable: string
  /** The exported function that it is; null where the app is made. */
  setup: string | null
}

/**
 * The code that a router of the API belongs into: where the app is made, or, step by step, the
 * function it is given to when that function mounts both what must run before a router and what
 * ends a request's way, so that there is no right place outside of it.
 */
export function routerSite(sources: Sources, start: Site, login: LoginPlace | null): RouterSite {
  let site = start
  for (let next = inside(sources, site, login); next; next = inside(sources, site, login)) {
    site = next
  }
  const { file, variable, setup } = site
  return { file, variable, setup, setups: setupsIn(sources, site, login, MAX_LOCAL) }
}

/** So many functions of one file hand the app on to each other. */
const MAX_LOCAL = 4

function inside(sources: Sources, site: Site, login: LoginPlace | null): Site | null {
  const { file, scope, variable } = site
  for (const [call, calls] of handovers(mountCalls(sources, file, scope, variable))) {
    if (!endsAndPrepares(sources, calls, login)) continue
    const target = handoverOf(sources, file, call, variable)
    if (!target || target.exported === null || target.file === file) return null
    return { ...target, setup: target.exported }
  }
  return null
}

function handovers(calls: MountCall[]): Map<HandoverCall, MountCall[]> {
  const found = new Map<HandoverCall, MountCall[]>()
  for (const call of calls) {
    const [first] = call.through
    if (first) found.set(first, [...(found.get(first) ?? []), call])
  }
  return found
}

/** What an end of the way follows belongs before a router; what only ends can stand behind it. */
function endsAndPrepares(sources: Sources, calls: MountCall[], login: LoginPlace | null): boolean {
  const kinds = calls
    .filter(isKnown)
    .map((call) => ({ kind: kindOfMount(sources, call, login), path: call.path }))
  const end = kinds.findIndex(endsApi)
  return kinds.slice(0, end + 1).some(({ kind }) => COMES_BEFORE.has(kind))
}

const COMES_BEFORE = new Set<Mount['kind']>(['body-parser', 'middleware', 'router', 'route'])

/** Nothing of the API that stands behind it is reached. */
export function endsApi({ kind, path }: Pick<Mount, 'kind' | 'path'>): boolean {
  if (kind === 'error-handler') return true
  const isWhole = path === null || path === '/' || path === '/api' || path.includes('*')
  return (kind === 'catch-all' || kind === 'login' || kind === 'router') && isWhole
}

/** Every function that the site gives the app to, also through functions of its own file. */
function setupsIn(
  sources: Sources,
  { file, scope, variable }: Omit<Site, 'setup'>,
  login: LoginPlace | null,
  depth: number,
): AppSetup[] {
  const { ts } = sources
  const found: AppSetup[] = []
  sources.walk(scope, (node) => {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return
    if (!handsOver(sources, node, variable)) return
    const target = handoverOf(sources, file, node, variable)
    if (!target) return
    const uses = ts.isNewExpression(node) ? keptUses(sources, scope, node, target) : null
    if (uses) {
      found.push({ call: node.expression.getText(), mounts: [] })
      for (const use of uses) {
        const calls = mountCalls(sources, use.file, use.scope, use.variable)
        const mounts = distinct(sources, calls, login)
        found.push({ call: use.call.expression.getText(), isKept: true, mounts })
      }
      return
    }
    const calls = mountCalls(sources, target.file, target.scope, target.variable)
    found.push({ call: node.expression.getText(), mounts: distinct(sources, calls, login) })
    const isLocal = target.file === file && target.scope !== scope && depth > 0
    if (isLocal) found.push(...setupsIn(sources, target, login, depth - 1))
  })
  return found
}

function distinct(
  sources: Sources,
  calls: MountCall[],
  login: LoginPlace | null,
): AppSetup['mounts'] {
  const known = new Set<string>()
  return calls
    .map((call) => ({
      kind: isKnown(call) ? kindOfMount(sources, call, login) : ('unknown' as const),
      path: call.path,
      isExact: isKnown(call) && !['use', 'all'].includes(call.method),
    }))
    .filter((mount) => {
      const key = JSON.stringify(mount)
      const isNew = !known.has(key)
      known.add(key)
      return isNew
    })
}
