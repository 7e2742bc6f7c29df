import type { ts } from 'ts-morph'
import { addAssignedExports, addProperties, addRequires, addWhole } from './common-js.js'
import { walk } from './walk.js'

/** What one module declares, imports and exports, by name. */
export interface ModuleIndex {
  /** Variables, functions, classes, interfaces and types, also those inside functions. */
  declarations: Map<string, Declaration>
  /** `*` is the module as a whole: `import * as x`, and `x = require('…')`. */
  imports: Map<string, { specifier: string; imported: string }>
  /** Exported name → the local name, the code itself, or the module it is passed on from. */
  exports: Map<
    string,
    { local: string } | { node: ts.Node } | { specifier: string; imported: string }
  >
  /** Modules passed on whole. */
  stars: string[]
  /** What `export default` or `module.exports` gives, when it is an expression or has no name. */
  defaultExport: ts.Node | null
  /** The module as a whole is assigned: `module.exports = …`, `export = …`. */
  isAssigned: boolean
}

export type Declaration =
  | ts.VariableDeclaration
  | ts.FunctionDeclaration
  | ts.ClassDeclaration
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration

export function indexModule(source: ts.SourceFile, compiler: typeof ts): ModuleIndex {
  const index: ModuleIndex = {
    declarations: new Map(),
    imports: new Map(),
    exports: new Map(),
    stars: [],
    defaultExport: null,
    isAssigned: false,
  }
  for (const statement of source.statements) {
    if (compiler.isImportDeclaration(statement)) addImports(statement, index, compiler)
    else if (compiler.isExportDeclaration(statement)) addExports(statement, index, compiler)
    else if (compiler.isExportAssignment(statement)) addDefault(statement, index, compiler)
    else if (compiler.isImportEqualsDeclaration(statement)) {
      addImportEquals(statement, index, compiler)
    } else {
      if (compiler.isVariableStatement(statement)) addRequires(statement, index, compiler)
      addAssignedExports(statement, index, compiler)
      addExportedDeclarations(statement, index, compiler)
    }
  }
  addDeclarations(source, index, compiler)
  addExportsOfDefault(index, compiler)
  return index
}

/** `import x = require('m')` */
function addImportEquals(
  { name, moduleReference }: ts.ImportEqualsDeclaration,
  index: ModuleIndex,
  compiler: typeof ts,
): void {
  if (!compiler.isExternalModuleReference(moduleReference)) return
  const { expression } = moduleReference
  if (!compiler.isStringLiteral(expression)) return
  index.imports.set(name.text, { specifier: expression.text, imported: '*' })
}

/** `const api = { … }; module.exports = api` exports what is in it. */
function addExportsOfDefault(index: ModuleIndex, compiler: typeof ts): void {
  const whole = index.exports.get('default')
  if (!index.isAssigned || !whole || !('local' in whole)) return
  const declared = index.declarations.get(whole.local)
  if (!declared || !compiler.isVariableDeclaration(declared) || !declared.initializer) return
  if (!compiler.isObjectLiteralExpression(declared.initializer)) return
  addProperties(declared.initializer, index, compiler)
}

function addImports(node: ts.ImportDeclaration, index: ModuleIndex, compiler: typeof ts): void {
  if (!compiler.isStringLiteral(node.moduleSpecifier) || !node.importClause) return
  const specifier = node.moduleSpecifier.text
  const { name, namedBindings } = node.importClause
  if (name) index.imports.set(name.text, { specifier, imported: 'default' })
  if (!namedBindings) return
  if (compiler.isNamespaceImport(namedBindings)) {
    index.imports.set(namedBindings.name.text, { specifier, imported: '*' })
    return
  }
  for (const element of namedBindings.elements) {
    const imported = (element.propertyName ?? element.name).text
    index.imports.set(element.name.text, { specifier, imported })
  }
}

function addExports(node: ts.ExportDeclaration, index: ModuleIndex, compiler: typeof ts): void {
  const from = node.moduleSpecifier
  const specifier = from && compiler.isStringLiteral(from) ? from.text : null
  if (!node.exportClause) {
    if (specifier !== null) index.stars.push(specifier)
    return
  }
  if (!compiler.isNamedExports(node.exportClause)) return
  for (const element of node.exportClause.elements) {
    const local = (element.propertyName ?? element.name).text
    index.exports.set(
      element.name.text,
      specifier === null ? { local } : { specifier, imported: local },
    )
  }
}

function addDefault(node: ts.ExportAssignment, index: ModuleIndex, compiler: typeof ts): void {
  if (node.isExportEquals) {
    addWhole(node.expression, index, compiler)
    return
  }
  if (compiler.isIdentifier(node.expression)) {
    index.exports.set('default', { local: node.expression.text })
  } else {
    index.defaultExport = node.expression
  }
}

function addExportedDeclarations(
  node: ts.Statement,
  index: ModuleIndex,
  compiler: typeof ts,
): void {
  const modifiers = compiler.canHaveModifiers(node) ? (compiler.getModifiers(node) ?? []) : []
  const has = (kind: ts.SyntaxKind) => modifiers.some((modifier) => modifier.kind === kind)
  if (!has(compiler.SyntaxKind.ExportKeyword)) return
  if (compiler.isVariableStatement(node)) {
    for (const { name } of node.declarationList.declarations) {
      if (compiler.isIdentifier(name)) index.exports.set(name.text, { local: name.text })
    }
    return
  }
  if (!compiler.isFunctionDeclaration(node) && !compiler.isClassDeclaration(node)) {
    if (compiler.isInterfaceDeclaration(node) || compiler.isTypeAliasDeclaration(node)) {
      index.exports.set(node.name.text, { local: node.name.text })
    }
    return
  }
  const isDefault = has(compiler.SyntaxKind.DefaultKeyword)
  if (node.name)
    index.exports.set(isDefault ? 'default' : node.name.text, { local: node.name.text })
  else index.defaultExport = node
}

function addDeclarations(node: ts.Node, index: ModuleIndex, compiler: typeof ts): void {
  walk(compiler, node, (child) => {
    const isNamed =
      compiler.isVariableDeclaration(child) ||
      compiler.isFunctionDeclaration(child) ||
      compiler.isClassDeclaration(child) ||
      compiler.isInterfaceDeclaration(child) ||
      compiler.isTypeAliasDeclaration(child)
    if (isNamed && child.name && compiler.isIdentifier(child.name)) {
      const name = child.name.text
      // Breadth matters: a module's own declaration comes before one of the same name deeper in.
      if (!index.declarations.has(name) || isTopLevel(child, compiler)) {
        index.declarations.set(name, child)
      }
    }
  })
}

function isTopLevel(node: Declaration, compiler: typeof ts): boolean {
  const holder = compiler.isVariableDeclaration(node) ? node.parent.parent.parent : node.parent
  return compiler.isSourceFile(holder)
}
