import type { ts } from 'ts-morph'
import type { Evidence } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { tokenOf, type TokenCode } from './token-code.js'

/** A token that a request of the host carries in a header. */
export interface SentToken {
  header: string
  /** What stands before it: 'Bearer '. */
  scheme: string
  /** As another module can write it; null where it cannot. */
  token: TokenCode | null
  evidence: Evidence
}

const SCHEME = /^(Bearer|Token|JWT)\s+$/i
/** Headers that carry a token alone. */
const OWN_HEADER = /^(x-(auth|access)-token|(auth|access|jwt)[-_]?token|token|x-token)$/i

/** @param modules of the front end, in which what a token is kept in may be made */
export function sentTokens(
  context: DetectionContext,
  file: string,
  modules: string[],
): SentToken[] {
  const { sources } = context
  const { ts } = sources
  const source = sources.parse(file)
  const found: SentToken[] = []
  if (!source) return found
  const add = (node: ts.Node, header: string, scheme: string, value: ts.Expression): void => {
    const token = tokenOf(context, file, value, modules)
    found.push({ header, scheme, token, evidence: sources.evidence(file, node) })
  }
  sources.walk(source, (node) => {
    if (ts.isTemplateExpression(node) && SCHEME.test(node.head.text)) {
      const [span] = node.templateSpans
      if (span) add(node, 'Authorization', node.head.text, span.expression)
    }
    if (
      ts.isBinaryExpression(node) &&
      ts.isStringLiteralLike(node.left) &&
      SCHEME.test(node.left.text)
    ) {
      add(node, 'Authorization', node.left.text, node.right)
    }
    const own = ownHeader(ts, node)
    if (own) add(node, own.header, '', own.value)
  })
  return found
}

/** `headers: { 'x-auth-token': token }` and `config.headers['x-auth-token'] = token`. */
function ownHeader(
  compiler: typeof ts,
  node: ts.Node,
): { header: string; value: ts.Expression } | null {
  if (compiler.isPropertyAssignment(node) && isInHeaders(compiler, node)) {
    const header = node.name.getText().replace(/^["']|["']$/g, '')
    return isOwn(compiler, header, node.initializer) ? { header, value: node.initializer } : null
  }
  if (!compiler.isBinaryExpression(node) || node.operatorToken.getText() !== '=') return null
  const target = /headers(?:\.common)?(?:\[["']([\w-]+)["']\]|\.(\w+))$/.exec(node.left.getText())
  const header = target?.[1] ?? target?.[2] ?? ''
  return isOwn(compiler, header, node.right) ? { header, value: node.right } : null
}

/** `Authorization` may carry a token without a scheme. */
function isOwn(compiler: typeof ts, header: string, value: ts.Expression): boolean {
  if (OWN_HEADER.test(header)) return true
  const isPlain = compiler.isIdentifier(value) || /^(local|session)Storage\b/.test(value.getText())
  return /^authorization$/i.test(header) && isPlain && /token|jwt|storage/i.test(value.getText())
}

function isInHeaders(compiler: typeof ts, node: ts.PropertyAssignment): boolean {
  const holder = node.parent.parent
  return (
    (compiler.isPropertyAssignment(holder) && holder.name.getText() === 'headers') ||
    (compiler.isVariableDeclaration(holder) && /headers?$/i.test(holder.name.getText()))
  )
}
