import type { ts as TS } from 'ts-morph'
import { oncePerFile, unwrap, walk, type Source } from '../source.js'
import type { ExpressApp } from './express-app.js'
import { eventsIn, isApp, type MountEvent } from './mount-events.js'
import { hasBody, type FunctionWithBody, type Setup } from './setup.js'

/** A statement that runs after the app is made, and what it does to the app. */
export interface Step {
  statement: TS.Statement
  /** How the app is called there: a function that is given the app has a name of its own for it. */
  app: string
  events: MountEvent[]
}

export interface Execution {
  /** In the order they run. The statement that makes the app is not among them. */
  steps: Step[]
  /** Mounts stand in functions whose time of running cannot be told. */
  detached: boolean
}

/**
 * The statements after the app's creation in the order they run: into blocks, `try`, and the
 * file's own functions and methods that set up the app, when they are called exactly once.
 */
export function readExecution(source: Source, app: ExpressApp): Execution {
  const { ts } = source
  const steps: Step[] = []
  const inlined = new Set<TS.Node>()

  const follow = (statement: TS.Statement, name: string, depth: number): void => {
    const block = ts.isTryStatement(statement) ? statement.tryBlock : statement
    if (ts.isBlock(block)) {
      block.statements.forEach((each) => follow(each, name, depth))
      return
    }
    const callee = depth < 5 ? setupCall(source, statement, name, app) : null
    if (callee && !inlined.has(callee.body)) {
      inlined.add(callee.body)
      callee.body.body.statements.forEach((each) => follow(each, callee.app, depth + 1))
      return
    }
    steps.push({ statement, app: name, events: ownEvents(source, statement, name, app.setups) })
  }

  const start = firstStatements(source, app)
  start.statements.forEach((statement) => follow(statement, app.expression, 0))
  const unmet = () => detachedFunctions(source, app, start.scope, inlined)
  const entry = app.owner ? soleEntry(source, app.owner, unmet()) : null
  if (entry) {
    inlined.add(entry)
    entry.body.statements.forEach((statement) => follow(statement, app.expression, 1))
  }
  return { steps, detached: unmet().length > 0 }
}

function firstStatements(
  source: Source,
  app: ExpressApp,
): { scope: TS.Node; statements: readonly TS.Statement[] } {
  const { ts } = source
  if (app.setup) return { scope: app.setup, statements: app.setup.body.statements }
  if (app.created) {
    const block = app.created.parent as TS.Block | TS.SourceFile
    const after = block.statements.indexOf(app.created) + 1
    return { scope: app.owner ?? block, statements: block.statements.slice(after) }
  }
  const constructor = app.owner?.members.find((member) => ts.isConstructorDeclaration(member))
  return { scope: app.owner ?? source.file, statements: constructor?.body?.statements ?? [] }
}

/** A declaration of a function does nothing by itself. */
function ownEvents(
  source: Source,
  statement: TS.Statement,
  app: string,
  setups: Setup[],
): MountEvent[] {
  const { ts } = source
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return []
  if (ts.isVariableStatement(statement)) {
    const values = statement.declarationList.declarations.map((each) => each.initializer)
    if (values.every((value) => value && ts.isFunctionLike(value))) return []
  }
  return eventsIn(source, statement, app, setups)
}

/** The function of this file that a statement calls to set up the app, and its name for the app. */
function setupCall(
  source: Source,
  statement: TS.Statement,
  name: string,
  app: ExpressApp,
): { body: FunctionWithBody; app: string } | null {
  const { ts } = source
  const expression = evaluated(source, statement)
  const call = expression && innermostCall(source, expression)
  if (!call) return null
  const callee = unwrap(ts, call.expression)
  const body = hasBody(source, callee) ? callee : ownFunction(source, callee, app)
  if (!body) return null
  const position = call.arguments.findIndex((argument) => isApp(source, argument, name))
  if (position === -1) return mentions(source, body, name) ? { body, app: name } : null
  const parameter = body.parameters[position]?.name
  return parameter && ts.isIdentifier(parameter) ? { body, app: parameter.text } : null
}

/** What a statement does, also where it keeps what comes of it: `export const ready = start()`. */
function evaluated({ ts }: Source, statement: TS.Statement): TS.Expression | null {
  if (ts.isExpressionStatement(statement)) return statement.expression
  if (!ts.isVariableStatement(statement)) return null
  const [declaration, ...others] = statement.declarationList.declarations
  return others.length === 0 ? (declaration?.initializer ?? null) : null
}

/** `start()` of `await start()` and `start().catch(…)`. */
function innermostCall({ ts }: Source, expression: TS.Expression): TS.CallExpression | null {
  const node = unwrap(ts, expression)
  if (!ts.isCallExpression(node)) return null
  const { expression: callee } = node
  if (ts.isPropertyAccessExpression(callee) && /^(catch|then|finally)$/.test(callee.name.text)) {
    return innermostCall({ ts } as Source, callee.expression)
  }
  return node
}

