import type { ts as TS } from 'ts-morph'
import { Miss } from '../edit-result.js'
import { unwrap, walk } from '../source.js'
import type { RouteSource } from './route-edit.js'
import type { RouteList, RouteNode, Wrapping } from './route-tree.js'
import { accessOfLayout, readWrapping } from './wrapping.js'

const ROUTER_CALL = /^(createBrowserRouter|createHashRouter|useRoutes)$/

/**
 * Finds the file's list of routes: `<Routes>`, or what a data router or `useRoutes` is given.
 * @throws Miss when there is none, more than one, or one that is written in another file.
 */
export function findRoutes(source: RouteSource): RouteList {
  const { ts } = source
  const found = holders(source)
  const [only] = found
  if (!only) {
    throw new Miss('anchor_not_found', 'The file has no list of routes that could be found.')
  }
  if (found.length > 1) throw new Miss('ambiguous', 'The file has more than one list of routes.')
  const list = ts.isJsxElement(only)
    ? jsxList(source, only)
    : routerList(source, only as TS.CallExpression)
  if (list.routes.length === 0) {
    throw new Miss('unsupported_routes', 'The routes are not written out in this file.')
  }
  return list
}

/** Whether the file has such a list, be it one that is written elsewhere. */
export function hasRoutes(source: RouteSource): boolean {
  return holders(source).length > 0
}

function holders({ ts, file }: RouteSource): TS.Node[] {
  const found: TS.Node[] = []
  walk(ts, file, (node) => {
    if (ts.isJsxElement(node) && node.openingElement.tagName.getText(file) === 'Routes') {
      found.push(node)
    }
    if (ts.isCallExpression(node) && ROUTER_CALL.test(node.expression.getText(file))) {
      found.push(node)
    }
  })
  return found
}

function routerList(source: RouteSource, call: TS.CallExpression): RouteList {
  const { ts, file } = source
  const argument = call.arguments[0] && resolve(source, call.arguments[0])
  if (argument && ts.isArrayLiteralExpression(argument)) {
    return { closed: false, syntax: 'object', routes: objectRoutes(source, argument) }
  }
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
  const loader = values.get('loader')
  const index = values.get('index')
  const element =
    values.get('element') ?? values.get('Component') ?? values.get('component') ?? null
  const wrapping: Wrapping = element
    ? readWrapping(source, element)
    : { access: 'open', tags: [], before: '', after: '' }
  return {
    node,
    syntax,
    path: path ? writtenPath(source, path) : null,
    index: values.has('index') && index?.kind !== ts.SyntaxKind.FalseKeyword,
    element,
    plain: plain && [...values.keys()].every((name) => /^(path|element|Component)$/.test(name)),
    children,
    loader: loader?.getText(file) ?? null,
    wrapping:
      children.length > 0 ? { ...wrapping, access: accessOfLayout(source, element) } : wrapping,
  }
}

/** The path where it is written out; a constant named for it is taken to be the splat. */
function writtenPath({ ts, file }: RouteSource, path: TS.Expression): string | undefined {
  if (ts.isStringLiteralLike(path)) return path.text
  return /not_?found|catch_?all|wild_?card/i.test(path.getText(file)) ? '*' : undefined
}
