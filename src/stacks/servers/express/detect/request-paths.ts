import type { ts } from 'ts-morph'
import type { Evidence } from '../../../../types.js'
import type { Sources } from '../../../../host/source/sources.js'

/** A property of the request that code reads or sets: 'req.user.id'. */
export interface RequestPath {
  path: string
  evidence: Evidence
  /** What it is set to; null when it is read. */
  assigned: ts.Expression | null
  /** It is read where a key stands: among a query's values, or compared. */
  isKey: boolean
}

const REQUEST = /^_?(req|request)$/
/** Properties in a path; a user's is reached by a few. */
const LONGEST_PATH = 16
const RESPONSE = /^_?(res|response)$/

/**
 * Every property of the request within a piece of code, without `!`, `?.` and casts, and through
 * the variables it is put in: `const { id } = req.user!` reads 'req.user.id'. What is kept on
 * `res.locals` is reached as 'req.res.locals'.
 */
export function requestPaths(sources: Sources, file: string, scope: ts.Node): RequestPath[] {
  const { ts } = sources
  const aliases = new Map<string, string>()
  const paths: RequestPath[] = []
  const add = (node: ts.Node, path: string, assigned: ts.Expression | null = null): void => {
    const isKey = assigned === null && isReadAsKey(sources, node)
    paths.push({ path, evidence: sources.evidence(file, node), assigned, isKey })
  }
  sources.walk(scope, (node) => {
    if (ts.isVariableDeclaration(node) && node.initializer) {
      const path = pathOf(sources, node.initializer, aliases)
      if (path === null) return
      if (ts.isIdentifier(node.name)) aliases.set(node.name.text, path)
      for (const [name, property] of destructured(sources, node.name)) {
        aliases.set(name, `${path}.${property}`)
        if (path !== 'req') add(node, `${path}.${property}`)
        else add(node, `req.${property}`)
      }
      return
    }
    if (isAssignment(sources, node)) {
      const path = pathOf(sources, node.left, aliases)
      if (path !== null && path !== 'req') add(node, path, sources.unwrap(node.right))
      return
    }
    if (ts.isCallExpression(node) && node.expression.getText() === 'Object.assign') {
      for (const [path, value] of assignedProperties(sources, node, aliases)) add(node, path, value)
      return
    }
    if (!isAccess(sources, node) || isPartOfLonger(sources, node)) return
    const path = pathOf(sources, node, aliases)
    if (path === null) return
    const called = ts.isCallExpression(node.parent) && node.parent.expression === node
    const read = called ? path.slice(0, path.lastIndexOf('.')) : path
    if (read !== 'req') add(node, read)
  })
  return paths
}

/** Among the values of a list, as a value for a column, or on a side of `===`. */
function isReadAsKey({ ts }: Sources, node: ts.Node): boolean {
  let at = node.parent
  while (ts.isNonNullExpression(at) || ts.isAsExpression(at) || ts.isParenthesizedExpression(at)) {
    at = at.parent
  }
  if (ts.isArrayLiteralExpression(at)) return true
  if (ts.isPropertyAssignment(at)) return /id$/i.test(at.name.getText())
  return ts.isBinaryExpression(at) && /^[!=]==?$/.test(at.operatorToken.getText())
}

function pathOf(
  sources: Sources,
  expression: ts.Expression,
  aliases: Map<string, string>,
): string | null {
  const names: string[] = []
  let node = sources.unwrap(expression)
  while (isAccess(sources, node)) {
    const name = propertyName(sources, node)
    if (name === null || names.length === LONGEST_PATH) return null
    names.unshift(name)
    node = sources.unwrap(node.expression)
  }
  let path = sources.ts.isIdentifier(node) ? rootPath(node.text, aliases) : null
  for (const name of path === null ? [] : names) {
    // Of the response only `locals` carries something from one handler to the next.
    if (path === 'req.res' && name !== 'locals') return null
    path += `.${name}`
  }
  return path
}

function rootPath(name: string, aliases: Map<string, string>): string | null {
  if (REQUEST.test(name)) return 'req'
  if (RESPONSE.test(name)) return 'req.res'
  return aliases.get(name) ?? null
}

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression

function isAccess({ ts }: Sources, node: ts.Node): node is Access {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
}

function propertyName({ ts }: Sources, node: Access): string | null {
  if (ts.isPropertyAccessExpression(node)) return node.name.text
  const { argumentExpression } = node
  const isName =
    ts.isStringLiteralLike(argumentExpression) && /^[A-Za-z_$][\w$]*$/.test(argumentExpression.text)
  return isName ? argumentExpression.text : null
}

function isPartOfLonger(sources: Sources, node: ts.Expression): boolean {
  const { ts } = sources
  let at: ts.Node = node
  while (ts.isExpression(at.parent) && sources.unwrap(at.parent) === sources.unwrap(node)) {
    at = at.parent
  }
  return isAccess(sources, at.parent) && at.parent.expression === at
}

function isAssignment({ ts }: Sources, node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken
}

function destructured({ ts }: Sources, name: ts.BindingName): [string, string][] {
  if (!ts.isObjectBindingPattern(name)) return []
  return name.elements.flatMap((element): [string, string][] => {
    if (!ts.isIdentifier(element.name)) return []
    const property = element.propertyName ?? element.name
    return ts.isIdentifier(property) ? [[element.name.text, property.text]] : []
  })
}

function assignedProperties(
  sources: Sources,
  call: ts.CallExpression,
  aliases: Map<string, string>,
): [string, ts.Expression][] {
  const { ts } = sources
  const [target, given] = call.arguments
  const path = target ? pathOf(sources, target, aliases) : null
  if (path === null || !given || !ts.isObjectLiteralExpression(given)) return []
  return given.properties.flatMap((property): [string, ts.Expression][] => {
    if (!property.name || !ts.isIdentifier(property.name)) return []
    const name = property.name.text
    if (ts.isPropertyAssignment(property)) return [[`${path}.${name}`, property.initializer]]
    return ts.isShorthandPropertyAssignment(property) ? [[`${path}.${name}`, property.name]] : []
  })
}
