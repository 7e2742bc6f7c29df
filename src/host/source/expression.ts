import type { ts } from 'ts-morph'
import type { Sources } from './sources.js'

/** Where an expression leads: to a piece of the host's code, or into a package. */
export interface Resolved {
  /** The name at the end of the expression: 'requireAuth' of `auth.requireAuth`. */
  name: string
  /** The file the code stands in; the package's name for packages. */
  file: string
  /** The code; null for packages. */
  node: ts.Node | null
}

const MAX_HOPS = 8

/** Follows names and properties to the function, call or object they stand for. */
export function resolveExpression(
  sources: Sources,
  file: string,
  expression: ts.Expression,
): Resolved | null {
  const { ts } = sources
  const bare = sources.unwrap(expression)
  if (ts.isIdentifier(bare)) return resolveName(sources, file, bare.text)
  if (ts.isPropertyAccessExpression(bare)) return resolveProperty(sources, file, bare)
  if (ts.isFunctionLike(bare) || ts.isCallExpression(bare) || ts.isNewExpression(bare)) {
    return { name: '', file, node: bare }
  }
  return null
}

function resolveName(
  sources: Sources,
  file: string,
  name: string,
  hops = MAX_HOPS,
): Resolved | null {
  if (hops === 0) return null
  const meaning = sources.meaningOf(file, name)
  if (!meaning) return null
  if (meaning.kind === 'package') return { name, file: meaning.package, node: null }
  const node = sources.valueOf(meaning.node)
  // `const authenticate = requireAuth` is the same thing under another name.
  if (node && sources.ts.isIdentifier(node) && node.text !== name) {
    return resolveName(sources, meaning.file, node.text, hops - 1)
  }
  return node && { name: meaning.name, file: meaning.file, node }
}

function resolveProperty(
  sources: Sources,
  file: string,
  access: ts.PropertyAccessExpression,
): Resolved | null {
  const { ts } = sources
  const name = access.name.text
  if (!ts.isIdentifier(access.expression)) return null
  const imported = sources.index(file)?.imports.get(access.expression.text)
  if (imported?.imported === '*') {
    const target = sources.resolve(file, imported.specifier)
    const meaning = target === null ? null : sources.exportedFrom(target, name)
    if (target === null) return { name, file: imported.specifier, node: null }
    if (meaning?.kind !== 'local') return null
    const node = sources.valueOf(meaning.node)
    return node && { name, file: meaning.file, node }
  }
  const holder = resolveName(sources, file, access.expression.text)
  if (!holder?.node) return holder && { name, file: holder.file, node: null }
  const value = propertyOf(sources, holder.node, name)
  return value && { name, file: holder.file, node: value }
}

/** What an object literal has under a name. */
export function propertyOf(sources: Sources, object: ts.Node, name: string): ts.Node | null {
  const { ts } = sources
  if (!ts.isObjectLiteralExpression(object)) return null
  for (const property of object.properties) {
    if (property.name?.getText().replace(/^['"]|['"]$/g, '') !== name) continue
    if (ts.isPropertyAssignment(property)) return sources.unwrap(property.initializer)
    if (ts.isShorthandPropertyAssignment(property)) return property.name
    if (ts.isMethodDeclaration(property)) return property
  }
  return null
}

/** The text of a string expression, with constants put in; null when it is not fixed. */
export function stringValue(sources: Sources, file: string, node: ts.Node): string | null {
  const { ts } = sources
  const bare = ts.isExpression(node) ? sources.unwrap(node) : node
  if (ts.isStringLiteralLike(bare)) return bare.text
  if (ts.isIdentifier(bare)) {
    const resolved = resolveName(sources, file, bare.text)
    return resolved?.node ? literalOrNull(sources, resolved.node) : null
  }
  if (ts.isPropertyAccessExpression(bare)) {
    const resolved = resolveProperty(sources, file, bare)
    return resolved?.node ? literalOrNull(sources, resolved.node) : null
  }
  if (!ts.isTemplateExpression(bare)) return null
  const parts = bare.templateSpans.map((span) => {
    const value = stringValue(sources, file, span.expression)
    return value === null ? null : value + span.literal.text
  })
  return parts.includes(null) ? null : bare.head.text + parts.join('')
}

/** Only one step further, so that constants that name each other end. */
function literalOrNull(sources: Sources, node: ts.Node): string | null {
  return sources.ts.isStringLiteralLike(node) ? node.text : null
}
