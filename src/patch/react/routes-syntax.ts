import { findRoutes, hasRoutes } from './read-routes.js'
import type { ReactRoute, RouteSyntax, ShownPage } from './route-edit.js'
import { placeRoute } from './route-place.js'
import { fullPath, type RouteNode } from './route-tree.js'
import { writeRoute } from './write-route.js'

/** React Router 6 and later: `<Routes>`, or what a data router or `useRoutes` is given. */
export const routesSyntax: RouteSyntax = {
  isIn: hasRoutes,
  pages(source) {
    const below = (routes: RouteNode[], parents: RouteNode[]): ShownPage[] =>
      routes.flatMap((route) => [
        {
          path: routePath(route, parents),
          text: route.children.length > 0 ? '' : route.node.getText(source.file),
        },
        ...below(route.children, [...parents, route]),
      ])
    return below(findRoutes(source).routes, [])
  },
  add(source, route, component) {
    const list = findRoutes(source)
    const place = placeRoute(list, route.path, route.access)
    return { insertions: [writeRoute(source, list, place, component)], anchor: place.anchor }
  },
  snippet: ({ path, component }: ReactRoute) =>
    `<Route path="${path}" element={<${component} />} />`,
}

/** The path of a page; null for a layout without a path, which is no page. */
function routePath(node: RouteNode, parents: RouteNode[]): string | null {
  if (node.path === null && !node.index) return null
  return fullPath(node, parents)?.replace(/\/\*$/, '') ?? null
}
