import { Miss } from '../edit-result.js'
import {
  LOGIN_PAGE,
  fullPath,
  isLeaf,
  isSplat,
  type Access,
  type RouteList,
  type RouteNode,
} from './route-tree.js'
import { accessOfName, stricter } from './wrapping.js'

export interface RoutePlace {
  /** The new route stands behind or before this one. */
  beside: RouteNode
  side: 'after' | 'before'
  /** The path as it is to be written there. */
  path: string
  /** A route to write it like: its wrapping, its line breaks. */
  like: RouteNode | null
  /** A route whose element is to guard the new one, by a parent route of its own. */
  guard: RouteNode | null
  anchor: string
}

/** A list of routes: the outermost one, or that of a route with children. */
interface Container {
  parents: RouteNode[]
  routes: RouteNode[]
  access: Access
  /** A route in it may be reached at any path. */
  open: boolean
  /** The page at `/` is somewhere in it. */
  holdsHome: boolean
}

/**
 * Where a page belongs: a public one beside the public pages, inside the layout they share; a
 * protected one behind the guard that most protected pages stand behind.
 */
export function placeRoute(
  list: RouteList,
  path: string,
  access: 'public' | 'protected',
): RoutePlace {
  const all = containers(list)
  const open = all.filter((each) => each.open && each.access === 'open')
  const place = (access === 'protected' && guardedPlace(all, open, path)) || publicPlace(open, path)
  if (place) return place
  throw new Miss('unsupported_routes', 'Every route stands below a path, or behind a guard.')
}

function guardedPlace(all: Container[], open: Container[], path: string): RoutePlace | null {
  const behind = best(
    all.filter((each) => each.open && each.access === 'guarded'),
    (each) => each.routes.filter(isLeaf).length,
  )
  const wrapped = best(open, (each) => each.routes.filter(isGuardedLeaf).length)
  const wrappedCount = wrapped?.routes.filter(isGuardedLeaf).length ?? 0
  if (behind && behind.routes.filter(isLeaf).length >= wrappedCount) {
    return inContainer(behind, path, isLeaf, { anchor: 'inside-guard' })
  }
  if (wrapped && wrappedCount > 0) {
    return inContainer(wrapped, path, isGuardedLeaf, { anchor: 'wrapped-by-guard' })
  }
  return besideForeignGuard(all, open, path)
}

/** The guard stands below another path: the same guard is put around the page on its own. */
function besideForeignGuard(all: Container[], open: Container[], path: string): RoutePlace | null {
  const holder = publicContainer(open)
  if (!holder) return null
  const leaf = all
    .flatMap((each) => each.routes)
    .find((each) => isGuardedLeaf(each) && each.wrapping.tags)
  const guard = all
    .flatMap((each) => each.parents.slice(-1))
    .find((each) => each.wrapping.access === 'guarded' && each.element)
  if (guard)
    return inContainer(holder, path, isOpenLeaf, { anchor: 'own-guard', guard, like: null })
  if (leaf) return inContainer(holder, path, isOpenLeaf, { anchor: 'wrapped-by-guard', like: leaf })
  return null
}

function publicPlace(open: Container[], path: string): RoutePlace | null {
  const holder = publicContainer(open)
  return holder && inContainer(holder, path, isOpenLeaf, { anchor: 'beside-public-pages' })
}

/** The innermost list the home page is in, if anybody may see it; else the one with most pages. */
function publicContainer(open: Container[]): Container | null {
  const home = open.filter((each) => each.holdsHome)
  if (home.length > 0) return best(home, (each) => each.parents.length)
  const shared = open.filter((each) => each.parents.length === 0 || !isForGuests(each))
  return best(
    shared,
    ({ routes }) =>
      routes.filter((route) => isOpenLeaf(route) && !LOGIN_PAGE.test(route.path ?? '')).length,
  )
}

