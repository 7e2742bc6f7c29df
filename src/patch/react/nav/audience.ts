import type { ts as TS } from 'ts-morph'
import { unwrap, type Source } from '../../source.js'

/** Who sees a part of a page; 'some' when that depends on a role, or on what is not understood. */
export type Audience = 'everyone' | 'signed-in' | 'signed-out' | 'some'

export type Syntax = Pick<Source, 'ts' | 'file'>

const SIGNED_IN =
  /user|auth|token|session|logged|signed_?in|log_?in|account|profile|member|jwt|identity|\bme\b/i
const SIGNED_OUT = /guest|anonymous|un_?auth|signed_?out|logged_?out|\bno_?(user|auth)/i
const ROLE =
  /admin|\broles?\b|role$|permission|staff|owner|manager|vendor|seller|subscri|premium|plan|verified/i
/** What is open, how wide the screen is, whether something is loading: nothing about who looks. */
const DISPLAY =
  /open|menu|show|expand|mobile|visible|collaps|toggle|desktop|screen|width|scroll|sidebar|drawer|loading|pending|ready|mounted|hydrat|dark|theme/i

/** Who sees a node: by the conditions and the returns around it, up to its component. */
export function audienceOf(syntax: Syntax, node: TS.Node): Audience {
  const { ts } = syntax
  let audience: Audience = 'everyone'
  for (let child = node; !ts.isSourceFile(child.parent); child = child.parent) {
    audience = both(audience, byParent(syntax, child))
    if (ts.isBlock(child.parent)) audience = both(audience, byReturnsBefore(syntax, child))
  }
  return audience
}

function byParent(syntax: Syntax, child: TS.Node): Audience {
  const { ts, file } = syntax
  const { parent } = child
  if (ts.isConditionalExpression(parent) && child !== parent.condition) {
    return whoPasses(syntax, parent.condition, child === parent.whenTrue)
  }
  if (ts.isBinaryExpression(parent) && child === parent.right) {
    const isAnd = parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
    return isAnd ? whoPasses(syntax, parent.left, true) : 'everyone'
  }
  if (ts.isIfStatement(parent) && child !== parent.expression) {
    return whoPasses(syntax, parent.expression, child === parent.thenStatement)
  }
  if (ts.isJsxElement(parent)) return ofTag(parent.openingElement.tagName.getText(file))
  return 'everyone'
}

/** `<SignedIn>`, `<RequireAuth>` and their opposites. */
function ofTag(name: string): Audience {
  if (/^(if|only|when)?_?(signed|logged)_?out$|^(un_?authenticated|guests?(only)?)$/i.test(name)) {
    return 'signed-out'
  }
  return /^(if|only|when)?_?(signed|logged)_?in$|^(require|protected|authenticated)(auth|login|user)?$/i.test(
    name,
  )
    ? 'signed-in'
    : 'everyone'
}

/** `if (!user) return null` above. What else a component returns early for says nothing here. */
function byReturnsBefore(syntax: Syntax, statement: TS.Node): Audience {
  const { ts } = syntax
  const { statements } = statement.parent as TS.Block
  let audience: Audience = 'everyone'
  for (const each of statements) {
    if (each === statement) return audience
    if (!ts.isIfStatement(each) || !leaves(syntax, each.thenStatement)) continue
    const rest = whoPasses(syntax, each.expression, false)
    if (rest !== 'some') audience = both(audience, rest)
  }
  return audience
}

function leaves({ ts }: Syntax, statement: TS.Statement): boolean {
  const last = ts.isBlock(statement) ? statement.statements.at(-1) : statement
  return last !== undefined && ts.isReturnStatement(last)
}

/** Who a condition lets through when it is as `outcome` says. */
export function whoPasses(syntax: Syntax, condition: TS.Expression, outcome: boolean): Audience {
  const { ts, file } = syntax
  const node = unwrap(ts, condition)
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    return whoPasses(syntax, node.operand, !outcome)
  }
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind
    const parts = [node.left, node.right].map((each) => whoPasses(syntax, each, outcome))
    const [left = 'some', right = 'some'] = parts
    if (operator === ts.SyntaxKind.AmpersandAmpersandToken) {
      return outcome ? both(left, right) : either(left, right)
    }
    if (operator === ts.SyntaxKind.BarBarToken) {
      return outcome ? either(left, right) : both(left, right)
    }
    if (!/^(null|undefined|''|""|false)$/.test(node.right.getText(file))) return 'some'
    const isSame = /^==/.test(node.operatorToken.getText(file))
    return whoPasses(syntax, node.left, isSame ? !outcome : outcome)
  }
  return ofName(node.getText(file), outcome)
}

function ofName(text: string, outcome: boolean): Audience {
  if (ROLE.test(text)) return 'some'
  if (SIGNED_OUT.test(text)) return outcome ? 'signed-out' : 'signed-in'
  if (DISPLAY.test(text)) return 'everyone'
  if (SIGNED_IN.test(text)) return outcome ? 'signed-in' : 'signed-out'
  return 'some'
}

function both(a: Audience, b: Audience): Audience {
  if (a === b || b === 'everyone') return a
  return a === 'everyone' ? b : 'some'
}

function either(a: Audience, b: Audience): Audience {
  return a === b ? a : 'some'
}
