import { isBuiltin } from 'node:module'
import { ts } from '../../syntax.js'

/**
 * The statements of a file. Imports come first, since they are hoisted, and in no order of their
 * own, but for the modules that are loaded for what they do: nothing passes one of those. The same
 * holds for `require` calls, where they stand.
 */
export function statementsOf(source: ts.SourceFile, partOf: (node: ts.Node) => unknown): unknown[] {
  const imports: string[][] = [[]]
  const others: unknown[] = []
  let requires: string[] = []
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) addImport(imports, statement)
    else if (isRequire(statement)) requires.push(JSON.stringify(partOf(statement)))
    else {
      others.push(requires.sort(), partOf(statement))
      requires = []
    }
  }
  return [imports.map((run) => [...new Set(run)].sort()), others, requires.sort()]
}

/** `imports` are runs of names between modules that are loaded for what they do. */
function addImport(imports: string[][], statement: ts.ImportDeclaration): void {
  const names = namesOf(statement)
  if (names.length > 0) imports.at(-1)?.push(...names)
  else if (isStylesheet(statement)) imports.at(-1)?.push(moduleOf(statement))
  else imports.push([moduleOf(statement)], [])
}

/** A name that is imported as a type is the same name: what of it is left is not a matter of style. */
function namesOf(statement: ts.ImportDeclaration): string[] {
  const { name, namedBindings } = statement.importClause ?? {}
  const written = (imported: string, local: ts.Identifier): string =>
    [moduleOf(statement), imported, local.text].join('\n')
  const bindings = !namedBindings
    ? []
    : ts.isNamespaceImport(namedBindings)
      ? [written('*', namedBindings.name)]
      : namedBindings.elements.map((one) => written((one.propertyName ?? one.name).text, one.name))
  return [...(name ? [written('default', name)] : []), ...bindings]
}

function moduleOf({ moduleSpecifier, attributes }: ts.ImportDeclaration): string {
  const module = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : ''
  return `${isBuiltin(module) ? module.replace(/^node:/, '') : module} ${attributes?.getText() ?? ''}`
}

/** It runs nothing, so it may stand anywhere. */
function isStylesheet({ moduleSpecifier }: ts.ImportDeclaration): boolean {
  return /\.(css|scss|sass|less)$/.test((moduleSpecifier as ts.StringLiteral).text)
}

/** `const name = require('…')`, also of one member of it. */
function isRequire(statement: ts.Statement): boolean {
  if (!ts.isVariableStatement(statement)) return false
  const [declaration, ...more] = statement.declarationList.declarations
  let value = declaration?.initializer
  if (value && ts.isPropertyAccessExpression(value)) value = value.expression
  if (!value || !ts.isCallExpression(value) || more.length > 0) return false
  const { expression, arguments: given } = value
  return (
    ts.isIdentifier(expression) &&
    expression.text === 'require' &&
    given.length === 1 &&
    given.every(ts.isStringLiteralLike)
  )
}
