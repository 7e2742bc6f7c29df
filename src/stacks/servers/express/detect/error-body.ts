import type { ts } from 'ts-morph'
import type { ErrorBody, Evidence, Found } from '../../../../types.js'
import { isOwnModule } from '../../../../host/own-files.js'
import { reachable } from '../../../../host/source/import-graph.js'
import type { Sources } from '../../../../host/source/sources.js'

interface Answer {
  shape: ErrorBody
  evidence: Evidence
  /** The app's error handler sends it, and not a route for itself. */
  byHandler: boolean
}

/** An error handler of Express takes the error before request, response and next. */
const HANDLER_PARAMETERS = 4

/**
 * How the app answers errors: as its error handler does, else as most of its routes do. Where
 * neither says anything, the shape that has a place for code and message.
 */
export function errorBodyOf(sources: Sources, entries: string[]): Found<ErrorBody> {
  const answers: Answer[] = []
  for (const file of reachable(sources, { from: entries, likely: /error/i })) {
    const text = sources.files.read(file) ?? ''
    if (isOwnModule(file) || !text.includes('.json(')) continue
    const source = sources.parse(file)
    if (source) answers.push(...answersIn(sources, file, source))
    if (answers.some(({ byHandler }) => byHandler)) break
  }
  const found = answers.find(({ byHandler }) => byHandler) ?? mostFrequent(answers)
  if (!found) return { value: 'nested', source: 'assumed', evidence: [] }
  return { value: found.shape, source: 'detected', evidence: [found.evidence] }
}

function mostFrequent(answers: Answer[]): Answer | undefined {
  const count = (shape: ErrorBody): number => answers.filter((one) => one.shape === shape).length
  return answers.toSorted((a, b) => count(b.shape) - count(a.shape))[0]
}

function answersIn(sources: Sources, file: string, scope: ts.Node): Answer[] {
  const { ts } = sources
  const answers: Answer[] = []
  sources.walk(scope, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return
    const [body] = node.arguments
    if (node.expression.name.text !== 'json' || !body || !ts.isObjectLiteralExpression(body)) return
    const byHandler = isInHandler(sources, node)
    if (!byHandler && !isRefusal(sources, node.expression.expression)) return
    const shape = shapeOf(sources, body)
    if (shape !== null) answers.push({ shape, evidence: sources.evidence(file, node), byHandler })
  })
  return answers
}

/** `res.status(404)`, with 400 or more. */
function isRefusal({ ts }: Sources, node: ts.Expression): boolean {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false
  const [status] = node.arguments
  if (node.expression.name.text !== 'status' || !status) return false
  return ts.isNumericLiteral(status) && Number(status.text) >= 400
}

function isInHandler({ ts }: Sources, node: ts.Node): boolean {
  for (let outer = node.parent; !ts.isSourceFile(outer); outer = outer.parent) {
    if (ts.isFunctionLike(outer)) return outer.parameters.length === HANDLER_PARAMETERS
  }
  return false
}

function shapeOf(sources: Sources, body: ts.ObjectLiteralExpression): ErrorBody | null {
  const [error, message] = [
    propertyOf(sources, body, 'error'),
    propertyOf(sources, body, 'message'),
  ]
  if (error && sources.ts.isObjectLiteralExpression(error)) {
    return propertyOf(sources, error, 'message') ? 'nested' : null
  }
  // Beside a message, `error` is the name of the status.
  if (message && isText(sources, message)) return 'message'
  return error && isText(sources, error) ? 'error' : null
}

function propertyOf(
  sources: Sources,
  object: ts.ObjectLiteralExpression,
  name: string,
): ts.Expression | null {
  const { ts } = sources
  for (const property of object.properties) {
    if (property.name?.getText().replace(/^['"]|['"]$/g, '') !== name) continue
    if (ts.isPropertyAssignment(property)) return sources.unwrap(property.initializer)
    if (ts.isShorthandPropertyAssignment(property)) return property.name
  }
  return null
}

/** Whether an expression is a text, as far as can be seen without types. */
function isText(sources: Sources, node: ts.Expression): boolean {
  const { ts } = sources
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return true
  if (ts.isIdentifier(node)) return /message|text/i.test(node.text)
  if (ts.isPropertyAccessExpression(node)) return /message/i.test(node.name.text)
  if (ts.isConditionalExpression(node)) {
    return [node.whenTrue, node.whenFalse].some((branch) => isText(sources, sources.unwrap(branch)))
  }
  if (ts.isBinaryExpression(node)) {
    return [node.left, node.right].some((side) => isText(sources, sources.unwrap(side)))
  }
  return false
}