function ownFunction(
  source: Source,
  callee: TS.Expression,
  app: ExpressApp,
): FunctionWithBody | null {
  const { ts, file } = source
  if (
    ts.isPropertyAccessExpression(callee) &&
    callee.expression.kind === ts.SyntaxKind.ThisKeyword
  ) {
    const method = app.owner?.members
      .filter((member) => member.name?.getText(file) === callee.name.text)
      .map((member) => methodOf(source, member))
      .find((each) => each !== null)
    if (!method || calls(source, callee.getText(file)) !== 1) return null
    return method
  }
  if (!ts.isIdentifier(callee) || calls(source, callee.text) !== 1) return null
  const found = namedFunctions(source).get(callee.text) ?? []
  return found.length === 1 ? (found[0] ?? null) : null
}

/** A method, also one that is a property: `routes = () => { … }`. */
function methodOf(source: Source, member: TS.ClassElement): FunctionWithBody | null {
  const { ts } = source
  if (hasBody(source, member)) return member
  const value = ts.isPropertyDeclaration(member) && member.initializer
  return value && hasBody(source, value) ? value : null
}

/** The functions that the file declares, or keeps in a variable, by name. */
const namedFunctions = oncePerFile((source): Map<string, FunctionWithBody[]> => {
  const { ts, file } = source
  const functions = new Map<string, FunctionWithBody[]>()
  walk(ts, file, (node) => {
    const isVariable = ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)
    const made = isVariable ? node.initializer : ts.isFunctionDeclaration(node) ? node : undefined
    const name = isVariable || ts.isFunctionDeclaration(node) ? node.name?.getText(file) : undefined
    if (name === undefined || !made || !hasBody(source, made)) return
    functions.set(name, [...(functions.get(name) ?? []), made])
  })
  return functions
})

function calls(source: Source, callee: string): number {
  return callCounts(source).get(callee) ?? 0
}

/** How often each function is called that has a plain name: `mountAll`, `this.mountAll`. */
const callCounts = oncePerFile((source): Map<string, number> => {
  const { ts, file } = source
  const counts = new Map<string, number>()
  walk(ts, file, (node) => {
    if (!ts.isCallExpression(node)) return
    const { expression } = node
    const isMethod =
      ts.isPropertyAccessExpression(expression) &&
      expression.expression.kind === ts.SyntaxKind.ThisKeyword
    if (!isMethod && !ts.isIdentifier(expression)) return
    const callee = expression.getText(file)
    counts.set(callee, (counts.get(callee) ?? 0) + 1)
  })
  return counts
})

function mentions(source: Source, body: TS.Node, app: string): boolean {
  let found = false
  walk(source.ts, body, (node) => {
    if (isApp(source, node, app)) found = true
  })
  return found
}

/** Functions that mount something on the app but were not met on the way. */
function detachedFunctions(
  source: Source,
  app: ExpressApp,
  scope: TS.Node,
  inlined: Set<TS.Node>,
): FunctionWithBody[] {
  const { ts } = source
  const found: FunctionWithBody[] = []
  const look = (node: TS.Node): void => {
    ts.forEachChild(node, (child) => {
      if (!hasBody(source, child)) return look(child)
      if (ts.isConstructorDeclaration(child) || inlined.has(child)) return
      const named = ts.isFunctionDeclaration(child) || ts.isMethodDeclaration(child)
      const assigned =
        ts.isVariableDeclaration(child.parent) || ts.isPropertyDeclaration(child.parent)
      if (named || assigned) {
        const events = eventsIn(source, child.body, app.expression, app.setups)
        if (events.some(mounts)) found.push(child)
      } else look(child)
    })
  }
  look(scope)
  return found
}

function mounts({ kind }: MountEvent): boolean {
  return !['listen', 'returned', 'exported', 'harmless'].includes(kind)
}

/** The one method, called from outside the class, that leads to all of the mounting ones. */
function soleEntry(
  source: Source,
  owner: TS.ClassLikeDeclaration,
  mounting: FunctionWithBody[],
): FunctionWithBody | null {
  const { ts, file } = source
  const named = new Map<string, FunctionWithBody>()
  for (const member of owner.members) {
    const method = ts.isConstructorDeclaration(member) ? null : methodOf(source, member)
    if (method && member.name) named.set(member.name.getText(file), method)
  }
  const methods = [...named.values()]
  const called = (from: TS.Node): FunctionWithBody[] => {
    const names = from.getText(file).matchAll(/\bthis\.([\w$#]+)\(/g)
    return [...new Set([...names].map(([, name = '']) => name))].flatMap(
      (name) => named.get(name) ?? [],
    )
  }
  const leads = (from: FunctionWithBody, seen: Set<TS.Node> = new Set()): boolean => {
    if (seen.has(from)) return false
    seen.add(from)
    return mounting.includes(from) || called(from.body).some((each) => leads(each, seen))
  }
  const callers = new Map<TS.Node, Set<TS.Node>>()
  for (const each of owner.members) {
    for (const method of called(each)) {
      callers.set(method, (callers.get(method) ?? new Set()).add(methodOf(source, each) ?? each))
    }
  }
  const entries = methods.filter((method) => {
    const isCalled = [...(callers.get(method) ?? [])].some((each) => each !== method)
    return !isCalled && leads(method)
  })
  return entries.length === 1 ? (entries[0] ?? null) : null
}
