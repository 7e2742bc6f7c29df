import { Miss } from '../../edit-result.js'
import { LOGIN_PAGE, type Access } from '../route-tree.js'
import { isLeaf, matches, type SwitchList, type SwitchRoute } from './switch-tree.js'

export interface SwitchPlace {
  list: SwitchList
  beside: SwitchRoute
  side: 'after' | 'before'
  /** A route to write it like. */
  like: SwitchRoute | null
  anchor: string
}

/**
 * Where a page belongs: before the first route that would be shown in its place; a protected one
 * beside those that are guarded in the way most are.
 */
export function placeInSwitch(
  lists: SwitchList[],
  path: string,
  access: 'public' | 'protected',
): SwitchPlace {
  const open = lists.filter((list) => list.open && list.access === 'open')
  const place =
    (access === 'protected' && guardedPlace(lists, open, path)) || publicPlace(open, path)
  if (place) return place
  throw new Miss('unsupported_routes', 'Every route stands below a path, or behind a guard.')
}

function guardedPlace(lists: SwitchList[], open: SwitchList[], path: string): SwitchPlace | null {
  const behind = best(
    lists.filter((list) => list.open && list.access === 'guarded'),
    (list) => list.routes.filter(isLeaf).length,
  )
  const wrapped = best(open, (list) => list.routes.filter(isGuarded).length)
  const behindCount = behind?.routes.filter(isLeaf).length ?? 0
  const wrappedCount = wrapped?.routes.filter(isGuarded).length ?? 0
  if (behind && behindCount > 0 && behindCount >= wrappedCount) {
    return inList(behind, path, isOpen, 'inside-guard')
  }
  if (!wrapped || wrappedCount === 0) return null
  return inList(wrapped, path, isGuarded, 'wrapped-by-guard')
}

function publicPlace(open: SwitchList[], path: string): SwitchPlace | null {
  const [outermost] = open.filter((list) => list.outermost)
  const shared = open.filter(({ routes }) =>
    routes.some((route) => isOpen(route) && !isLogin(route)),
  )
  const list =
    best(
      shared,
      ({ routes }) => routes.filter((route) => isOpen(route) && !isLogin(route)).length,
    ) ?? outermost
  return list ? inList(list, path, isOpen, 'beside-public-pages') : null
}

function inList(
  list: SwitchList,
  path: string,
  belongs: (route: SwitchRoute) => boolean,
  anchor: string,
): SwitchPlace | null {
  const { routes } = list
  // Without a switch every route that matches is shown, whatever stands before it.
  const catcher = list.exclusive ? routes.findIndex((route) => matches(route, path)) : -1
  const before = catcher === -1 ? routes : routes.slice(0, catcher)
  const sibling = before.findLast(belongs)
  const beside = sibling ?? routes[catcher] ?? routes.at(-1)
  if (!beside) return null
  const side = sibling || catcher === -1 ? 'after' : 'before'
  return { list, beside, side, like: modelOf(routes.filter(belongs)), anchor }
}

/** The last page whose route has nothing of its own, so that another can be written like it. */
function modelOf(routes: SwitchRoute[]): SwitchRoute | null {
  const pages = routes.filter((route) => route.page !== null && !isLogin(route) && route.pathNode)
  const likeMost = (route: SwitchRoute): number =>
    pages.filter((each) => formOf(each) === formOf(route)).length
  const most = Math.max(0, ...pages.map(likeMost))
  return pages.findLast((route) => likeMost(route) === most) ?? null
}

function formOf({ tag, page, exact }: SwitchRoute): string {
  return `${tag} ${page?.kind} ${exact}`
}

function isGuarded(route: SwitchRoute): boolean {
  return isLeaf(route) && hasAccess(route, 'guarded')
}

function isOpen(route: SwitchRoute): boolean {
  return isLeaf(route) && hasAccess(route, 'open') && route.path !== null
}

function hasAccess(route: SwitchRoute, access: Access): boolean {
  return route.access === access
}

function isLogin({ path }: SwitchRoute): boolean {
  return LOGIN_PAGE.test(path ?? '')
}

function best<T>(items: T[], score: (item: T) => number): T | null {
  return items.reduce<T | null>(
    (top, item) => (top === null || score(item) > score(top) ? item : top),
    null,
  )
}
