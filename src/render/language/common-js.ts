import type { ts as TS } from 'ts-morph'
import { ts } from '../../syntax.js'
import { spliced, type Splice } from './splice.js'

/** The names that a module exports by one name and has by another. */
type Exported = Map<string, string>

/**
 * An ES module of JavaScript as a CommonJS one, written as a person would: `require` where the
 * imports stood, and one `module.exports` at the end, which Node reads the names from. It knows
 * the forms that the templates have.
 *
 * @throws for an import or export of another form
 */
export function toCommonJs(text: string, path: string): string {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JSX)
  const exported: Exported = new Map()
  const splices = file.statements.flatMap((node) => rewritten(file, node, exported))
  const body = spliced(text, [...splices, ...laterImports(file)])
  return exported.size === 0 ? body : `${body.trimEnd()}\n\n${exportsOf(exported)}\n`
}

function rewritten(file: TS.SourceFile, node: TS.Statement, exported: Exported): Splice[] {
  if (ts.isImportDeclaration(node)) return [replacing(file, node, requires(file, node))]
  if (ts.isExportDeclaration(node)) return [replacing(file, node, passedOn(file, node, exported))]
  if (ts.isExportAssignment(node)) {
    return [replacing(file, node, `module.exports = ${node.expression.getText(file)}`)]
  }
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : []
  const [exporting, byDefault] = modifiers
  if (exporting?.kind !== ts.SyntaxKind.ExportKeyword) return []
  if (byDefault?.kind === ts.SyntaxKind.DefaultKeyword) {
    throw unknown(file, node)
  }
  for (const name of declaredNames(file, node)) exported.set(name, name)
  const start = exporting.getStart(file)
  return [{ start, end: exporting.end + 1, text: '' }]
}

function replacing(file: TS.SourceFile, node: TS.Node, text: string): Splice {
  return { start: node.getStart(file), end: node.end, text }
}

function requires(file: TS.SourceFile, node: TS.ImportDeclaration): string {
  const required = `require(${node.moduleSpecifier.getText(file)})`
  const clause = node.importClause
  if (!clause) return required
  const { name, namedBindings } = clause
  const lines: string[] = []
  if (name) lines.push(`const ${name.text} = ${required}`)
  if (namedBindings && ts.isNamespaceImport(namedBindings)) {
    lines.push(`const ${namedBindings.name.text} = ${required}`)
  } else if (namedBindings) {
    const names = namedBindings.elements.map(bound)
    // The package that came by name just above is not required twice.
    lines.push(`const { ${names.join(', ')} } = ${name ? name.text : required}`)
  }
  return lines.join('\n')
}

function bound({ name, propertyName }: TS.ImportSpecifier | TS.ExportSpecifier): string {
  return propertyName ? `${propertyName.text}: ${name.text}` : name.text
}

/** `export { a } from './m'` and `export { a, b as c }` */
function passedOn(file: TS.SourceFile, node: TS.ExportDeclaration, exported: Exported): string {
  const { exportClause, moduleSpecifier } = node
  if (!exportClause || !ts.isNamedExports(exportClause)) throw unknown(file, node)
  const from = moduleSpecifier
  for (const { name, propertyName } of exportClause.elements) {
    exported.set(name.text, from ? name.text : (propertyName ?? name).text)
  }
  if (!from) return ''
  return `const { ${exportClause.elements.map(bound).join(', ')} } = require(${from.getText(file)})`
}

function declaredNames(file: TS.SourceFile, node: TS.Statement): string[] {
  if (ts.isVariableStatement(node)) {
    return node.declarationList.declarations.map(({ name }) => {
      if (!ts.isIdentifier(name)) throw unknown(file, node)
      return name.text
    })
  }
  if (!ts.isFunctionDeclaration(node) && !ts.isClassDeclaration(node)) throw unknown(file, node)
  return node.name ? [node.name.text] : []
}

function exportsOf(exported: Exported): string {
  const names = [...exported].map(([name, local]) => (name === local ? name : `${name}: ${local}`))
  return `module.exports = { ${names.join(', ')} }`
}

/** `(await import('./m')).default` is `require('./m')`, which no ending has to be written for. */
function laterImports(file: TS.SourceFile): Splice[] {
  const found: Splice[] = []
  const visit = (node: TS.Node): void => {
    if (ts.isAwaitExpression(node) && isOwnImport(node.expression)) {
      const outer = ts.isParenthesizedExpression(node.parent) ? node.parent : node
      const { parent } = outer
      const isDefault = ts.isPropertyAccessExpression(parent) && parent.name.text === 'default'
      const specifier = node.expression.arguments[0]?.getText(file) ?? ''
      found.push(replacing(file, isDefault ? parent : outer, `require(${specifier})`))
      return
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** Of a module of the app. What a package gives may be an ES module, and stays as it is. */
function isOwnImport(node: TS.Expression): node is TS.CallExpression {
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword)
    return false
  const [specifier] = node.arguments
  return specifier !== undefined && ts.isStringLiteral(specifier) && specifier.text.startsWith('.')
}

function unknown(file: TS.SourceFile, node: TS.Node): Error {
  return new Error(`${file.fileName} has a form that has no CommonJS yet: ${node.getText(file)}`)
}
