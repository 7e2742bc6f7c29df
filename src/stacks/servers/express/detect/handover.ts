import type { ts } from 'ts-morph'
import { resolveExpression } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'

/** Code of the host that is given the app, and what it calls the app. */
export interface Handover {
  file: string
  /** A function, or the class that keeps the app. */
  scope: ts.Node
  /** 'app', or 'this.app' in a class. */
  variable: string
  /** How the module exports the function; null when it does not, or for a class. */
  exported: string | null
}

export type HandoverCall = ts.CallExpression | ts.NewExpression

export function handsOver(sources: Sources, call: HandoverCall, receiver: string): boolean {
  return (call.arguments ?? []).some(
    (argument) => propertyHolding(sources, argument, receiver) !== null,
  )
}

/** Where a call hands a name over: `registerRoutes(app)`, `loader({ app })`, `new Routes(app)`. */
export function handoverOf(
  sources: Sources,
  file: string,
  call: HandoverCall,
  receiver: string,
): Handover | null {
  const position = (call.arguments ?? []).findIndex(
    (argument) => propertyHolding(sources, argument, receiver) !== null,
  )
  const argument = call.arguments?.[position]
  if (!argument) return null
  const property = propertyHolding(sources, argument, receiver)
  const target = calleeOf(sources, file, call.expression)
  if (!target) return null
  const { ts } = sources
  if (ts.isClassDeclaration(target.node) && ts.isNewExpression(call)) {
    const variable = fieldOf(sources, target.node, position)
    return variable === null
      ? null
      : { file: target.file, scope: target.node, variable, exported: null }
  }
  if (!ts.isFunctionLike(target.node)) return null
  const parameter = target.node.parameters[position]?.name
  const variable = parameter ? boundName(sources, parameter, property ?? '') : null
  if (variable === null) return null
  return { file: target.file, scope: target.node, variable, exported: target.exported }
}

/** '' when an argument is the name itself, the property that holds it in `{ app }`; else null. */
function propertyHolding(
  sources: Sources,
  argument: ts.Expression,
  receiver: string,
): string | null {
  const { ts } = sources
  const bare = sources.unwrap(argument)
  if (bare.getText() === receiver) return ''
  if (!ts.isObjectLiteralExpression(bare)) return null
  for (const property of bare.properties) {
    const name = property.name?.getText()
    if (name === undefined) continue
    if (ts.isShorthandPropertyAssignment(property) && name === receiver) return name
    const isAssigned = ts.isPropertyAssignment(property)
    if (isAssigned && sources.unwrap(property.initializer).getText() === receiver) return name
  }
  return null
}

/** The name that a parameter binds the value to: itself, or what it takes the property apart into. */
function boundName({ ts }: Sources, name: ts.BindingName, property: string): string | null {
  if (ts.isIdentifier(name)) return property === '' ? name.text : null
  if (!ts.isObjectBindingPattern(name)) return null
  const element = name.elements.find(
    (each) => (each.propertyName ?? each.name).getText() === property,
  )
  return element && ts.isIdentifier(element.name) ? element.name.text : null
}

/** Where a class keeps what its constructor is given: `constructor(private app: Express)`. */
function fieldOf({ ts }: Sources, owner: ts.ClassLikeDeclaration, position: number): string | null {
  const constructor = owner.members.find((member) => ts.isConstructorDeclaration(member))
  const parameter = constructor?.parameters[position]
  if (!constructor?.body || !parameter || !ts.isIdentifier(parameter.name)) return null
  const { text } = parameter.name
  if (ts.isParameterPropertyDeclaration(parameter, constructor)) return `this.${text}`
  for (const statement of constructor.body.statements) {
    if (!ts.isExpressionStatement(statement)) continue
    const { expression } = statement
    const isKept = ts.isBinaryExpression(expression) && expression.right.getText() === text
    const [, field] = isKept ? (/^this\.([\w$#]+)$/.exec(expression.left.getText()) ?? []) : []
    if (field !== undefined) return `this.${field}`
  }
  return null
}

interface Callee {
  file: string
  node: ts.Node
  exported: string | null
}

function calleeOf(sources: Sources, file: string, callee: ts.Expression): Callee | null {
  const loaded = loadedModule(sources, file, sources.unwrap(callee))
  if (loaded) return exportedCallee(sources, loaded.file, loaded.name)
  const resolved = resolveExpression(sources, file, callee)
  if (!resolved?.node) return null
  const exported =
    resolved.name === 'default' || resolved.name === ''
      ? 'default'
      : (sources.exportOf(resolved.file, resolved.name)?.name ?? null)
  return { file: resolved.file, node: resolved.node, exported }
}

function exportedCallee(sources: Sources, file: string, name: string): Callee | null {
  const meaning = sources.exportedFrom(file, name)
  const node = meaning?.kind === 'local' ? sources.valueOf(meaning.node) : null
  if (meaning?.kind !== 'local' || !node) return null
  return { file: meaning.file, node, exported: name }
}

/** `require('./x')`, `require('./x').default`, and what `await import('./x')` was kept as. */
function loadedModule(
  sources: Sources,
  file: string,
  callee: ts.Expression,
): { file: string; name: string } | null {
  const { ts } = sources
  const isMember = ts.isPropertyAccessExpression(callee)
  const holder = isMember ? sources.unwrap(callee.expression) : callee
  const name = isMember ? callee.name.text : 'default'
  const value = ts.isIdentifier(holder) && isMember ? localValue(sources, file, holder) : holder
  if (!value || !ts.isCallExpression(value)) return null
  const isLoad =
    value.expression.kind === ts.SyntaxKind.ImportKeyword ||
    value.expression.getText() === 'require'
  const [specifier] = value.arguments
  if (!isLoad || !specifier || !ts.isStringLiteralLike(specifier)) return null
  const target = sources.resolve(file, specifier.text)
  return target === null ? null : { file: target, name }
}

function localValue(sources: Sources, file: string, name: ts.Identifier): ts.Expression | null {
  const declared = sources.index(file)?.declarations.get(name.text)
  if (!declared || !sources.ts.isVariableDeclaration(declared)) return null
  return declared.initializer ? sources.unwrap(declared.initializer) : null
}
