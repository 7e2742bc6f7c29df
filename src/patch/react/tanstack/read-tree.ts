import type { ts as TS } from 'ts-morph'
import { Miss } from '../../edit-result.js'
import { unwrap, walk } from '../../source.js'
import type { RouteSource } from '../route-edit.js'
import type { Access } from '../route-tree.js'
import { accessOfComponent, accessOfRedirect, stricter } from '../wrapping.js'

/** A route that the file makes: `const about = createRoute({ path: '/about', … })`. */
export interface MadeRoute {
  name: string
  statement: TS.VariableStatement
  call: TS.CallExpression
  options: TS.ObjectLiteralExpression
  /** The options by name. */
  values: Map<string, TS.Expression>
  /** As written; null for a layout without one, undefined when it is not a plain string. */
  path: string | null | undefined
  access: Access
  /** What `getParentRoute` gives. */
  parent: string | null
}

/** `parent.addChildren([…])` with an array that is written out. */
export interface Branch {
  parent: string
  array: TS.ArrayLiteralExpression
  children: string[]
}

export interface RouteTree {
  routes: Map<string, MadeRoute>
  /** The root's branch first. */
  branches: Branch[]
}

const MAKER = /^(createRoute|new Route)$/

/** Whether the file puts together a tree of routes by hand. */
export function hasTree(source: RouteSource): boolean {
  const { ts } = source
  let found = false
  walk(ts, source.file, (node) => {
    if (ts.isCallExpression(node) && isAddChildren(source, node)) found = true
  })
  return found
}

/** @throws Miss when no list of children is written out */
export function readTree(source: RouteSource): RouteTree {
  const { ts, file } = source
  const routes = new Map<string, MadeRoute>()
  const branches: Branch[] = []
  walk(ts, file, (node) => {
    if (ts.isVariableStatement(node)) {
      const made = readMade(source, node)
      if (made) routes.set(made.name, made)
    }
    if (ts.isCallExpression(node) && isAddChildren(source, node)) {
      const [argument] = node.arguments
      const array = argument && unwrap(ts, argument)
      if (!array || !ts.isArrayLiteralExpression(array)) return
      const parent = (node.expression as TS.PropertyAccessExpression).expression.getText(file)
      branches.push({ parent, array, children: array.elements.map((each) => nameOf(ts, each)) })
    }
  })
  const parents = new Set(branches.flatMap(({ children }) => children))
  const top = branches.filter(({ parent }) => !parents.has(parent))
  if (top.length === 0) {
    throw new Miss('unsupported_routes', 'The routes are not written out in this file.')
  }
  if (top.length > 1) throw new Miss('ambiguous', 'The file has more than one tree of routes.')
  return { routes, branches: [...top, ...branches.filter((each) => !top.includes(each))] }
}

function isAddChildren({ ts }: RouteSource, node: TS.CallExpression): boolean {
  return (
    ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'addChildren'
  )
}

/** The route that an element of a list of children is: itself, or with children of its own. */
function nameOf(ts: RouteSource['ts'], element: TS.Expression): string {
  const node = unwrap(ts, element)
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    return node.expression.expression.getText()
  }
  return node.getText()
}

function readMade(source: RouteSource, statement: TS.VariableStatement): MadeRoute | null {
  const { ts, file } = source
  const [declaration] = statement.declarationList.declarations
  const call = declaration?.initializer && unwrap(ts, declaration.initializer)
  if (!call || !(ts.isCallExpression(call) || ts.isNewExpression(call))) return null
  const maker = (ts.isNewExpression(call) ? 'new ' : '') + call.expression.getText(file)
  const options = call.arguments?.[0]
  if (!MAKER.test(maker) || !options || !ts.isObjectLiteralExpression(options)) return null
  const values = new Map<string, TS.Expression>()
  let guard: Access = 'open'
  for (const property of options.properties) {
    const name = property.name?.getText(file) ?? ''
    if (name === 'beforeLoad') guard = accessOfGuard(source, property)
    if (ts.isPropertyAssignment(property)) values.set(name, unwrap(ts, property.initializer))
  }
  const path = values.get('path')
  const component = values.get('component')
  const layout =
    component && ts.isIdentifier(component) ? accessOfComponent(source, component.text) : 'open'
  return {
    name: declaration.name.getText(file),
    statement,
    call: call as TS.CallExpression,
    options,
    values,
    path: path === undefined ? null : ts.isStringLiteralLike(path) ? path.text : undefined,
    access: stricter(guard, layout),
    parent: parentOf(source, values.get('getParentRoute')),
  }
}

/** `beforeLoad` that redirects: by its own code, or by a function whose name says so. */
function accessOfGuard(source: RouteSource, property: TS.Node): Access {
  const { ts, file } = source
  let access: Access = 'open'
  walk(ts, property, (node) => {
    if (ts.isIdentifier(node) && node.text !== 'beforeLoad') {
      const named = node.text === 'redirect' ? 'open' : accessOfComponent(source, node.text)
      if (named === 'guarded' && access === 'open' && isCalled(ts, node)) access = 'guarded'
    }
    if (ts.isCallExpression(node) && /\bredirect$/.test(node.expression.getText(file))) {
      access = stricter(access, accessOfRedirect(source, node))
    }
  })
  return access
}

function isCalled(ts: RouteSource['ts'], node: TS.Identifier): boolean {
  return (
    (ts.isCallExpression(node.parent) && node.parent.expression === node) ||
    ts.isPropertyAssignment(node.parent)
  )
}

function parentOf({ ts, file }: RouteSource, value: TS.Expression | undefined): string | null {
  if (!value || !ts.isArrowFunction(value) || ts.isBlock(value.body)) return null
  return unwrap(ts, value.body).getText(file)
}
