import { Miss, settle, type EditResult } from './edit-result.js'
import { applyInsertions } from './insertion.js'
import { bindings, importSnippet, planImport, sameModule } from './named-import.js'
import type { ReactRoute, RouteSource, RouteSyntax, ShownPage } from './react/route-edit.js'
import { syntaxOf } from './react/route-syntaxes.js'
import type { Access } from './react/route-tree.js'
import { openSource } from './source.js'

export type { ReactRoute } from './react/route-edit.js'

export interface RoutesEdit {
  routes: ReactRoute[]
  /** Who gets through components that other files declare, by their names in this file. */
  guards?: Record<string, Access>
}

/**
 * Adds pages to the file that lists a front end's routes, all of them or none. Anchors:
 * `inside-guard`, `wrapped-by-guard`, `own-guard` for protected pages; `beside-public-pages`.
 */
export async function addReactRoutes(content: string, edit: RoutesEdit): Promise<EditResult> {
  let current = content
  const anchors: string[] = []
  const guards = new Map(Object.entries(edit.guards ?? {}))
  for (const route of edit.routes) {
    const result = await addRoute(current, route, guards)
    if (result.status === 'missed') return { ...result, snippet: await snippetOf(content, edit) }
    if (result.status === 'unchanged') continue
    current = result.content
    anchors.push(result.anchor)
  }
  if (anchors.length === 0) return { status: 'unchanged' }
  return { status: 'changed', content: current, anchor: [...new Set(anchors)].join(', ') }
}

async function addRoute(
  content: string,
  route: ReactRoute,
  guards: RouteSource['guards'],
): Promise<EditResult> {
  return settle(
    () => '',
    async () => {
      const source: RouteSource = { ...(await openSource(content)), guards }
      const syntax = syntaxOf(source)
      const pages = syntax.pages(source)
      if (pages.some((page) => shows(source, page, route))) return { status: 'unchanged' }
      if (pages.some(({ path }) => path === route.path)) {
        throw new Miss('path_taken', `The client has another page at ${route.path}.`)
      }
      const wanted = { name: route.component, from: route.from }
      const { insertion, localName } = planImport(source, wanted)
      const { insertions, anchor } = syntax.add(source, route, localName)
      const result = applyInsertions(source, insertion ? [insertion, ...insertions] : insertions)
      await prove(result, route, { guards, syntax })
      return { status: 'changed', content: result, anchor }
    },
  )
}

/** The page is reached at its path in what was written. */
async function prove(
  content: string,
  route: ReactRoute,
  { guards, syntax }: { guards: RouteSource['guards']; syntax: RouteSyntax },
): Promise<void> {
  const source = { ...(await openSource(content)), guards }
  const page = syntax.pages(source).find((each) => shows(source, each, route))
  if (page?.path !== route.path) {
    throw new Miss('unsupported_routes', 'The place could not be proved right.')
  }
}

/** All pages in the file's own way of writing routes, or in the most common one. */
async function snippetOf(content: string, { routes }: RoutesEdit): Promise<string> {
  const source = await openSource(content).catch(() => null)
  const syntax = syntaxOf(source && { ...source, guards: new Map() })
  const imports = routes.map(({ component, from }) => importSnippet({ name: component, from }))
  return [...imports, '', ...routes.map((route) => syntax.snippet(route))].join('\n')
}

function shows(source: RouteSource, { text }: ShownPage, route: ReactRoute): boolean {
  return bindings(source)
    .filter((each) => sameModule(each.from, route.from) && !each.typeOnly)
    .filter((each) => each.imported === route.component || each.imported === 'default')
    .some((each) => new RegExp(`\\b${each.local.replaceAll('$', '\\$')}\\b`).test(text))
}
