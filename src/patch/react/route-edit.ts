import type { Insertion } from '../insertion.js'
import type { Source } from '../source.js'
import type { Access } from './route-tree.js'

/** A page of the client. */
export interface ReactRoute {
  /** Absolute: '/pricing'. */
  path: string
  /** The page's named export and the module it comes from, as it is to be imported. */
  component: string
  from: string
  /** 'protected' pages stand behind the client's login guard where it has one. */
  access: 'public' | 'protected'
}

/** A router's file, with what is known of components that other files declare. */
export interface RouteSource extends Source {
  /** Who gets through a component, by the name that this file has for it. */
  guards: ReadonlyMap<string, Access>
}

/** A page that the file shows already. */
export interface ShownPage {
  /** Where it is reached; null when some part is not known. */
  path: string | null
  /** The code that names its component. */
  text: string
}

/** One way of writing a client's routes. Adding one is a file and a line in `route-syntaxes`. */
export interface RouteSyntax {
  /** Whether the file's routes are written in this way. */
  isIn(source: RouteSource): boolean
  /** @throws Miss when the routes cannot be read */
  pages(source: RouteSource): ShownPage[]
  /**
   * Where and how a page is added.
   * @param component the name that the file knows the page's component by
   * @throws Miss when no place is right
   */
  add(
    source: RouteSource,
    route: ReactRoute,
    component: string,
  ): { insertions: Insertion[]; anchor: string }
  /** What a person would write. */
  snippet(route: ReactRoute): string
}
