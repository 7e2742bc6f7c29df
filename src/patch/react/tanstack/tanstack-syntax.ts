import type { ts as TS } from 'ts-morph'
import { Miss } from '../../edit-result.js'
import {
  endOfLine,
  indentAt,
  linesAfter,
  linesBefore,
  quoted,
  statement,
  type Insertion,
} from '../../insertion.js'
import { planImport } from '../../named-import.js'
import { insertRoute } from '../insert-route.js'
import type { ReactRoute, RouteSource, RouteSyntax } from '../route-edit.js'
import { LOGIN_PAGE, type Access } from '../route-tree.js'
import { stricter } from '../wrapping.js'
import { hasTree, readTree, type Branch, type MadeRoute, type RouteTree } from './read-tree.js'

/** TanStack Router with routes that are put together in code. */
export const tanstackSyntax: RouteSyntax = {
  isIn: hasTree,
  pages(source) {
    const tree = readTree(source)
    return tree.branches.flatMap((branch) =>
      branch.children.flatMap((name) => {
        const made = tree.routes.get(name)
        if (!made || tree.branches.some(({ parent }) => parent === name)) return []
        return [{ path: fullPath(tree, branch, made), text: made.statement.getText(source.file) }]
      }),
    )
  },
  add(source, route, component) {
    const tree = readTree(source)
    const place = placeIn(tree, route)
    const name = freeName(source, route.path)
    const made = place.like
      ? [writeLike(source, place.like, { route, component, name, guards: place.guards })]
      : writeFirst(source, place.branch, { route, component, name })
    return { insertions: [...made, listed(source, place.branch, name)], anchor: place.anchor }
  },
  snippet: ({ path, component }: ReactRoute) =>
    [
      `const ${nameFor(path)} = createRoute({`,
      '  getParentRoute: () => rootRoute,',
      `  path: '${path}',`,
      `  component: ${component},`,
      '})',
    ].join('\n'),
}

interface Place {
  branch: Branch
  /** The route to stand behind, and to be written like; null where this file makes none. */
  like: MadeRoute | null
  /** Its `beforeLoad` guards the new one as well. */
  guards: boolean
  anchor: string
}

function placeIn(tree: RouteTree, route: ReactRoute): Place {
  const open = tree.branches.filter((branch) => basePath(tree, branch) === '')
  if (route.access === 'protected') {
    const place = guardedPlace(tree, open)
    if (place) return place
  }
  const shared = open.filter((branch) => accessOf(tree, branch) === 'open')
  const [branch] = shared.sort((a, b) => openPages(tree, b).length - openPages(tree, a).length)
  const like = branch && (openPages(tree, branch).at(-1) ?? leaves(tree, branch).at(-1) ?? null)
  if (!branch || like === undefined) {
    throw new Miss('unsupported_routes', 'Every route stands below a path, or behind a guard.')
  }
  return { branch, like, guards: false, anchor: 'beside-public-pages' }
}

function guardedPlace(tree: RouteTree, open: Branch[]): Place | null {
  for (const branch of open) {
    const like = leaves(tree, branch)
      .filter(({ access }) => access === 'open')
      .at(-1)
    if (accessOf(tree, branch) === 'guarded' && like) {
      return { branch, like, guards: false, anchor: 'inside-guard' }
    }
  }
  for (const branch of open.filter((each) => accessOf(tree, each) === 'open')) {
    const like = leaves(tree, branch).findLast(({ access }) => access === 'guarded')
    if (like) return { branch, like, guards: true, anchor: 'wrapped-by-guard' }
  }
  return null
}

function leaves(tree: RouteTree, branch: Branch): MadeRoute[] {
  return branch.children.flatMap((name) => {
    const made = tree.routes.get(name)
    const isParent = tree.branches.some(({ parent }) => parent === name)
    return made && !isParent && made.path !== '*' && made.path !== '$' ? [made] : []
  })
}

function openPages(tree: RouteTree, branch: Branch): MadeRoute[] {
  return leaves(tree, branch).filter(
    ({ access, path }) => access === 'open' && !LOGIN_PAGE.test(path ?? ''),
  )
}

/** Who gets to what is in a branch: through the routes it stands below. */
function accessOf(tree: RouteTree, branch: Branch): Access {
  const own = tree.routes.get(branch.parent)
  const above = tree.branches.find(({ children }) => children.includes(branch.parent))
  const outer = above && above !== branch ? accessOf(tree, above) : 'open'
  return own ? stricter(own.access, outer) : outer
}

