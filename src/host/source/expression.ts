import type { ts } from 'ts-morph'
import { requiredModule } from './common-js.js'
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
  const specifier = requiredModule(ts, bare)
  if (specifier !== null) return resolveModule(sources, file, specifier)
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

/** `require('./x')` in place */
function resolveModule(sources: Sources, file: string, specifier: string): Resolved | null {
  const target = sources.resolve(file, specifier)
  if (target === null) {
    return /^[./#]/.test(specifier) ? null : { name: '', file: specifier, node: null }
  }
  const meaning = sources.exportedFrom(target, 'default')
  if (meaning?.kind !== 'local') return null
  const node = sources.valueOf(meaning.node)
  return node && { name: meaning.name, file: meaning.file, node }
}

function resolveProperty(
  sources: Sources,
  file: string,
  access: ts.PropertyAccessExpression,
): Resolved | null {
  const name = access.name.text
  const specifier = moduleOf(sources, file, access.expression)
  if (specifier !== null) {
    const target = sources.resolve(file, specifier)
    if (target === null) return { name, file: specifier, node: null }
    const meaning = sources.exportedFrom(target, name)
    const node = meaning?.kind === 'local' ? sources.valueOf(meaning.node) : null
    if (meaning?.kind === 'local' && node) return { name, file: meaning.file, node }
  }
  const holder = resolveExpression(sources, file, access.expression)
  if (!holder?.node) return holder && { name, file: holder.file, node: null }
  const value = propertyOf(sources, holder.node, name)
  return value && { name, file: holder.file, node: value }
}

/** The module that an expression stands for as a whole. */
function moduleOf(sources: Sources, file: string, node: ts.Expression): string | null {
  if (!sources.ts.isIdentifier(node)) return requiredModule(sources.ts, node)
  const imported = sources.index(file)?.imports.get(node.text)
  return imported?.imported === '*' ? imported.specifier : null
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
