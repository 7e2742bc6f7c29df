import type { ts as TS } from 'ts-morph'
import { Miss } from '../../edit-result.js'
import { bindings } from '../../named-import.js'
import { unwrap, walk } from '../../source.js'
import type { RouteSource } from '../route-edit.js'
import type { Access } from '../route-tree.js'
import { accessOfTag, readWrapping, stricter } from '../wrapping.js'
import { isRootPath, type SwitchList, type SwitchPage, type SwitchRoute } from './switch-tree.js'

type Element = TS.JsxElement | TS.JsxSelfClosingElement
type Holder = TS.JsxElement | TS.JsxFragment

interface Around {
  access: Access
  open: boolean
  outermost: boolean
  exclusive: boolean
}

/** Whether the file has a `<Switch>`, or routes without one, of these routers. */
export function hasSwitch(source: RouteSource): boolean {
  return holdersIn(source).length > 0
}

/**
 * All lists of routes, the outermost one first.
 * @throws Miss when there is none, or two of which none is inside the other
 */
export function findLists(source: RouteSource): SwitchList[] {
  const holders = holdersIn(source)
  const [first, ...others] = holders
  if (!first) {
    throw new Miss('anchor_not_found', 'The file has no list of routes that could be found.')
  }
  if (others.some((each) => each.pos > first.end)) {
    throw new Miss('ambiguous', 'The file has more than one list of routes.')
  }
  const exclusive = isSwitch(source, first)
  const lists = listsOf(source, first, { access: 'open', open: true, outermost: true, exclusive })
  if (lists.every(({ routes }) => routes.length === 0)) {
    throw new Miss('unsupported_routes', 'The routes are not written out in this file.')
  }
  return lists
}

/** Whether the router is wouter, in which a path stands for itself alone. */
export function isWouter(source: RouteSource): boolean {
  return bindings(source).some(({ from }) => /^wouter(\/|-preact|$)/.test(from))
}

/** `<Switch>` elements; in a file without any, what holds its routes. */
function holdersIn(source: RouteSource): Holder[] {
  const { ts, file } = source
  const switches: Holder[] = []
  const bare = new Set<Holder>()
  walk(ts, file, (node) => {
    if (ts.isJsxElement(node) && isSwitch(source, node)) switches.push(node)
    if (isRouteTag(source, node) && isPage(source, node) && isHolder(source, node.parent)) {
      bare.add(node.parent)
    }
  })
  return switches.length > 0 ? switches : [...bare]
}

function isHolder({ ts }: RouteSource, node: TS.Node): node is Holder {
  return ts.isJsxElement(node) || ts.isJsxFragment(node)
}

/** A toggle of a component library is named so as well. */
function isSwitch(source: RouteSource, node: Holder): boolean {
  const { ts, file } = source
  if (!ts.isJsxElement(node) || node.openingElement.tagName.getText(file) !== 'Switch') return false
  const binding = bindings(source).find(({ local }) => local === 'Switch')
  return !binding || /^(wouter|react-router)/.test(binding.from)
}

function isElement({ ts }: RouteSource, node: TS.Node): node is Element {
  return ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node)
}

function isRouteTag(source: RouteSource, node: TS.Node): node is Element {
  return isElement(source, node) && tagOf(source, node) === 'Route'
}

/** `element` is how later versions of React Router name a page. */
function isPage(source: RouteSource, node: Element): boolean {
  const values = attributesOf(source, node)
  if (values.has('element')) return false
  return (
    values.has('component') || values.has('render') || (values.has('path') && hasChildren(node))
  )
}

function hasChildren(node: Element): boolean {
  return 'children' in node && node.children.length > 0
}

function tagOf({ ts, file }: RouteSource, node: Element): string {
  return (ts.isJsxElement(node) ? node.openingElement : node).tagName.getText(file)
}

/** A list, and the lists inside it: other branches, and those of routes that hold a `<Switch>`. */
function listsOf(source: RouteSource, holder: Holder, around: Around): SwitchList[] {
  const routes: SwitchRoute[] = []
  const inner: SwitchList[] = []
  const add = (nodes: readonly TS.Node[]): void => {
    for (const node of nodes) {
      if (source.ts.isJsxFragment(node)) add(node.children)
      else if (source.ts.isJsxExpression(node)) inner.push(...branches(source, node, around))
      else if (isElement(source, node) && isRoute(source, node)) {
        routes.push(readRoute(source, node, around))
      }
    }
  }
  add(holder.children)
  const nested = routes.flatMap(({ lists }) => lists)
  return [{ routes, ...around }, ...inner, ...nested]
}

/** `{user ? (<>…</>) : (<>…</>)}` and `{user && …}`: each branch is a list of its own. */
function branches(source: RouteSource, node: TS.JsxExpression, around: Around): SwitchList[] {
  const { ts } = source
  const expression = node.expression && unwrap(ts, node.expression)
  if (!expression) return []
  const within = (branch: TS.Expression, access: Access): SwitchList[] => {
    const content = unwrap(ts, branch)
    const own = { ...around, access: stricter(around.access, access), outermost: false }
    if (ts.isJsxFragment(content)) return listsOf(source, content, own)
    if (!isElement(source, content) || !isRoute(source, content)) return []
    return [{ routes: [readRoute(source, content, own)], ...own }]
  }
  if (ts.isConditionalExpression(expression)) {
    const [yes, no] = accessOfCondition(source, expression.condition)
    return [...within(expression.whenTrue, yes), ...within(expression.whenFalse, no)]
  }
  if (
    ts.isBinaryExpression(expression) &&
    expression.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
  ) {
    return within(expression.right, accessOfCondition(source, expression.left)[0])
  }
  return []
}

