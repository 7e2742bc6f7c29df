import type { ts as TS } from 'ts-morph'
import { Miss, settle, type EditResult } from '../../edit-result.js'
import { applyInsertions, endOfLine, indentAt, type Insertion } from '../../insertion.js'
import { openSource, walk, type Source } from '../../source.js'

/** A route that has a file of its own. */
export interface FileRoute {
  /** '/_member/billing'; without the guard it is the path. */
  id: string
  /** '/billing' */
  path: string
  /** The module as the generated file imports it: './routes/_member/billing'. */
  from: string
}

const REASON =
  'The tree of routes is written by a tool: start the development server or build once, and the new routes are in it.'

/**
 * Lists routes in the file that TanStack Router's plugin writes, as it will itself when it next
 * runs: until then the compiler knows no other routes. Each is written like one beside it.
 */
export async function addGeneratedRoutes(
  content: string,
  edit: { routes: FileRoute[] },
): Promise<EditResult> {
  return settle(
    () => edit.routes.map(({ id }) => id).join('\n'),
    async () => {
      let current = content
      for (const route of edit.routes) {
        const source = await openSource(current)
        if (hasText(source, route.id)) continue
        current = applyInsertions(source, likeSibling(source, route))
      }
      if (current === content) return { status: 'unchanged' }
      return { status: 'changed', content: current, anchor: 'beside-sibling-routes' }
    },
  )
}

function hasText(source: Source, text: string): boolean {
  let found = false
  walk(source.ts, source.file, (node) => {
    if (source.ts.isStringLiteral(node) && node.text === text) found = true
  })
  return found
}

interface Sibling {
  /** 'MemberBoard' of `const MemberBoardRoute = MemberBoardRouteImport.update(…)`. */
  name: string
  /** What the name of its import ends in: before version 1.121 that was `Import` alone. */
  ending: string
  id: string
  from: string
}

/** Every place that names a sibling gets a like one for the new route. */
function likeSibling(source: Source, route: FileRoute): Insertion[] {
  const { ts, file } = source
  const sibling = siblingOf(source, route)
  if (!sibling) throw new Miss('unsupported_routes', REASON)
  const insertions: Insertion[] = []
  const rename = renaming(sibling, route)
  const names = new RegExp(`\\b${sibling.name}(Route|${sibling.ending})\\b`)
  walk(ts, file, (node) => {
    if (ts.isInterfaceDeclaration(node) && node.name.text === 'FileRouteTypes') {
      for (const member of node.members) {
        const wanted = member.name?.getText(file) === 'id' ? sibling.id : pathOf(sibling.id)
        walk(ts, member, (each) => {
          const item = ts.isLiteralTypeNode(each) ? each.literal : null
          const text = item && ts.isStringLiteral(item) ? item.text : null
          if (text !== wanted) return
          insertions.push({ at: each.end, text: ` | ${rename(each.getText(file))}` })
        })
      }
      return false
    }
    const isPlace =
      ts.isImportDeclaration(node) ||
      ts.isVariableStatement(node) ||
      ts.isPropertySignature(node) ||
      ts.isPropertyAssignment(node)
    if (!isPlace || !names.test(node.getText(file))) return
    // What holds other routes as well is gone into.
    if (ts.isVariableStatement(node) && /Children\b/.test(node.getText(file))) return
    insertions.push(lineLike(source, node, rename))
    return false
  })
  return insertions
}

function lineLike(source: Source, node: TS.Node, rename: (text: string) => string): Insertion {
  const { text, file, style } = source
  const at = endOfLine(text, node.end)
  const indent = indentAt(text, node.getStart(file))
  const blank = source.ts.isVariableStatement(node) ? style.newline : ''
  const lines = rename(text.slice(node.getStart(file), at))
  return { at, text: blank + style.newline + indent + lines }
}

/**
 * A route without children below the same parent: one with a plain word for its path, else the
 * index. A folder that only groups is no parent: '/_auth/login' can be below the root.
 */
function siblingOf(source: Source, route: FileRoute): Sibling | null {
  const parent = route.id.slice(0, route.id.lastIndexOf('/'))
  const siblings = routesOf(source).filter(({ name, id, isBelowRoot }) => {
    const isBelow = parent === '' ? isBelowRoot : id.startsWith(`${parent}/`)
    return isBelow && !source.text.includes(`${name}RouteChildren`)
  })
  const isPlain = ({ id }: Sibling): boolean =>
    /^\/[a-z][a-z0-9-]*$/.test(parent === '' ? pathOf(id) : id.slice(parent.length))
  return siblings.find(isPlain) ?? siblings.find(({ id }) => id === `${parent}/`) ?? null
}

function routesOf({ ts, file, text }: Source): (Sibling & { isBelowRoot: boolean })[] {
  return file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement)) return []
    const [, name = '', ending = '', from = ''] =
      /\{\s*Route as (\w+?)((?:Route)?Import)\s*\}\s*from\s*["']([^"']+)["']/.exec(
        statement.getText(file),
      ) ?? []
    const listed = new RegExp(`["'](/[^"']*)["']: (\\{[^{}]*typeof ${name}${ending}\\b[^{}]*)`)
    const [, id, declared = ''] = name === '' ? [] : (listed.exec(text) ?? [])
    if (id === undefined) return []
    const isBelowRoot = /parentRoute: typeof rootRoute(Import)?\b/.test(declared)
    return [{ name, ending, id, from, isBelowRoot }]
  })
}

/** Without the parts that only group: '/_member/board' is reached at '/board'. */
function pathOf(id: string): string {
  const parts = id.split('/').filter((part) => part !== '' && !/^_|^\(.*\)$/.test(part))
  return `/${parts.join('/')}`
}

function renaming(sibling: Sibling, route: FileRoute): (text: string) => string {
  const name = route.id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
  const quoted = (from: string, to: string) => (text: string) =>
    text.replaceAll(`'${from}'`, `'${to}'`).replaceAll(`"${from}"`, `"${to}"`)
  const changes = [
    quoted(sibling.from, route.from),
    quoted(sibling.id, route.id),
    quoted(pathOf(sibling.id), route.path),
  ]
  const names = new RegExp(`\\b${sibling.name}(?=Route|${sibling.ending}\\b)`, 'g')
  return (text) => changes.reduce((done, change) => change(done), text.replace(names, name))
}
