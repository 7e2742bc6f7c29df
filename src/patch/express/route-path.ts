import type { ts as TS } from 'ts-morph'
import type { Source } from '../source.js'

/** The path of a mount as far as the source tells it. */
export type RoutePath =
  | { kind: 'literal'; value: string }
  /** A regular expression: may match anything. */
  | { kind: 'pattern' }
  /** Begins with a value from elsewhere; `tail` is the text known to follow it. */
  | { kind: 'unknown'; tail: string }

/** Reads the first argument of a mount as paths; null when it is a handler. */
export function readPaths(source: Source, node: TS.Expression): RoutePath[] | null {
  const { ts } = source
  if (ts.isArrayLiteralExpression(node)) {
    const each = node.elements.map((element) => readPaths(source, element))
    return each.every((paths) => paths !== null) && each.length > 0 ? each.flat() : null
  }
  if (ts.isRegularExpressionLiteral(node)) return [{ kind: 'pattern' }]
  if (ts.isStringLiteralLike(node)) return [{ kind: 'literal', value: node.text }]
  if (ts.isTemplateExpression(node)) {
    const head = constantString(source, node.templateSpans[0]?.expression)
    const tail = node.templateSpans.at(-1)?.literal.text ?? ''
    if (node.templateSpans.length === 1 && head !== null) {
      return [{ kind: 'literal', value: node.head.text + head + tail }]
    }
    return [{ kind: 'unknown', tail }]
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left] = readPaths(source, node.left) ?? []
    const right = constantString(source, node.right)
    if (left?.kind === 'literal' && right !== null) {
      return [{ kind: 'literal', value: left.value + right }]
    }
    return [{ kind: 'unknown', tail: right ?? '' }]
  }
  const value = constantString(source, node)
  if (value !== null) return [{ kind: 'literal', value }]
  const name = lastName(source, node)
  return name && /(path|prefix|base|url|uri|route|endpoint)$|^[A-Z][A-Z0-9_]+$/i.test(name)
    ? [{ kind: 'unknown', tail: '' }]
    : null
}

/** A path as its text: '/api', or '/^\\/(?!api)/' of a regular expression. */
export function pathOfText(text: string): RoutePath {
  const isPattern = /^\/.+\/[a-z]*$/.test(text) && /[\^$\\|]/.test(text)
  return isPattern ? { kind: 'pattern' } : { kind: 'literal', value: text }
}

/**
 * Whether requests to `ours` (and below it) reach a mount at `path`. A path that is not known is
 * taken to cover: standing before it is right either way.
 */
export function covers(path: RoutePath, ours: string, match: 'prefix' | 'exact'): boolean {
  if (path.kind === 'pattern') return true
  const own = segments(ours)
  if (path.kind === 'unknown') {
    const tail = segments(path.tail)
    return own.some((_, at) => tail.every((segment, offset) => matches(segment, own[at + offset])))
  }
  const theirs = segments(path.value)
  const wild = theirs.findIndex(isWildcard)
  const fixed = wild === -1 ? theirs : theirs.slice(0, wild)
  if (fixed.length > own.length) {
    const beyond = fixed.slice(own.length)
    if (match === 'prefix' || !beyond.every((segment) => segment.startsWith(':'))) return false
  }
  if (match === 'exact' && wild === -1 && fixed.length < own.length) return false
  return fixed.slice(0, own.length).every((segment, at) => matches(segment, own[at]))
}

/** `*`, `/*`, `/{*rest}`, `(.*)`: every path there is. */
export function isEverything(path: RoutePath): boolean {
  if (path.kind === 'pattern') return true
  if (path.kind === 'unknown') return false
  const [first] = segments(path.value)
  return first !== undefined && isWildcard(first)
}

export function firstSegment(path: RoutePath): string | null {
  return path.kind === 'literal' ? (segments(path.value)[0] ?? null) : null
}

export function lastSegment(path: RoutePath): string | null {
  const text = path.kind === 'literal' ? path.value : path.kind === 'unknown' ? path.tail : ''
  return segments(text).at(-1) ?? null
}

function segments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '')
}

function isWildcard(segment: string): boolean {
  return segment.includes('*') || segment.includes('{')
}

function matches(theirs: string, ours: string | undefined): boolean {
  if (ours === undefined) return false
  return theirs.startsWith(':') || /[()+?]/.test(theirs) || theirs.toLowerCase() === ours
}

/** A string that is written in the file, directly or as a `const`. */
function constantString(source: Source, node: TS.Expression | undefined): string | null {
  const { ts, file } = source
  if (!node) return null
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isIdentifier(node)) return null
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue
    if (!(statement.declarationList.flags & ts.NodeFlags.Const)) continue
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || name.text !== node.text || !initializer) continue
      const value = ts.isAsExpression(initializer) ? initializer.expression : initializer
      return ts.isStringLiteralLike(value) ? value.text : null
    }
  }
  return null
}

function lastName({ ts }: Source, node: TS.Expression): string | null {
  if (ts.isIdentifier(node)) return node.text
  return ts.isPropertyAccessExpression(node) ? node.name.text : null
}
