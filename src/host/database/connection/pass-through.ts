import type { ts } from 'ts-morph'
import type { Sources } from '../../source/sources.js'

/** What makes another type of a value, and leaves it the same value. */
const CONVERTS = /^(Number|String|Boolean|parseInt|parseFloat)$/
const CONVERTING_METHODS = /^(trim|toString)$/
const MAX_HOPS = 4

/**
 * Whether a function of the host gives back one of its arguments, checked or converted, as
 * `required(process.env.DB_HOST)` does. What else a function makes of its argument is not read.
 */
export function givesItsArgument(sources: Sources, called: ts.Node): boolean {
  const { ts } = sources
  if (!ts.isFunctionLike(called) || !('body' in called) || !called.body) return true
  const body = called.body as ts.Node
  const parameters = new Set(called.parameters.map(({ name }) => name.getText()))
  const isGiven = (node: ts.Expression, hops = MAX_HOPS): boolean => {
    const value = sources.unwrap(node)
    if (ts.isIdentifier(value)) {
      return parameters.has(value.text) || (hops > 0 && isSetTo(value.text, hops - 1))
    }
    if (ts.isBinaryExpression(value)) {
      const isChoice = /^(\?\?|\|\||&&)$/.test(value.operatorToken.getText())
      return isChoice && (isGiven(value.left, hops) || isGiven(value.right, hops))
    }
    if (ts.isConditionalExpression(value)) {
      return isGiven(value.whenTrue, hops) || isGiven(value.whenFalse, hops)
    }
    if (!ts.isCallExpression(value)) return false
    const { expression } = value
    if (CONVERTS.test(expression.getText()))
      return value.arguments.some((one) => isGiven(one, hops))
    return (
      ts.isPropertyAccessExpression(expression) &&
      CONVERTING_METHODS.test(expression.name.text) &&
      isGiven(expression.expression, hops)
    )
  }
  /** `const value = given ?? fallback` in the function. */
  const isSetTo = (name: string, hops: number): boolean => {
    let isSo = false
    sources.walk(body, (node) => {
      if (!ts.isVariableDeclaration(node) || node.name.getText() !== name) return
      isSo ||= node.initializer !== undefined && isGiven(node.initializer, hops)
    })
    return isSo
  }
  if (!ts.isBlock(body)) return ts.isExpression(body) && isGiven(body)
  let gives = false
  sources.walk(body, (node) => {
    if (ts.isFunctionLike(node)) return 'skip'
    if (ts.isReturnStatement(node) && node.expression) gives ||= isGiven(node.expression)
    return undefined
  })
  return gives
}
