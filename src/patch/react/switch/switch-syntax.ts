import type { ReactRoute, RouteSyntax } from '../route-edit.js'
import { placeInSwitch } from './place.js'
import { findLists, hasSwitch } from './read-switch.js'
import type { SwitchList } from './switch-tree.js'
import { writeSwitchRoute } from './write.js'

/** React Router 5 and wouter: `<Switch>` with routes that name a component or hold a page. */
export const switchSyntax: RouteSyntax = {
  isIn: hasSwitch,
  pages(source) {
    const all = (lists: SwitchList[]) => lists.flatMap(({ routes }) => routes)
    return all(findLists(source)).map(({ node, path, lists }) => ({
      path: path === undefined || path === null ? null : path.replace(/(.)\/$/, '$1'),
      text: lists.length > 0 ? '' : node.getText(source.file),
    }))
  },
  add(source, route, component) {
    const place = placeInSwitch(findLists(source), route.path, route.access)
    const insertion = writeSwitchRoute(source, place, route.path, component)
    return { insertions: [insertion], anchor: place.anchor }
  },
  snippet: ({ path, component }: ReactRoute) => `<Route path="${path}"><${component} /></Route>`,
}
