import type { ts } from 'ts-morph'
import type { ModuleIndex } from './module-index.js'

/** The module that `require('…')` names; null for every other expression. */
export function requiredModule(compiler: typeof ts, node: ts.Node): string | null {
  if (!compiler.isCallExpression(node) || !compiler.isIdentifier(node.expression)) return null
  const [argument] = node.arguments
  if (node.expression.text !== 'require' || !argument) return null
  return compiler.isStringLiteralLike(argument) ? argument.text : null
}

/** What the declarations of a statement take from required modules. */
export function addRequires(
  { declarationList }: ts.VariableStatement,
  index: ModuleIndex,
  compiler: typeof ts,
): void {
  for (const { name, initializer } of declarationList.declarations) {
    if (!initializer) continue
    const specifier = requiredModule(compiler, initializer)
    if (specifier !== null) addBindings(name, specifier, index, compiler)
    else if (compiler.isIdentifier(name)) addMember(name, initializer, index, compiler)
  }
}

/** `x = require('m')` is the module as a whole, `{ a, b: c } = require('m')` names of it. */
function addBindings(
  name: ts.BindingName,
  specifier: string,
  index: ModuleIndex,
  compiler: typeof ts,
): void {
  if (compiler.isIdentifier(name)) {
    index.imports.set(name.text, { specifier, imported: '*' })
    return
  }
  if (!compiler.isObjectBindingPattern(name)) return
  for (const { name: local, propertyName } of name.elements) {
    if (!compiler.isIdentifier(local)) continue
    const imported = propertyName && compiler.isIdentifier(propertyName) ? propertyName : local
    index.imports.set(local.text, { specifier, imported: imported.text })
  }
}

/** `Pool = require('pg').Pool` */
function addMember(
  local: ts.Identifier,
  value: ts.Expression,
  index: ModuleIndex,
  compiler: typeof ts,
): void {
  if (!compiler.isPropertyAccessExpression(value)) return
  const specifier = requiredModule(compiler, value.expression)
  if (specifier !== null) index.imports.set(local.text, { specifier, imported: value.name.text })
}

/**
 * What a statement of a CommonJS module exports. Of `exports.default` nothing is said: it is what a
 * compiler writes, and another thing to every way of importing it.
 */
export function addAssignedExports(
  statement: ts.Statement,
  index: ModuleIndex,
  compiler: typeof ts,
): void {
  for (const { target, value } of assignments(statement, compiler)) {
    const name = exportedName(target, compiler)
    if (name === MODULE) addWhole(value, index, compiler)
    else if (name !== null && name !== 'default') addNamed(name, value, index, compiler)
  }
}

/** Stands for the module as a whole among the names of its exports. */
const MODULE = Symbol('module')

/** 'a' of `exports.a` and `module.exports.a`, MODULE of `module.exports`; null for other things. */
function exportedName(target: ts.Expression, compiler: typeof ts): string | typeof MODULE | null {
  if (!compiler.isPropertyAccessExpression(target)) return null
  if (isModuleExports(target, compiler)) return MODULE
  const holder = target.expression
  const isOfModule = isNamed(holder, 'exports', compiler) || isModuleExports(holder, compiler)
  return isOfModule ? target.name.text : null
}

function isModuleExports(node: ts.Expression, compiler: typeof ts): boolean {
  return (
    compiler.isPropertyAccessExpression(node) &&
    node.name.text === 'exports' &&
    isNamed(node.expression, 'module', compiler)
  )
}

function isNamed(node: ts.Expression, name: string, compiler: typeof ts): boolean {
  return compiler.isIdentifier(node) && node.text === name
}

interface Assignment {
  target: ts.Expression
  value: ts.Expression
}

/** `a = b = value` gives the value to both; `const c = a = value` as well. */
function assignments(statement: ts.Statement, compiler: typeof ts): Assignment[] {
  if (compiler.isExpressionStatement(statement)) return assigned(statement.expression, compiler)
  if (!compiler.isVariableStatement(statement)) return []
  return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
    compiler.isIdentifier(name) && initializer
      ? assigned(initializer, compiler).map(({ target }) => ({ target, value: name }))
      : [],
  )
}

function assigned(expression: ts.Expression, compiler: typeof ts): Assignment[] {
  const targets: ts.Expression[] = []
  let value = compiler.isParenthesizedExpression(expression) ? expression.expression : expression
  while (
    compiler.isBinaryExpression(value) &&
    value.operatorToken.kind === compiler.SyntaxKind.EqualsToken
  ) {
    targets.push(value.left)
    value = value.right
  }
  return targets.map((target) => ({ target, value }))
}

/** `module.exports = value`, and `export = value` of TypeScript. */
export function addWhole(value: ts.Expression, index: ModuleIndex, compiler: typeof ts): void {
  index.isAssigned = true
  const specifier = requiredModule(compiler, value)
  if (specifier !== null) {
    index.exports.set('default', { specifier, imported: '*' })
    index.stars.push(specifier)
    return
  }
  if (compiler.isIdentifier(value)) index.exports.set('default', { local: value.text })
  else index.defaultExport = value
  if (compiler.isObjectLiteralExpression(value)) addProperties(value, index, compiler)
}

/** The names under which an object's properties are exported, where it is all of the module. */
export function addProperties(
  object: ts.ObjectLiteralExpression,
  index: ModuleIndex,
  compiler: typeof ts,
): void {
  for (const property of object.properties) {
    if (compiler.isSpreadAssignment(property)) {
      const specifier = requiredModule(compiler, property.expression)
      if (specifier !== null) index.stars.push(specifier)
      continue
    }
    const { name } = property
    if (!compiler.isIdentifier(name) && !compiler.isStringLiteral(name)) continue
    if (compiler.isShorthandPropertyAssignment(property)) {
      index.exports.set(name.text, { local: name.text })
    } else if (compiler.isPropertyAssignment(property)) {
      addNamed(name.text, property.initializer, index, compiler)
    } else {
      index.exports.set(name.text, { node: property })
    }
  }
}

function addNamed(
  name: string,
  value: ts.Expression,
  index: ModuleIndex,
  compiler: typeof ts,
): void {
  const specifier = requiredModule(compiler, value)
  if (specifier !== null) index.exports.set(name, { specifier, imported: '*' })
  else if (compiler.isIdentifier(value)) index.exports.set(name, { local: value.text })
  else index.exports.set(name, { node: value })
}
