import type { ts } from 'ts-morph'
import type { AppSource } from '../../../../types.js'
import { requiredModule } from '../../../../host/source/common-js.js'
import type { Sources } from '../../../../host/source/sources.js'

export interface ExpressApp {
  file: string
  /** 'app' or 'this.app'. */
  variable: string
  node: ts.CallExpression
}

/** Every call of `express()` in a file whose result is kept under a name. */
export function expressAppsIn(sources: Sources, file: string): ExpressApp[] {
  return expressCallsIn(sources, file).flatMap((node) => {
    const variable = holderOf(sources, node)
    return variable === null ? [] : [{ file, variable, node }]
  })
}

/** Every call of `express()` in a file, also of an app without a name: `express().use(…)`. */
export function expressCallsIn(sources: Sources, file: string): ts.CallExpression[] {
  const source = sources.parse(file)
  const calls: ts.CallExpression[] = []
  if (!source) return calls
  sources.walk(source, (node) => {
    if (isExpressCall(sources, file, node)) calls.push(node)
  })
  return calls
}

export function isExpressCall(
  sources: Sources,
  file: string,
  node: ts.Node,
): node is ts.CallExpression {
  const { ts } = sources
  if (!ts.isCallExpression(node)) return false
  if (requiredModule(ts, node.expression) === 'express') return true
  if (!ts.isIdentifier(node.expression)) return false
  const imported = sources.index(file)?.imports.get(node.expression.text)
  return (
    imported?.specifier === 'express' && ['default', 'express', '*'].includes(imported.imported)
  )
}

function holderOf(sources: Sources, call: ts.CallExpression): string | null {
  const { ts } = sources
  let node: ts.Node = call
  while (ts.isExpression(node.parent) && sources.unwrap(node.parent) === call) node = node.parent
  const { parent } = node
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return parent.name.text
  if (ts.isPropertyDeclaration(parent)) return `this.${parent.name.getText()}`
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    return parent.left.getText()
  }
  return null
}

/** How another module gets the app without starting to listen; null when it cannot. */
export function exportedApp(sources: Sources, app: ExpressApp): AppSource['exported'] {
  const { ts } = sources
  const source = sources.parse(app.file)
  if (!source || listensOnImport(sources, source)) return null
  const maker = enclosingFunction(sources, app.node)
  if (!maker) {
    const exported = sources.exportOf(app.file, app.variable)
    return exported && { ...exported, kind: 'instance' }
  }
  const name = functionName(sources, maker)
  const isAsync = maker.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
  const needsArguments = maker.parameters.some(
    (parameter) => !parameter.questionToken && !parameter.initializer,
  )
  if (isAsync || needsArguments || !returnsApp(sources, maker, app)) return null
  const exported = sources.exportOf(app.file, name ?? '')
  if (exported) return { ...exported, kind: 'factory' }
  const byDefault = sources.index(app.file)?.defaultExport
  if (byDefault === maker) return { name: name ?? 'createApp', kind: 'factory', default: true }
  return name === null ? null : exportedResult(sources, app.file, name)
}

/** `export const app = createApp()`, where only the result is exported. */
function exportedResult(sources: Sources, file: string, maker: string): AppSource['exported'] {
  const { ts } = sources
  const index = sources.index(file)
  const isResult = (node: ts.Node | null) =>
    node !== null && ts.isCallExpression(node) && node.expression.getText() === maker
  if (index?.defaultExport && isResult(sources.valueOf(index.defaultExport))) {
    return { name: 'app', kind: 'instance', default: true }
  }
  for (const [name, node] of index?.declarations ?? []) {
    if (!ts.isVariableDeclaration(node) || !isResult(sources.valueOf(node))) continue
    const exported = sources.exportOf(file, name)
    if (exported) return { ...exported, kind: 'instance' }
  }
  return null
}

export function enclosingFunction(
  sources: Sources,
  node: ts.Node,
): ts.FunctionLikeDeclaration | null {
  const { ts } = sources
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isFunctionDeclaration(at) || ts.isArrowFunction(at) || ts.isFunctionExpression(at)) {
      return at
    }
    if (ts.isMethodDeclaration(at) || ts.isConstructorDeclaration(at)) return at
  }
  return null
}

function functionName(sources: Sources, node: ts.FunctionLikeDeclaration): string | null {
  if (node.name && sources.ts.isIdentifier(node.name)) return node.name.text
  const { parent } = node
  const isVariable =
    sources.ts.isVariableDeclaration(parent) && sources.ts.isIdentifier(parent.name)
  return isVariable ? parent.name.getText() : null
}

function returnsApp(sources: Sources, maker: ts.FunctionLikeDeclaration, app: ExpressApp): boolean {
  // A maker that listens as well is a start script, whatever it returns.
  if (/\.listen\s*\(/.test(maker.getText())) return false
  let returns = false
  sources.walk(maker, (node) => {
    if (!sources.ts.isReturnStatement(node) || !node.expression) return
    if (enclosingFunction(sources, node) !== maker) return
    if (sources.unwrap(node.expression).getText() === app.variable) returns = true
  })
  return returns
}

/** Code that runs when the module is imported, and starts listening. */
function listensOnImport(sources: Sources, source: ts.SourceFile): boolean {
  const { ts } = sources
  const starters = new Set<string>()
  let listens = false
  const visit = (node: ts.Node) => {
    if (ts.isIfStatement(node) && isGuard(node.expression.getText())) return 'skip'
    if (ts.isFunctionLike(node)) {
      if (!/\.listen\s*\(/.test(node.getText())) return 'skip'
      const name = functionName(sources, node as ts.FunctionLikeDeclaration)
      if (name !== null) starters.add(name)
      // A nameless function among a call's arguments runs when what it waits for is there.
      const runs = ts.isCallExpression(node.parent) || ts.isParenthesizedExpression(node.parent)
      if (name !== null || !runs) return 'skip'
    }
    if (ts.isCallExpression(node)) {
      const { expression } = node
      if (ts.isPropertyAccessExpression(expression) && expression.name.text === 'listen') {
        listens = true
      }
      if (ts.isIdentifier(expression) && starters.has(expression.text)) listens = true
    }
    return undefined
  }
  // Twice, since a function may be called above the place where it is declared.
  sources.walk(source, visit)
  sources.walk(source, visit)
  return listens
}

function isGuard(condition: string): boolean {
  return /NODE_ENV|VITEST|JEST|process\.argv|require\.main|import\.meta/.test(condition)
}