function inContainer(
  { routes, parents }: Container,
  path: string,
  belongs: (route: RouteNode) => boolean,
  options: { anchor: string; guard?: RouteNode; like?: RouteNode | null },
): RoutePlace | null {
  const splat = routes.findIndex(isSplat)
  const before = splat === -1 ? routes : routes.slice(0, splat)
  const sibling = before.findLast(belongs)
  const beside = sibling ?? routes[splat] ?? routes.at(-1)
  if (!beside) return null
  return {
    beside,
    side: sibling || splat === -1 ? 'after' : 'before',
    path: writtenPath(routes, parents, path),
    like: options.like === undefined ? modelFor(before.filter(belongs)) : options.like,
    guard: options.guard ?? null,
    anchor: options.anchor,
  }
}

/** The wrapping most siblings have, shown by the last sibling that is nothing but a page. */
function modelFor(siblings: RouteNode[]): RouteNode | null {
  const plain = siblings.filter(
    (route) =>
      route.plain &&
      route.element &&
      route.wrapping.access !== 'restricted' &&
      loaderAccess(route) !== 'restricted' &&
      !LOGIN_PAGE.test(route.path ?? ''),
  )
  const key = ({ wrapping }: RouteNode) =>
    `${wrapping.before}\0${wrapping.after}`.replace(/\s+/g, '')
  const count = (route: RouteNode) => plain.filter((each) => key(each) === key(route)).length
  const most = Math.max(0, ...plain.map(count))
  const usual = plain.filter((route) => count(route) === most)
  const bare = usual.findLast(({ wrapping }) => wrapping.tags?.every((tag) => !tag.includes(' ')))
  return bare ?? usual.at(-1) ?? null
}

function writtenPath(routes: RouteNode[], parents: RouteNode[], path: string): string {
  const written = routes
    .map((route) => route.path)
    .filter((each) => each && each !== '*' && each !== '/*')
  const absolute =
    written.length > 0
      ? written.some((each) => each?.startsWith('/') && (each !== '/' || written.length === 1))
      : parents.every((parent) => parent.path === null)
  return absolute ? path : path.replace(/^\//, '')
}

function containers(list: RouteList): Container[] {
  const collect = (parents: RouteNode[], routes: RouteNode[], above: Access): Container[] => {
    const own = parents.at(-1)
    const access = own ? stricter(above, stricter(own.wrapping.access, loaderAccess(own))) : above
    const open = own ? fullPath(own, parents.slice(0, -1)) === '/' : !list.closed
    const nested = routes
      .filter((route) => route.children.length > 0)
      .map((route) => collect([...parents, route], route.children, access))
    const atRoot = open || parents.length === 0
    const holdsHome =
      (atRoot && routes.some(isHome)) || nested.some(([direct]) => direct?.holdsHome)
    return [{ parents, routes, access, open, holdsHome }, ...nested.flat()]
  }
  return collect([], list.routes, 'open')
}

function isHome(route: RouteNode): boolean {
  return isLeaf(route) && (route.index || route.path === '/' || route.path === '')
}

function loaderAccess({ loader }: RouteNode): Access {
  return loader ? accessOfName(loader) : 'open'
}

function isOpenLeaf(route: RouteNode): boolean {
  return isLeaf(route) && route.wrapping.access === 'open' && loaderAccess(route) === 'open'
}

function isGuardedLeaf(route: RouteNode): boolean {
  return isLeaf(route) && stricter(route.wrapping.access, loaderAccess(route)) === 'guarded'
}

function isForGuests({ routes }: Container): boolean {
  const leaves = routes.filter(isLeaf)
  return leaves.length > 0 && leaves.every((route) => LOGIN_PAGE.test(route.path ?? ''))
}

function best<T>(items: T[], score: (item: T) => number): T | null {
  return items.reduce<T | null>(
    (top, item) => (top === null || score(item) > score(top) ? item : top),
    null,
  )
}
