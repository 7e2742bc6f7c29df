import type { ts as TS } from 'ts-morph'
import { Miss } from '../edit-result.js'
import { unwrap, walk } from '../source.js'
import type { RouteSource } from './route-edit.js'
import {
  LOGIN_PAGE,
  type Access,
  type RouteList,
  type RouteNode,
  type Wrapping,
} from './route-tree.js'
import { accessOfLayout, accessOfName, readWrapping } from './wrapping.js'

const PAGE_KEYS = ['element', 'Component', 'component'] as const
const ROUTER_CALL = /^(createBrowserRouter|createHashRouter|useRoutes)$/

/**
 * Finds the file's list of routes: `<Routes>`, or what a data router or `useRoutes` is given.
 * @throws Miss when there is none, more than one, or one that is written in another file.
 */
export function findRoutes(source: RouteSource): RouteList {
  const found = holders(source)
  const [only] = found
  if (!only) {
    throw new Miss('anchor_not_found', 'The file has no list of routes that could be found.')
  }
  if (found.length > 1 && found.every(source.ts.isArrayLiteralExpression)) {
    return listsByName(source, found)
  }
  if (found.length > 1) throw new Miss('ambiguous', 'The file has more than one list of routes.')
  const list = listIn(source, only)
  if (list.routes.length === 0) {
    throw new Miss('unsupported_routes', 'The routes are not written out in this file.')
  }
  return list
}

function listIn(source: RouteSource, holder: TS.Node): RouteList {
  const { ts } = source
  if (ts.isJsxElement(holder)) return mappedList(source, holder) ?? jsxList(source, holder)
  if (ts.isArrayLiteralExpression(holder)) return arrayList(source, holder)
  return routerList(source, holder as TS.CallExpression)
}

/** Whether the file has such a list, be it one that is written elsewhere. */
export function hasRoutes(source: RouteSource): boolean {
  return holders(source).length > 0
}

function holders(source: RouteSource): TS.Node[] {
  const { ts, file } = source
  const found: TS.Node[] = []
  walk(ts, file, (node) => {
    if (ts.isJsxElement(node) && node.openingElement.tagName.getText(file) === 'Routes') {
      found.push(node)
    }
    if (ts.isCallExpression(node) && ROUTER_CALL.test(node.expression.getText(file))) {
      found.push(node)
    }
  })
  return found.length > 0 ? found : listsForOthers(source)
}

/** Lists of route objects that the file gives to the one that makes the router. */
function listsForOthers({ ts, file }: RouteSource): TS.ArrayLiteralExpression[] {
  return file.statements.flatMap((statement): TS.ArrayLiteralExpression[] => {
    if (ts.isExportAssignment(statement)) return arrayOfRoutes(ts, statement.expression)
    if (!ts.isVariableStatement(statement)) return []
    return statement.declarationList.declarations.flatMap(({ initializer }) =>
      initializer ? arrayOfRoutes(ts, initializer) : [],
    )
  })
}

const FOR_ALL = /public|open|common/i
const FOR_USERS = /private|protect|authed|auth|secure|member|user/i
const FOR_OTHERS = /admin|staff|guest|anonymous/i

/** Several lists, of which each says by its name whom it is for. */
function listsByName(source: RouteSource, arrays: TS.ArrayLiteralExpression[]): RouteList {
  const routes = arrays.map((array): RouteNode => {
    const children = objectRoutes(source, array)
    const access = accessOfList(source, array, children)
    return {
      node: array,
      syntax: 'object',
      path: null,
      index: false,
      element: null,
      key: null,
      plain: false,
      children,
      loader: null,
      wrapping: { access, tags: [], before: '', after: '' },
    }
  })
  return { closed: true, syntax: 'object', routes }
}

/** @throws Miss when the name says nothing */
function accessOfList(
  { ts, file }: RouteSource,
  array: TS.ArrayLiteralExpression,
  routes: RouteNode[],
): Access {
  let holder: TS.Node = array
  while (!ts.isVariableDeclaration(holder) && !ts.isSourceFile(holder)) holder = holder.parent
  const name = ts.isVariableDeclaration(holder) ? holder.name.getText(file) : ''
  const isOfLogin = routes.every(({ path }) => LOGIN_PAGE.test(path ?? ''))
  if (FOR_OTHERS.test(name) || isOfLogin) return 'restricted'
  if (FOR_ALL.test(name)) return 'open'
  if (FOR_USERS.test(name)) return 'guarded'
  throw new Miss('ambiguous', 'The file has more than one list of routes.')
}

