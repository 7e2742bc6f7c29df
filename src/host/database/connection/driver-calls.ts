import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../context.js'
import { reachable } from '../../source/import-graph.js'
import type { Sources } from '../../source/sources.js'
import type { DetectedServer } from '../../../stacks/servers/stack.js'

/** A call or `new` of something that a package exports. */
export interface DriverCall {
  file: string
  node: ts.CallExpression | ts.NewExpression
}

interface Wanted {
  packages: string[]
  /** Exported names that are looked for; 'default' for the package itself. */
  names: string[]
}

/** Modules in which a connection is likely to be made come before their siblings. */
export const LIKELY =
  /(^|[/_.-])(db|database|pool|pg|postgres|connection|sql|orm|data-?source|knex|sequelize|models?)([/_.-]|$)/i
const USUAL_FILES = ['db', 'db/index', 'database', 'database/index', 'lib/db', 'config/db']

/** Where the server's code calls a driver, the modules nearest to its entries first. */
export function driverCalls(
  { sources, files }: DetectionContext,
  server: DetectedServer,
  wanted: Wanted,
): DriverCall[] {
  const found: DriverCall[] = []
  const seen = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    const text = files.read(file) ?? ''
    if (!wanted.packages.some((name) => text.includes(name))) return
    found.push(...callsIn(sources, file, wanted))
  }
  for (const file of reachable(sources, { from: server.entries, likely: LIKELY })) visit(file)
  if (found.length > 0) return found
  for (const name of USUAL_FILES) {
    for (const ending of ['.ts', '.js', '.mjs', '.cjs']) {
      const path = `${server.profile.dir.value}/${name}${ending}`.replace(/^\//, '')
      if (files.isFile(path)) visit(path)
    }
  }
  return found
}

/** The same in one module. */
export function callsIn(sources: Sources, file: string, wanted: Wanted): DriverCall[] {
  const { ts } = sources
  const source = sources.parse(file)
  if (!source) return []
  const imports = packageNames(sources, source, wanted.packages)
  const calls: DriverCall[] = []
  sources.walk(source, (node) => {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return
    const name = exportedName(sources, imports, wanted.packages, node.expression)
    if (name !== null && wanted.names.includes(name)) calls.push({ file, node })
  })
  return calls
}

/** Local name → name that the package exports it by; 'default' for the whole package. */
function packageNames(
  sources: Sources,
  source: ts.SourceFile,
  packages: string[],
): Map<string, string> {
  const { ts } = sources
  const names = new Map<string, string>()
  sources.walk(source, (node) => {
    if (ts.isImportDeclaration(node) && isOf(sources, node.moduleSpecifier, packages)) {
      addImport(sources, names, node.importClause)
      return 'skip'
    }
    if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
      if (isOf(sources, node.moduleReference.expression, packages))
        names.set(node.name.text, 'default')
    }
    if (!ts.isVariableDeclaration(node) || !node.initializer) return undefined
    const origin = exportedName(sources, names, packages, node.initializer)
    if (origin !== null) bind(sources, names, node.name, origin)
    return undefined
  })
  return names
}

function addImport(
  { ts }: Sources,
  names: Map<string, string>,
  clause: ts.ImportClause | undefined,
): void {
  if (clause?.name) names.set(clause.name.text, 'default')
  const bindings = clause?.namedBindings
  if (!bindings) return
  if (ts.isNamespaceImport(bindings)) names.set(bindings.name.text, 'default')
  else {
    for (const { name, propertyName } of bindings.elements) {
      names.set(name.text, (propertyName ?? name).text)
    }
  }
}

/** `const pg = require('pg')`, `const { Pool } = pg`, `const { default: knex } = require('knex')` */
function bind(
  { ts }: Sources,
  names: Map<string, string>,
  name: ts.BindingName,
  origin: string,
): void {
  if (ts.isIdentifier(name)) {
    if (!names.has(name.text)) names.set(name.text, origin)
  } else if (ts.isObjectBindingPattern(name) && origin === 'default') {
    for (const element of name.elements) {
      if (!ts.isIdentifier(element.name)) continue
      names.set(element.name.text, (element.propertyName ?? element.name).getText())
    }
  }
}

/** What of a package an expression is: `Pool`, `pg.Pool`, `require('knex')`, `pgPromise(options)`. */
function exportedName(
  sources: Sources,
  names: Map<string, string>,
  packages: string[],
  expression: ts.Expression,
): string | null {
  const { ts } = sources
  const node = sources.unwrap(expression)
  if (ts.isIdentifier(node)) return names.get(node.text) ?? null
  if (ts.isPropertyAccessExpression(node)) {
    const holder = exportedName(sources, names, packages, node.expression)
    if (holder !== 'default') return null
    return node.name.text
  }
  if (!ts.isCallExpression(node)) return null
  const [argument] = node.arguments
  if (node.expression.getText() === 'require' && argument) {
    return isOf(sources, argument, packages) ? 'default' : null
  }
  // What the package's function gives: pg-promise is called once for itself, once for a database.
  return exportedName(sources, names, packages, node.expression) === 'default' ? 'made' : null
}

function isOf({ ts }: Sources, specifier: ts.Node, packages: string[]): boolean {
  if (!ts.isStringLiteralLike(specifier)) return false
  const { text } = specifier
  return packages.some((name) => text === name || text.startsWith(`${name}/`))
}