const SIGNED_IN = /auth|user|logged|signed|session|token|account/i
const ROLE = /admin|role|permission|owner|staff|premium|subscri|verified/i

/** Who sees what is shown when a condition holds, and when it does not. */
function accessOfCondition({ ts, file }: RouteSource, condition: TS.Expression): [Access, Access] {
  const text = condition.getText(file)
  const names: TS.Identifier[] = []
  const look = (node: TS.Node): void => {
    if (ts.isIdentifier(node) && SIGNED_IN.test(node.text)) names.push(node)
  }
  look(condition)
  walk(ts, condition, look)
  if (names.length === 0 || ROLE.test(text)) return ['restricted', 'restricted']
  const negated = names.map((name) => isNegated(ts, name, condition))
  if (negated.every(Boolean)) return ['restricted', 'guarded']
  return negated.some(Boolean) ? ['restricted', 'restricted'] : ['guarded', 'restricted']
}

function isNegated(ts: RouteSource['ts'], name: TS.Node, until: TS.Node): boolean {
  for (let node = name; node !== until; node = node.parent) {
    const { parent } = node
    if (ts.isPrefixUnaryExpression(parent) && parent.operator === ts.SyntaxKind.ExclamationToken) {
      return true
    }
    if (ts.isBinaryExpression(parent) && /^[=!]==?$/.test(parent.operatorToken.getText())) {
      const isNull = /^(null|undefined|false)$/.test(parent.right.getText())
      return isNull === parent.operatorToken.getText().startsWith('=')
    }
  }
  return false
}

/** `<Route>`, `<Redirect>`, and the host's own tags that take a path. */
function isRoute(source: RouteSource, node: Element): boolean {
  const tag = tagOf(source, node)
  if (tag === 'Route' || tag === 'Redirect') return true
  return attributesOf(source, node).has('path') && /^[A-Z]/.test(tag)
}

function readRoute(source: RouteSource, node: Element, around: Around): SwitchRoute {
  const { ts } = source
  const values = attributesOf(source, node)
  const tag = tagOf(source, node)
  const pathNode = values.get('path') ?? values.get('from') ?? null
  const path = pathNode ? textOf(source, pathNode) : values.has('path') ? undefined : null
  const page = pageOf(source, node, values)
  const opening = ts.isJsxElement(node) ? node.openingElement : node
  const own = tag === 'Route' ? 'open' : accessOfTag(source, opening)
  const access = stricter(own, page?.access ?? 'open')
  const below: Around = {
    access: stricter(around.access, access),
    open: around.open && isRootPath(path),
    outermost: false,
    exclusive: true,
  }
  const lists: SwitchList[] = []
  walk(ts, node, (each) => {
    if (!ts.isJsxElement(each) || !isSwitch(source, each)) return
    lists.push(...listsOf(source, each, below))
    return false
  })
  const isExact = values.has('exact') || (isWouter(source) && !values.has('nest'))
  return {
    node,
    tag,
    path,
    pathNode,
    exact: isExact,
    access,
    page,
    redirects: tag === 'Redirect',
    lists,
  }
}

function pageOf(
  source: RouteSource,
  node: Element,
  values: Map<string, TS.Expression | null>,
): SwitchPage | null {
  const { ts, file } = source
  const component = values.get('component')
  if (component && !ts.isArrowFunction(component)) {
    // In `component={withAuth(Page)}` the page is what the guard is given.
    const { page, access } = readWrapping(source, component)
    return { kind: 'component', node: page, access }
  }
  const children = ts.isJsxElement(node)
    ? node.children.filter((child) => child.getText(file).trim() !== '')
    : []
  const [child] = children
  const within = child && ts.isJsxExpression(child) ? child.expression : child
  const holder = component ?? values.get('render') ?? values.get('children') ?? within
  if (!holder || children.length > 1) return null
  const body = returned(source, holder)
  if (!body) return null
  const { page, access } = readWrapping(source, body)
  return { kind: 'element', holder, node: page, access }
}

/** What a function gives, or the element that stands there itself. */
function returned({ ts }: RouteSource, node: TS.Node): TS.Expression | null {
  const bare = ts.isExpression(node) ? unwrap(ts, node) : node
  if (!ts.isArrowFunction(bare)) return ts.isExpression(bare) ? bare : null
  if (!ts.isBlock(bare.body)) return unwrap(ts, bare.body)
  const [only] = bare.body.statements
  const isReturn = bare.body.statements.length === 1 && only && ts.isReturnStatement(only)
  return isReturn && only.expression ? unwrap(ts, only.expression) : null
}

/** Attributes by name; null for one without a value. */
export function attributesOf(
  source: RouteSource,
  node: Element,
): Map<string, TS.Expression | null> {
  const { ts, file } = source
  const { attributes } = ts.isJsxElement(node) ? node.openingElement : node
  const values = new Map<string, TS.Expression | null>()
  for (const attribute of attributes.properties) {
    if (!ts.isJsxAttribute(attribute)) continue
    const { initializer } = attribute
    const value =
      initializer && ts.isJsxExpression(initializer) ? initializer.expression : initializer
    values.set(attribute.name.getText(file), value ?? null)
  }
  return values
}

function textOf({ ts }: RouteSource, node: TS.Expression): string | undefined {
  const bare = unwrap(ts, node)
  return ts.isStringLiteralLike(bare) ? bare.text : undefined
}
