import type { ts as TS } from 'ts-morph'

/** A route as the client's router file writes it, in JSX or as an object. */
export interface RouteNode {
  node: TS.Node
  syntax: 'jsx' | 'object'
  /** As written; null when there is none, undefined when it is not a plain string. */
  path: string | null | undefined
  index: boolean
  /** The expression of `element`, or the component given by `Component`. */
  element: TS.Expression | null
  /** Under which name it stands there. */
  key: PageKey | null
  /** Nothing but a path, an element and a loader that guards it, so that a new route can be written like it. */
  plain: boolean
  children: RouteNode[]
  /** Name of a loader that guards it. */
  loader: string | null
  /** What its element is wrapped in. */
  wrapping: Wrapping
}

/** What stands around a page: `<RequireAuth><Layout>` before it and the closing tags behind it. */
export interface Wrapping {
  access: Access
  /** Opening tags from the outside in; null when it is more than tags. */
  tags: string[] | null
  before: string
  after: string
}

/** Who gets through: 'restricted' is guests only, or some role. */
export type Access = 'open' | 'guarded' | 'restricted'

/** How a route names its page; the last is of lists that the host renders itself. */
export type PageKey = 'element' | 'Component' | 'component'

/** The list of routes an edit works on. */
export interface RouteList {
  /** Holds exactly one route, so that nothing can stand beside it. */
  closed: boolean
  syntax: 'jsx' | 'object'
  routes: RouteNode[]
}

/** The path a route is reached at; null when some part is not known. */
export function fullPath(route: RouteNode, parents: RouteNode[]): string | null {
  let full = ''
  for (const { path } of [...parents, route]) {
    if (path === undefined) return null
    if (path === null) continue
    full = path.startsWith('/') ? path : `${full}/${path}`
  }
  return `/${full.split('/').filter(Boolean).join('/')}`
}

/** A route for everything its siblings do not match. */
export function isSplat(route: RouteNode): boolean {
  return route.path === '*' || route.path === '/*'
}

export function isLeaf(route: RouteNode): boolean {
  return route.children.length === 0 && !isSplat(route)
}

/** Pages for who is signed out. */
export const LOGIN_PAGE = /log-?in|sign-?(in|up)|register|forgot|reset|verify|password|invit/i
