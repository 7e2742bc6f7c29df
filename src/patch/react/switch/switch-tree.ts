import type { ts as TS } from 'ts-morph'
import type { Access } from '../route-tree.js'

/** Where routes of one list stand: `<Switch>`, a branch of a condition in it, or just an element. */
export interface SwitchList {
  /** The routes in source order, without those of lists inside it. */
  routes: SwitchRoute[]
  /** Who sees the list at all. */
  access: Access
  /** Its routes may be reached at any path. */
  open: boolean
  /** Nothing stands around it but the router. */
  outermost: boolean
  /** Only the first route that matches is shown. */
  exclusive: boolean
}

/** A route of React Router 5 or wouter: `<Route>`, or the host's own tag with a path. */
export interface SwitchRoute {
  node: TS.JsxElement | TS.JsxSelfClosingElement
  tag: string
  /** As written; null when there is none, undefined when it is not a plain string. */
  path: string | null | undefined
  /** Where the path is written, with its quotes. */
  pathNode: TS.Node | null
  /** Matches its path alone, not what is below it. */
  exact: boolean
  access: Access
  /** How the page is given. */
  page: SwitchPage | null
  /** It sends somewhere else. */
  redirects: boolean
  lists: SwitchList[]
}

export interface SwitchPage {
  /** `component={Page}`; or an element that is rendered, `<Route><Page /></Route>`. */
  kind: 'component' | 'element'
  /** The page alone, without what stands around it. */
  node: TS.Node
  /** Who gets through what stands around it. */
  access: Access
  /** The function or element that is given, where the page is an element. */
  holder?: TS.Node
}

/** The path's prefix that a route leaves to what is inside it. */
export function isRootPath(path: string | null | undefined): boolean {
  return path === null || path === '' || /^\/(\*|:\w+\*|\*\?)?$/.test(path ?? 'none')
}

/**
 * Whether a route is shown at a path that is written out. What is not known is taken to match only
 * where it is a prefix of nothing: a constant is a page's path.
 */
export function matches(route: SwitchRoute, path: string): boolean {
  if (route.path === undefined) return false
  if (route.path === null) return true
  const pattern = route.path.split('/').filter(Boolean)
  const wanted = path.split('/').filter(Boolean)
  for (const [index, part] of pattern.entries()) {
    if (/^\*|[*+]\??$/.test(part) || part === '(.*)') return true
    const given = wanted[index]
    if (given === undefined) return part.endsWith('?')
    if (part !== given && !part.startsWith(':')) return false
    // `:id(\\d+)` does not match a word.
    if (/\(/.test(part) && !/\(\.\*\)/.test(part)) return false
  }
  return !route.exact || pattern.length >= wanted.length
}

export function isLeaf(route: SwitchRoute): boolean {
  return route.lists.length === 0 && !route.redirects
}
