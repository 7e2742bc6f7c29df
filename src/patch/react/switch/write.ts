import type { ts as TS } from 'ts-morph'
import { indentAt, quoted, type Insertion } from '../../insertion.js'
import { walk } from '../../source.js'
import { insertRoute } from '../insert-route.js'
import type { RouteSource } from '../route-edit.js'
import type { SwitchPlace } from './place.js'
import type { SwitchRoute } from './switch-tree.js'

/** What every route may have. */
const PLAIN = /^(path|exact|strict|component|render|children)$/

/** The new route as whole lines at its place, written like the route it is to be like. */
export function writeSwitchRoute(
  source: RouteSource,
  place: SwitchPlace,
  path: string,
  component: string,
): Insertion {
  const indent = indentAt(source.text, place.beside.node.getStart(source.file))
  const lines = place.like
    ? linesLike(source, place.like, { path, component, indent, siblings: place.list.routes })
    : plainLines(source, place, path, component)
  return insertRoute(source, place.beside.node, place.side, {
    lines: lines.map((line) => (line === '' ? '' : indent + line)),
    syntax: 'jsx',
  })
}

function plainLines(
  source: RouteSource,
  { list }: SwitchPlace,
  path: string,
  component: string,
): string[] {
  const exact = list.routes.some(({ node }) =>
    /^<\w+\s+(exact\b|[^>]*\sexact\b)/.test(node.getText()),
  )
  const start = `<Route ${exact ? 'exact ' : ''}path=${quoted(source.style.jsxQuote, path)}`
  return list.routes.some(({ page }) => page?.kind === 'element')
    ? [`${start}>`, `${source.style.indent}<${component} />`, '</Route>']
    : [`${start} component={${component}} />`]
}

interface Wanted {
  path: string
  component: string
  /** Of the line that the route begins at. */
  indent: string
  siblings: SwitchRoute[]
}

interface Change {
  start: number
  end: number
  text: string
}

/** A route's own text, with the new path and page in it and without what is its alone. */
function linesLike(source: RouteSource, like: SwitchRoute, wanted: Wanted): string[] {
  const { file, style } = source
  const start = like.node.getStart(file)
  const changes = [
    ...pathChange(source, like, wanted.path),
    ...pageChanges(source, like, wanted.component),
    ...ownAttributes(source, like, wanted.siblings),
  ].sort((a, b) => b.start - a.start)
  let text = like.node.getText(file)
  for (const change of changes) {
    text = text.slice(0, change.start - start) + change.text + text.slice(change.end - start)
  }
  const own = indentAt(source.text, start)
  const lines = text
    .split(/\r?\n/)
    .map((line, index) => (index > 0 && line.startsWith(own) ? line.slice(own.length) : line))
  const [only = ''] = lines
  const isLong = lines.length === 1 && wanted.indent.length + only.length > style.width
  return isLong ? broken(only, style.indent) : lines
}

function pathChange({ file, style }: RouteSource, like: SwitchRoute, path: string): Change[] {
  const { pathNode } = like
  if (!pathNode) return []
  const isExpression = pathNode.parent.getText(file).startsWith('{')
  const quote = isExpression ? style.quote : style.jsxQuote
  return [{ start: pathNode.getStart(file), end: pathNode.end, text: quoted(quote, path) }]
}

function pageChanges(source: RouteSource, like: SwitchRoute, component: string): Change[] {
  const { file } = source
  const { page } = like
  if (!page) return []
  const { node } = page
  const text = page.kind === 'component' ? component : `<${component} />`
  const change = { start: node.getStart(file), end: node.end, text }
  return page.holder ? [change, ...unusedParameter(source, page.holder, node)] : [change]
}

/** `(props) => <Page {...props} />` needs no `props` any more, unless what stands around uses it. */
function unusedParameter(source: RouteSource, holder: TS.Node, page: TS.Node): Change[] {
  const { ts, file } = source
  if (!ts.isArrowFunction(holder) || holder.parameters.length === 0) return []
  const names = new Set<string>()
  for (const parameter of holder.parameters) {
    names.add(parameter.name.getText(file))
    walk(ts, parameter, (each) => {
      if (ts.isIdentifier(each)) names.add(each.text)
    })
  }
  let used = false
  walk(ts, holder, (each) => {
    if (each.parent === holder && each !== holder.body) return false
    if (each === page) return false
    if (ts.isIdentifier(each) && names.has(each.text)) used = true
  })
  if (used) return []
  const start = holder.getStart(file)
  const arrow = holder.equalsGreaterThanToken.getStart(file)
  return [{ start, end: arrow, text: '() ' }]
}

/** Attributes that other routes of the same tag do not have alike: a title, a key. */
function ownAttributes(source: RouteSource, like: SwitchRoute, siblings: SwitchRoute[]): Change[] {
  const { file, text } = source
  const others = siblings.filter(({ tag, node }) => tag === like.tag && node !== like.node)
  const shared = (attribute: string): boolean =>
    others.length > 0 && others.every(({ node }) => node.getText(file).includes(attribute))
  return attributes(source, like.node).flatMap((attribute): Change[] => {
    const written = attribute.getText(file)
    const name = /^[\w-]+/.exec(written)?.[0] ?? ''
    const isText = /=\s*["']/.test(written) || name === 'key'
    const keeps = PLAIN.test(name) || shared(written) || !isText || /^(redirect|to$)/i.test(name)
    if (keeps) return []
    const start = attribute.getStart(file)
    const gap = /\s*$/.exec(text.slice(0, start))?.[0].length ?? 0
    return [{ start: start - gap, end: attribute.end, text: '' }]
  })
}

function attributes({ ts }: RouteSource, node: SwitchRoute['node']): readonly TS.Node[] {
  return (ts.isJsxElement(node) ? node.openingElement : node).attributes.properties
}

/** `<Tag a="1" b={x} />` with each attribute on a line of its own. */
function broken(line: string, unit: string): string[] {
  const parts = /^<([\w.]+)\s+((?:[\w-]+(?:=(?:"[^"]*"|'[^']*'|\{[^{}]*\}))?\s*)+)\/>$/.exec(line)
  const attributes = parts?.[2]?.match(/[\w-]+(?:=(?:"[^"]*"|'[^']*'|\{[^{}]*\}))?/g)
  if (!parts?.[1] || !attributes) return [line]
  return [`<${parts[1]}`, ...attributes.map((each) => unit + each), '/>']
}