function arrayOfRoutes(ts: RouteSource['ts'], value: TS.Expression): TS.ArrayLiteralExpression[] {
  const array = unwrap(ts, value)
  if (!ts.isArrayLiteralExpression(array)) return []
  const isRoute = (node: TS.Expression): boolean => {
    if (!ts.isObjectLiteralExpression(node)) return false
    const names = node.properties.map(({ name }) => name?.getText())
    const isPlaced = names.some(
      (name) => name === 'path' || name === 'index' || name === 'children',
    )
    return (
      isPlaced && names.some((name) => /^(element|[cC]omponent|lazy|children)$/.test(name ?? ''))
    )
  }
  return array.elements.some(isRoute) ? [array] : []
}

function routerList(source: RouteSource, call: TS.CallExpression): RouteList {
  const { ts, file } = source
  const argument = call.arguments[0] && resolve(source, call.arguments[0])
  if (argument && ts.isArrayLiteralExpression(argument)) return arrayList(source, argument)
  if (argument && ts.isCallExpression(argument)) {
    const tree = argument.arguments[0] && unwrap(ts, argument.arguments[0])
    const isTree = /^createRoutesFrom(Elements|Children)$/.test(argument.expression.getText(file))
    if (isTree && tree && (ts.isJsxElement(tree) || ts.isJsxFragment(tree))) {
      return ts.isJsxFragment(tree)
        ? jsxList(source, tree)
        : { closed: true, syntax: 'jsx', routes: [jsxRoute(source, tree)] }
    }
  }
  throw new Miss('unsupported_routes', 'The routes are not written out in this file.')
}

/** An array written in place, or in a constant of this file that is used for it. */
function resolve(source: RouteSource, expression: TS.Expression): TS.Expression {
  const { ts, file } = source
  const node = unwrap(ts, expression)
  if (!ts.isIdentifier(node)) return node
  let value: TS.Expression = node
  walk(ts, file, (each) => {
    if (
      ts.isVariableDeclaration(each) &&
      each.name.getText(file) === node.text &&
      each.initializer
    ) {
      value = unwrap(ts, each.initializer)
    }
  })
  return value
}

function arrayList(source: RouteSource, array: TS.ArrayLiteralExpression): RouteList {
  return { closed: false, syntax: 'object', routes: objectRoutes(source, array) }
}

/**
 * `<Routes>{pages.map(({ path, element }) => <Route path={path} element={element} />)}</Routes>`, of
 * a list in this file: an object of it is a route. Null where it is shown with anything else.
 */
function mappedList(source: RouteSource, holder: TS.JsxElement | TS.JsxFragment): RouteList | null {
  const { ts, file } = source
  const [only, ...others] = holder.children.filter((child) => child.getText(file).trim() !== '')
  if (!only || others.length > 0 || !ts.isJsxExpression(only) || !only.expression) return null
  const call = unwrap(ts, only.expression)
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return null
  const [show] = call.arguments
  if (call.expression.name.text !== 'map' || !show || !ts.isArrowFunction(show)) return null
  const list = resolve(source, call.expression.expression)
  if (!ts.isArrayLiteralExpression(list) || ts.isBlock(show.body)) return null
  // What else the objects have is read elsewhere, and would be missing in ours.
  const isRoutes = list.elements.every(
    (each) =>
      ts.isObjectLiteralExpression(each) &&
      each.properties.every((property) =>
        /^(path|element|key)$/.test(property.name?.getText(file) ?? ''),
      ),
  )
  const isShown = showsPathAndElement(source, show, unwrap(ts, show.body))
  return isRoutes && isShown ? arrayList(source, list) : null
}

/** Whether a route is made of an object's path, element and key, and of nothing else. */
function showsPathAndElement(
  { ts, file }: RouteSource,
  { parameters }: TS.ArrowFunction,
  shown: TS.Expression,
): boolean {
  if (!ts.isJsxSelfClosingElement(shown) || shown.tagName.getText(file) !== 'Route') return false
  const name = parameters[0]?.name
  const prefix = name && ts.isIdentifier(name) ? `${name.text}.` : ''
  const given = shown.attributes.properties.map((attribute) => {
    const value = ts.isJsxAttribute(attribute) && attribute.initializer
    if (!value || !ts.isJsxExpression(value)) return null
    const written = value.expression?.getText(file) ?? ''
    const isOwn =
      attribute.name?.getText(file) === 'key' || written === prefix + attribute.name?.getText(file)
    return isOwn ? attribute.name?.getText(file) : null
  })
  return ['path', 'element'].every((each) => given.includes(each)) && !given.includes(null)
}

