import type { ts } from 'ts-morph'
import type { ClientSession, Evidence, Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { resolveExpression, stringValue } from '../../../../host/source/expression.js'
import { reachable } from '../../../../host/source/import-graph.js'
import type { Sources } from '../../../../host/source/sources.js'
import type { ClientEntry } from './entry.js'

const BEARER = /Bearer \$\{|Bearer ['"]\s*\+/
const COOKIE = /credentials:\s*['"](include|same-origin)['"]|withCredentials/
const LIKELY = /api|client|http|fetch|axios|auth|request/i
const MAX_MODULES = 100
const MAX_HOPS = 4

/** How requests to the API carry the login: a bearer token that the page keeps, or a cookie. */
export function detectSession(context: DetectionContext, entry: ClientEntry): Found<ClientSession> {
  const file = firstWith(context, entry, BEARER)
  const bearer = file === null ? null : bearerIn(context.sources, file)
  if (bearer?.token != null) {
    const value = { kind: 'bearer' as const, token: bearer.token }
    return { value, source: 'detected', evidence: [bearer.evidence] }
  }
  if (bearer) {
    const reason = `the token that ${bearer.evidence.file} sends cannot be read from elsewhere`
    return context.assume('host.client.session', { kind: 'cookie' }, 'cookie', reason)
  }
  const withCookie = firstWith(context, entry, COOKIE)
  // A browser sends cookies to its own origin without being told to.
  if (withCookie === null) return { value: { kind: 'cookie' }, source: 'assumed', evidence: [] }
  const evidence = [lineOf(context, withCookie)]
  return { value: { kind: 'cookie' }, source: 'detected', evidence }
}

function firstWith(
  { sources, files }: DetectionContext,
  entry: ClientEntry,
  pattern: RegExp,
): string | null {
  const reach = { from: [entry.file], likely: LIKELY, maxFiles: MAX_MODULES }
  for (const file of reachable(sources, reach)) {
    if (pattern.test(files.read(file) ?? '')) return file
  }
  return null
}

function lineOf({ files }: DetectionContext, file: string): Evidence {
  const lines = (files.read(file) ?? '').split('\n')
  return { file, line: lines.findIndex((line) => COOKIE.test(line)) + 1 }
}

/** The first bearer token in a file that can be written down anywhere, or else just the first. */
function bearerIn(
  sources: Sources,
  file: string,
): { token: string | null; evidence: Evidence } | null {
  const { ts } = sources
  const source = sources.parse(file)
  const found: { token: string | null; evidence: Evidence }[] = []
  if (!source) return null
  const add = (node: ts.Node, token: ts.Expression | undefined): void => {
    if (!token) return
    found.push({ token: tokenOf(sources, file, token), evidence: sources.evidence(file, node) })
  }
  sources.walk(source, (node) => {
    if (ts.isTemplateExpression(node) && node.head.text.endsWith('Bearer ')) {
      add(node, node.templateSpans[0]?.expression)
    }
    if (ts.isBinaryExpression(node) && ts.isStringLiteralLike(node.left)) {
      if (node.left.text.endsWith('Bearer ')) add(node, node.right)
    }
  })
  return found.find(({ token }) => token !== null) ?? found[0] ?? null
}

/** `localStorage.getItem('token')`, also behind a variable or a function of the host. */
function tokenOf(
  sources: Sources,
  file: string,
  expression: ts.Node,
  hops = MAX_HOPS,
): string | null {
  const { ts } = sources
  if (hops === 0 || !ts.isExpression(expression)) return null
  const node = sources.unwrap(expression)
  const stored = storageRead(sources, file, node)
  if (stored !== null) return stored
  if (ts.isBinaryExpression(node)) return tokenOf(sources, file, node.left, hops - 1)
  if (ts.isIdentifier(node)) {
    const resolved = resolveExpression(sources, file, node)
    return resolved?.node ? tokenOf(sources, resolved.file, resolved.node, hops - 1) : null
  }
  if (!ts.isCallExpression(node)) return null
  const called = resolveExpression(sources, file, node.expression)
  const returned = called?.node && returnedBy(sources, called.node)
  return returned ? tokenOf(sources, called.file, returned, hops - 1) : null
}

function storageRead(sources: Sources, file: string, node: ts.Expression): string | null {
  const { ts } = sources
  if (ts.isPropertyAccessExpression(node)) {
    return isStorage(node.expression) ? node.getText() : null
  }
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null
  const { expression: storage, name } = node.expression
  const [argument] = node.arguments
  if (name.text !== 'getItem' || !isStorage(storage) || !argument) return null
  const key = stringValue(sources, file, argument)
  if (key === null || !/^[\w.:@/-]+$/.test(key)) return null
  return `${storage.getText()}.getItem('${key}')`
}

function isStorage(node: ts.Expression): boolean {
  return /^(window\.)?(local|session)Storage$/.test(node.getText())
}

function returnedBy(sources: Sources, node: ts.Node): ts.Expression | null {
  const { ts } = sources
  if (!ts.isFunctionLike(node)) return null
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return node.body
  let returned: ts.Expression | null = null
  sources.walk(node, (child) => {
    if (ts.isReturnStatement(child) && child.expression) returned ??= child.expression
  })
  return returned
}