/** The path that a branch's routes stand below, without a slash at its end; null when unknown. */
function basePath(tree: RouteTree, branch: Branch): string | null {
  const above = tree.branches.find(({ children }) => children.includes(branch.parent))
  const outer = above && above !== branch ? basePath(tree, above) : ''
  const own = tree.routes.get(branch.parent)
  if (outer === null || (own && own.path === undefined)) return null
  if (above && !own) return null
  return joined(outer, own?.path ?? '')
}

function fullPath(tree: RouteTree, branch: Branch, { path }: MadeRoute): string | null {
  const base = basePath(tree, branch)
  return base === null || path === undefined || path === null ? null : joined(base, path) || '/'
}

function joined(base: string, path: string): string {
  const rest = path.split('/').filter(Boolean).join('/')
  return rest === '' ? base : `${base}/${rest}`
}

function nameFor(path: string): string {
  return `${path.slice(1)}Route`
}

function freeName({ text }: RouteSource, path: string): string {
  const name = nameFor(path)
  if (new RegExp(`\\b${name}\\b`).test(text)) {
    throw new Miss('name_taken', `The file already has another \`${name}\`.`)
  }
  return name
}

interface NewRoute {
  route: ReactRoute
  component: string
  name: string
}

/** The route as a statement of its own behind the one it is like. */
function writeLike(
  source: RouteSource,
  like: MadeRoute,
  { route, component, name, guards }: NewRoute & { guards: boolean },
): Insertion {
  const { file, style, text } = source
  const parent = like.values.get('getParentRoute')?.getText(file)
  if (parent === undefined) {
    throw new Miss('unsupported_routes', 'The routes are not written out in this file.')
  }
  const slash = like.path?.startsWith('/') === false ? route.path.slice(1) : route.path
  const guard = guards
    ? like.options.properties.find((each) => each.name?.getText(file) === 'beforeLoad')
    : undefined
  const maker = text.slice(like.call.getStart(file), like.options.getStart(file))
  const isExported = /^export\b/.test(like.statement.getText(file))
  const lines = statementLines(source, `${isExported ? 'export ' : ''}const ${name} = ${maker}`, [
    `getParentRoute: ${parent},`,
    `path: ${quoted(style.quote, slash)},`,
    ...(guard ? guardLines(source, guard) : []),
    `component: ${component},`,
  ])
  const end = endOfLine(text, like.statement.end)
  const blank = /^\r?\n[ \t]*\r?\n/.test(text.slice(end)) ? [''] : []
  return linesAfter(source, like.statement, [...blank, ...lines])
}

/** The first route that this file makes, above the tree that lists it. */
function writeFirst(
  source: RouteSource,
  { parent, array }: Branch,
  { route, component, name }: NewRoute,
): Insertion[] {
  const { ts, style } = source
  let holder: TS.Node = array
  while (!ts.isSourceFile(holder.parent)) holder = holder.parent
  const maker = planImport(source, { name: 'createRoute', from: '@tanstack/react-router' })
  const lines = statementLines(source, `const ${name} = ${maker.localName}(`, [
    `getParentRoute: () => ${parent},`,
    `path: ${quoted(style.quote, route.path)},`,
    `component: ${component},`,
  ])
  const written = linesBefore(source, holder, lines)
  return maker.insertion ? [maker.insertion, written] : [written]
}

function statementLines(source: RouteSource, start: string, options: string[]): string[] {
  const { indent } = source.style
  return [
    `${start}{`,
    ...options.map((line) => (line === '' ? '' : indent + line)),
    statement(source, '})'),
  ]
}

function guardLines({ file, text }: RouteSource, guard: TS.Node): string[] {
  const own = indentAt(text, guard.getStart(file))
  const lines = guard.getText(file).split(/\r?\n/)
  return lines.map((line, index) => {
    const bare = index > 0 && line.startsWith(own) ? line.slice(own.length) : line
    return index === lines.length - 1 ? `${bare},` : bare
  })
}

/** The route's name in its parent's list: on a line of its own, or on the one line of the list. */
function listed(source: RouteSource, { array }: Branch, name: string): Insertion {
  const { text, file } = source
  const last = array.elements.at(-1)
  if (!last) throw new Miss('unsupported_routes', 'The routes are not written out in this file.')
  const written = array.getText(file)
  if (!written.includes('\n')) return { at: last.end, text: `, ${name}` }
  const indent = indentAt(text, last.getStart(file))
  const comma = /^\s*,/.exec(text.slice(last.end))
  if (comma) {
    return insertRoute(source, last, 'after', { lines: [`${indent}${name},`], syntax: 'object' })
  }
  return insertRoute(source, last, 'before', { lines: [`${indent}${name},`], syntax: 'object' })
}
