import type { ts } from 'ts-morph'
import type { Sources } from '../../source/sources.js'
import type { DriverCall } from './driver-calls.js'
import { chosen, type ConnectionOptions } from './options.js'
import { settingOf } from './setting.js'

/** The options of a call; of it and another, where the host makes one or the other connection. */
export function ofEitherCall(
  sources: Sources,
  call: DriverCall,
  optionsOf: (call: DriverCall) => ConnectionOptions | null,
): ConnectionOptions | null {
  const own = optionsOf(call)
  const fork = forkAt(sources, call)
  const condition = fork && settingOf(sources, call.file, fork.condition)
  const other = fork && optionsOf({ file: call.file, node: fork.other })
  if (!own || !condition || !other) return own
  return fork.isFirst ? chosen(condition, own, other) : chosen(condition, other, own)
}

interface Fork {
  condition: ts.Expression
  /** What is made on the other way, by the same driver. */
  other: DriverCall['node']
  /** The call is the one where the condition holds. */
  isFirst: boolean
}

/**
 * `isLocal ? new Pool(a) : new Pool(b)`, and `if (isLocal) pool = new Pool(a) else pool = new Pool(b)`.
 */
function forkAt({ ts }: Sources, { node }: DriverCall): Fork | null {
  const isSame = (each: ts.Node | undefined): each is DriverCall['node'] =>
    each !== undefined &&
    (ts.isCallExpression(each) || ts.isNewExpression(each)) &&
    each.expression.getText() === node.expression.getText()
  let at: ts.Node = node
  while (ts.isParenthesizedExpression(at.parent) || ts.isAwaitExpression(at.parent)) at = at.parent
  const { parent } = at
  if (ts.isConditionalExpression(parent) && at !== parent.condition) {
    const isFirst = at === parent.whenTrue
    const other = isFirst ? parent.whenFalse : parent.whenTrue
    return isSame(other) ? { condition: parent.condition, other, isFirst } : null
  }
  if (!ts.isBinaryExpression(parent) || !ts.isExpressionStatement(parent.parent)) return null
  const statement = parent.parent
  const branch = ts.isBlock(statement.parent) ? statement.parent : statement
  const way = branch.parent
  if (!ts.isIfStatement(way) || !way.elseStatement) return null
  const isFirst = branch === way.thenStatement
  const rest = isFirst ? way.elseStatement : way.thenStatement
  const set = (ts.isBlock(rest) ? [...rest.statements] : [rest]).flatMap((each) =>
    ts.isExpressionStatement(each) && ts.isBinaryExpression(each.expression)
      ? [each.expression]
      : [],
  )
  const name = parent.left.getText()
  const other = set.find(({ left }) => left.getText() === name)?.right
  return isSame(other) ? { condition: way.expression, other, isFirst } : null
}
