import { ts } from '../../syntax.js'
import { jsxPartOf } from './jsx.js'

/** A node as its kind and its parts, a token as its text; what is only style has no part. */
export function partOf(node: ts.Node): unknown {
  const part = partWithoutStyle(node) ?? jsxPartOf(node, partOf) ?? plainPartOf(node)
  return isConciseBody(node) ? returned(part) : part
}

/** What can be written in several ways; undefined for anything else. */
function partWithoutStyle(node: ts.Node): unknown {
  if (ts.isStringLiteralLike(node) && !ts.isTaggedTemplateExpression(node.parent)) {
    return [ts.SyntaxKind.StringLiteral, node.text]
  }
  if (ts.isParenthesizedExpression(node) && !needsParentheses(node)) return partOf(node.expression)
  if (ts.isParenthesizedTypeNode(node)) return partOf(node.type)
  if (ts.isPropertyAssignment(node) && ts.isStringLiteral(node.name)) {
    return [node.kind, [node.name.text, ':', partOf(node.initializer)]]
  }
  if (ts.isShorthandPropertyAssignment(node) && !node.objectAssignmentInitializer) {
    const { text } = node.name
    return [ts.SyntaxKind.PropertyAssignment, [text, ':', text]]
  }
  if (ts.isBlock(node) && isBodyOfStatement(node)) {
    const [only, ...more] = node.statements
    if (only && more.length === 0 && !ts.isDeclarationStatement(only) && !isScoped(only))
      return partOf(only)
  }
  return undefined
}

function plainPartOf(node: ts.Node): unknown {
  const children = node.getChildren().filter((child) => !isStyle(child))
  if (node.kind === ts.SyntaxKind.SyntaxList) return children.map(partOf)
  if (node.getChildCount() === 0) return node.getText().replaceAll('\r\n', '\n')
  return [node.kind, children.map(partOf)]
}

/** `() => value`, which is `() => { return value }`. */
function isConciseBody(node: ts.Node): boolean {
  return ts.isArrowFunction(node.parent) && node === node.parent.body && !ts.isBlock(node)
}

function returned(value: unknown): unknown {
  return [ts.SyntaxKind.Block, ['{', [[ts.SyntaxKind.ReturnStatement, ['return', value]]], '}']]
}

/** Without them it would end an optional chain later, or be a directive. */
function needsParentheses({ expression, parent }: ts.ParenthesizedExpression): boolean {
  return ts.isOptionalChain(expression) || ts.isExpressionStatement(parent)
}

/** Of `if`, `else` and loops. */
function isBodyOfStatement({ parent }: ts.Block): boolean {
  return ts.isIfStatement(parent) || ts.isIterationStatement(parent, false)
}

/** A name of its own, that ends with the block. */
function isScoped(statement: ts.Statement): boolean {
  return ts.isVariableStatement(statement)
}

function isStyle(node: ts.Node): boolean {
  const { parent } = node
  switch (node.kind) {
    case ts.SyntaxKind.SemicolonToken:
      return !ts.isForStatement(parent)
    case ts.SyntaxKind.SemicolonClassElement:
      return true
    case ts.SyntaxKind.CommaToken:
      return !ts.isBinaryExpression(parent)
    case ts.SyntaxKind.OpenParenToken:
    case ts.SyntaxKind.CloseParenToken:
      return ts.isArrowFunction(parent)
    case ts.SyntaxKind.BarToken:
      return ts.isUnionTypeNode(parent)
    case ts.SyntaxKind.AmpersandToken:
      return ts.isIntersectionTypeNode(parent)
    default:
      return ts.isJSDoc(node)
  }
}
