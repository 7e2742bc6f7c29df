import type { ts as TS } from 'ts-morph'
import { requiredModule } from '../../host/source/common-js.js'
import { Miss } from '../edit-result.js'
import { bindings } from '../named-import.js'
import { unwrap, walk, type Source } from '../source.js'
import { findSetup, type AppPlace, type FunctionWithBody, type Setup } from './setup.js'

/** The one Express app of a file and where it is made. */
export interface ExpressApp {
  /** How code refers to it where it is made: 'app' or 'this.app'. */
  expression: string
  /** The statement that makes it; null for a class property's initializer. */
  created: TS.Statement | null
  /** Set when it is a class property. */
  owner: TS.ClassLikeDeclaration | null
  /** The function that is given the app, where the file does not make it. */
  setup: FunctionWithBody | null
  /** What is known of the functions that the file gives the app to. */
  setups: Setup[]
}

type Made = Pick<ExpressApp, 'expression' | 'created' | 'owner'>

/**
 * Finds the app.
 * @throws Miss when there is none, or more than one.
 */
export function findApp(
  source: Source,
  { variable, setup, setups = [] }: AppPlace = {},
): ExpressApp {
  if (setup === undefined) return { ...madeApp(source, variable), setup: null, setups }
  const expression = variable ?? 'app'
  const given = findSetup(source, setup, expression)
  return { expression, created: null, owner: null, setup: given, setups }
}

function madeApp(source: Source, variable: string | undefined): Made {
  const made = expressCalls(source).map((call) => readCreation(source, call))
  const wanted = variable?.replace(/^this\./, '')
  const apps = made.filter((app) => app !== 'chained' && app !== 'unknown')
  const named = wanted
    ? apps.filter((app) => app.expression.replace(/^this\./, '') === wanted)
    : apps
  const [only] = named
  if (only && named.length === 1 && (wanted || made.length === 1)) return only
  if (named.length > 1 || made.length > 1) {
    throw new Miss('ambiguous', 'The file makes more than one Express app.')
  }
  if (made.includes('chained')) {
    throw new Miss('chained_app', 'The app is made and set up in one chained expression.')
  }
  const imported = made.length === 0 && wanted ? appOfAnotherFile(source, wanted) : null
  if (imported) return imported
  throw new Miss('anchor_not_found', 'The file makes no Express app that could be found.')
}

/**
 * An app that is made in another file and set up in this one, from the statement on that gives it
 * its name here: an import, or the call of what makes it. `name` may be a member: 'socket.app'.
 */
function appOfAnotherFile(source: Source, name: string): Made | null {
  const { ts, file } = source
  const [root = ''] = name.split('.')
  const imported = file.statements.find(
    (statement) =>
      ts.isImportDeclaration(statement) &&
      new RegExp(`\\b${root}\\b`).test(statement.importClause?.getText(file) ?? ''),
  )
  if (imported) return { expression: name, created: imported, owner: null }
  const declared: TS.VariableStatement[] = []
  walk(ts, file, (node) => {
    if (ts.isVariableStatement(node) && declares(source, node, root)) declared.push(node)
  })
  const [created, ...others] = declared
  return created && others.length === 0 ? { expression: name, created, owner: null } : null
}

function declares({ ts }: Source, statement: TS.VariableStatement, name: string): boolean {
  return statement.declarationList.declarations.some(({ name: bound }) =>
    ts.isIdentifier(bound)
      ? bound.text === name
      : bound.elements.some((each) => ts.isBindingElement(each) && each.name.getText() === name),
  )
}

function expressCalls(source: Source): TS.CallExpression[] {
  const { ts, file } = source
  const names = new Set(
    bindings(source)
      .filter((each) => each.from === 'express' && ['default', '*'].includes(each.imported))
      .map((each) => each.local),
  )
  const calls: TS.CallExpression[] = []
  walk(ts, file, (node) => {
    if (!ts.isCallExpression(node)) return
    const { expression } = node
    const isNamed = ts.isIdentifier(expression) && names.has(expression.text)
    if (isNamed || requiredModule(ts, expression) === 'express') calls.push(node)
  })
  return calls
}

function readCreation(source: Source, call: TS.CallExpression): Made | 'chained' | 'unknown' {
  const { ts } = source
  let value: TS.Expression = call
  while (ts.isExpression(value.parent) && unwrap(ts, value.parent) === call) value = value.parent
  const holder = value.parent
  if (ts.isPropertyAccessExpression(holder)) return 'chained'
  if (ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name)) {
    const created = holder.parent.parent
    if (!ts.isVariableStatement(created)) return 'unknown'
    return { expression: holder.name.text, created, owner: null }
  }
  if (ts.isPropertyDeclaration(holder) && ts.isClassLike(holder.parent)) {
    return {
      expression: `this.${holder.name.getText(source.file)}`,
      created: null,
      owner: holder.parent,
    }
  }
  if (!ts.isBinaryExpression(holder) || !ts.isExpressionStatement(holder.parent)) return 'unknown'
  const created = holder.parent
  if (ts.isIdentifier(holder.left)) return { expression: holder.left.text, created, owner: null }
  const owner = enclosingClass(source, created)
  if (!owner || !/^this\.[\w$#]+$/.test(holder.left.getText(source.file))) return 'unknown'
  return { expression: holder.left.getText(source.file), created, owner }
}

function enclosingClass({ ts }: Source, node: TS.Node): TS.ClassLikeDeclaration | null {
  let each: TS.Node | undefined = node.parent
  while (each && !ts.isClassLike(each)) each = each.parent
  return each ?? null
}
