import { Miss, settle, type EditResult } from './edit-result.js'
import { applyInsertions } from './insertion.js'
import { bindings, importSnippet, planImport, sameModule } from './named-import.js'
import { findRoutes } from './react/read-routes.js'
import { placeRoute } from './react/route-place.js'
import { fullPath, type RouteList, type RouteNode } from './react/route-tree.js'
import { writeRoute } from './react/write-route.js'
import { openSource, type Source } from './source.js'

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

/**
 * Adds pages to a React Router file, all of them or none. Anchors: `inside-guard`,
 * `wrapped-by-guard`, `own-guard` for protected pages; `beside-public-pages`.
 */
export async function addReactRoutes(
  content: string,
  edit: { routes: ReactRoute[] },
): Promise<EditResult> {
  let current = content
  const anchors: string[] = []
  for (const route of edit.routes) {
    const result = await addRoute(current, route)
    if (result.status === 'missed') return result
    if (result.status === 'unchanged') continue
    current = result.content
    anchors.push(result.anchor)
  }
  if (anchors.length === 0) return { status: 'unchanged' }
  return { status: 'changed', content: current, anchor: [...new Set(anchors)].join(', ') }
}

async function addRoute(content: string, route: ReactRoute): Promise<EditResult> {
  return settle(
    () => routeSnippet(route),
    async () => {
      const source = await openSource(content)
      const list = findRoutes(source)
      const located = locate(list)
      if (located.some(({ node }) => shows(source, node, route))) return { status: 'unchanged' }
      if (located.some(({ full }) => full === route.path)) {
        throw new Miss('path_taken', `The client has another page at ${route.path}.`)
      }
      const place = placeRoute(list, route.path, route.access)
      const wanted = { name: route.component, from: route.from }
      const { insertion, localName } = planImport(source, wanted)
      const written = writeRoute(source, list, place, localName)
      const result = applyInsertions(source, insertion ? [insertion, written] : [written])
      await prove(result, route)
      return { status: 'changed', content: result, anchor: place.anchor }
    },
  )
}

/** The page is reached at its path in what was written. */
async function prove(content: string, route: ReactRoute): Promise<void> {
  const source = await openSource(content)
  const page = locate(findRoutes(source)).find(({ node }) => shows(source, node, route))
  if (page?.full !== route.path) {
    throw new Miss('unsupported_routes', 'The place could not be proved right.')
  }
}

function routeSnippet({ path, component, from }: ReactRoute): string {
  const line = importSnippet({ name: component, from })
  return `${line}\n\n<Route path="${path}" element={<${component} />} />`
}

interface Located {
  node: RouteNode
  full: string | null
}

function locate(list: RouteList): Located[] {
  const below = (routes: RouteNode[], parents: RouteNode[]): Located[] =>
    routes.flatMap((node) => [
      { node, full: routePath(node, parents) },
      ...below(node.children, [...parents, node]),
    ])
  return below(list.routes, [])
}

/** The path of a page; null for a layout without a path, which is no page. */
function routePath(node: RouteNode, parents: RouteNode[]): string | null {
  if (node.path === null && !node.index) return null
  return fullPath(node, parents)?.replace(/\/\*$/, '') ?? null
}

function shows(source: Source, { node, children }: RouteNode, route: ReactRoute): boolean {
  if (children.length > 0) return false
  const text = node.getText(source.file)
  return bindings(source)
    .filter((each) => sameModule(each.from, route.from) && !each.typeOnly)
    .filter((each) => each.imported === route.component || each.imported === 'default')
    .some((each) => new RegExp(`\\b${each.local.replaceAll('$', '\\$')}\\b`).test(text))
}