function jsxList(source: RouteSource, holder: TS.JsxElement | TS.JsxFragment): RouteList {
  return { closed: false, syntax: 'jsx', routes: jsxChildren(source, holder) }
}

function jsxChildren(source: RouteSource, holder: TS.JsxElement | TS.JsxFragment): RouteNode[] {
  const { ts, file } = source
  return holder.children.flatMap((child): RouteNode[] => {
    if (ts.isJsxFragment(child)) return jsxChildren(source, child)
    if (!ts.isJsxElement(child) && !ts.isJsxSelfClosingElement(child)) return []
    const tag = ts.isJsxElement(child) ? child.openingElement : child
    return tag.tagName.getText(file) === 'Route' ? [jsxRoute(source, child)] : []
  })
}

function jsxRoute(source: RouteSource, node: TS.JsxElement | TS.JsxSelfClosingElement): RouteNode {
  const { ts, file } = source
  const { attributes } = ts.isJsxElement(node) ? node.openingElement : node
  const values = new Map<string, TS.Expression | null>()
  let plain = ts.isJsxSelfClosingElement(node)
  for (const attribute of attributes.properties) {
    if (!ts.isJsxAttribute(attribute)) {
      plain = false
      continue
    }
    const { initializer } = attribute
    const value =
      initializer && ts.isJsxExpression(initializer) ? initializer.expression : initializer
    values.set(attribute.name.getText(file), value ?? null)
  }
  return routeNode(source, node, 'jsx', values, {
    plain,
    children: ts.isJsxElement(node) ? jsxChildren(source, node) : [],
  })
}

function objectRoutes(source: RouteSource, array: TS.ArrayLiteralExpression): RouteNode[] {
  const { ts, file } = source
  return array.elements.flatMap((element): RouteNode[] => {
    if (ts.isSpreadElement(element)) {
      const spread = resolve(source, element.expression)
      return ts.isArrayLiteralExpression(spread) ? objectRoutes(source, spread) : []
    }
    const node = unwrap(ts, element)
    if (!ts.isObjectLiteralExpression(node)) return []
    const values = new Map<string, TS.Expression | null>()
    let plain = true
    for (const property of node.properties) {
      if (ts.isPropertyAssignment(property)) {
        values.set(property.name.getText(file), unwrap(ts, property.initializer))
      } else {
        plain = false
      }
    }
    const children = values.get('children')
    const list = children && resolve(source, children)
    const nested = list && ts.isArrayLiteralExpression(list) ? objectRoutes(source, list) : []
    return [routeNode(source, node, 'object', values, { plain, children: nested })]
  })
}

function routeNode(
  source: RouteSource,
  node: TS.Node,
  syntax: 'jsx' | 'object',
  values: Map<string, TS.Expression | null>,
  { plain, children }: { plain: boolean; children: RouteNode[] },
): RouteNode {
  const { ts, file } = source
  const path = values.get('path')
  const loader = values.get('loader')?.getText(file)
  const guardingLoader = loader !== undefined && accessOfName(loader) !== 'open' ? loader : null
  const ordinary = guardingLoader
    ? /^(path|element|[cC]omponent|key|loader)$/
    : /^(path|element|[cC]omponent|key)$/
  const index = values.get('index')
  const key = PAGE_KEYS.find((each) => values.get(each)) ?? null
  const element = (key && values.get(key)) ?? null
  const wrapping: Wrapping = element
    ? readWrapping(source, element)
    : { access: 'open', tags: [], before: '', after: '' }
  return {
    node,
    syntax,
    path: path ? writtenPath(source, path) : null,
    index: values.has('index') && index?.kind !== ts.SyntaxKind.FalseKeyword,
    element,
    key,
    plain: plain && [...values.keys()].every((name) => ordinary.test(name)),
    children,
    loader: guardingLoader,
    wrapping:
      children.length > 0 ? { ...wrapping, access: accessOfLayout(source, element) } : wrapping,
  }
}

/** The path where it is written out; a constant named for it is taken to be the splat. */
function writtenPath({ ts, file }: RouteSource, path: TS.Expression): string | undefined {
  if (ts.isStringLiteralLike(path)) return path.text
  return /not_?found|catch_?all|wild_?card/i.test(path.getText(file)) ? '*' : undefined
}
