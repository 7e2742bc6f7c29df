import type { ts } from 'ts-morph'
import { propertyOf, resolveExpression } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'

const MAX_HOPS = 6
const NAME = /^[A-Z][A-Z0-9_]*$/

/**
 * The environment variable an expression's value comes from, followed through the host's
 * configuration: `process.env.DATABASE_URL`, `config.databaseUrl`, `required('DATABASE_URL')`.
 */
export function environmentVariable(
  sources: Sources,
  file: string,
  expression: ts.Node,
  hops = MAX_HOPS,
): string | null {
  const { ts } = sources
  const node = ts.isExpression(expression) ? sources.unwrap(expression) : expression
  const direct = read(sources, node)
  if (direct !== null || hops === 0) return direct
  if (ts.isIdentifier(node)) {
    const resolved = resolveExpression(sources, file, node)
    return resolved?.node
      ? environmentVariable(sources, resolved.file, resolved.node, hops - 1)
      : destructured(sources, file, node.text)
  }
  if (ts.isPropertyAccessExpression(node)) return property(sources, file, node, hops)
  if (ts.isCallExpression(node)) return fromCall(sources, file, node, hops)
  if (ts.isBinaryExpression(node)) return environmentVariable(sources, file, node.left, hops - 1)
  if (ts.isConditionalExpression(node)) {
    const either = [node.whenTrue, node.whenFalse].flatMap(
      (branch) => environmentVariable(sources, file, branch, hops - 1) ?? [],
    )
    // Two variables for two situations are not one that can be set.
    return new Set(either).size === 1 ? (either[0] ?? null) : null
  }
  return null
}

/** `process.env.NAME` and `process.env['NAME']` */
function read({ ts }: Sources, node: ts.Node): string | null {
  if (ts.isPropertyAccessExpression(node) && isEnvironment(node.expression.getText())) {
    return node.name.text
  }
  if (ts.isElementAccessExpression(node) && isEnvironment(node.expression.getText())) {
    const { argumentExpression } = node
    return ts.isStringLiteralLike(argumentExpression) ? argumentExpression.text : null
  }
  return null
}

function isEnvironment(text: string): boolean {
  return text === 'process.env' || text === 'import.meta.env'
}

function property(
  sources: Sources,
  file: string,
  node: ts.PropertyAccessExpression,
  hops: number,
): string | null {
  const object = objectBehind(sources, file, node.expression, hops)
  const value = object && propertyOf(sources, object.node, node.name.text)
  const found = value ? environmentVariable(sources, object.file, value, hops - 1) : null
  if (found !== null) return found
  // A validated environment (`env.DATABASE_URL`) keeps the variables' own names.
  return NAME.test(node.name.text) ? node.name.text : null
}

function objectBehind(
  sources: Sources,
  file: string,
  expression: ts.Expression,
  hops: number,
): { file: string; node: ts.Node } | null {
  const { ts } = sources
  const node = sources.unwrap(expression)
  if (ts.isPropertyAccessExpression(node) && hops > 0) {
    const outer = objectBehind(sources, file, node.expression, hops - 1)
    const inner = outer && propertyOf(sources, outer.node, node.name.text)
    if (inner) return { file: outer.file, node: inner }
  }
  const resolved = resolveExpression(sources, file, node)
  if (!resolved?.node) return null
  // `Object.freeze({ … })` and `schema.parse({ … })` give what they are given.
  const argument = ts.isCallExpression(resolved.node) ? resolved.node.arguments[0] : undefined
  return { file: resolved.file, node: argument ?? resolved.node }
}

function fromCall(
  sources: Sources,
  file: string,
  call: ts.CallExpression,
  hops: number,
): string | null {
  for (const argument of call.arguments) {
    if (sources.ts.isStringLiteralLike(argument) && NAME.test(argument.text)) return argument.text
    const found = environmentVariable(sources, file, argument, hops - 1)
    if (found !== null) return found
  }
  return null
}

/** `const { DATABASE_URL } = process.env` */
function destructured(sources: Sources, file: string, name: string): string | null {
  const { ts } = sources
  const source = sources.parse(file)
  let found: string | null = null
  if (!source) return null
  sources.walk(source, (node) => {
    if (!ts.isBindingElement(node) || node.name.getText() !== name) return
    const declaration = node.parent.parent
    if (!ts.isVariableDeclaration(declaration) || !declaration.initializer) return
    const property = (node.propertyName ?? node.name).getText()
    if (isEnvironment(declaration.initializer.getText()) || NAME.test(property)) found = property
  })
  return found
}
