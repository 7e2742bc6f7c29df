import type { ts } from 'ts-morph'
import type { LoginMiddleware, ModuleExport } from '../../../../types.js'
import type { Resolved } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'

const MAX_HOPS = 8

/** How another module comes by a middleware that a module of the host uses; null when it cannot. */
export function middlewareOf(
  sources: Sources,
  file: string,
  handler: ts.Expression,
  resolved: Resolved,
): LoginMiddleware | null {
  const { ts } = sources
  const named = ts.isCallExpression(handler) ? handler.expression : handler
  const head = headOf(sources, file, named)
  if (!head) return null
  const use = handler.getText().slice(head.length)
  const cast = use === '' && ownRequestType(sources, resolved.node)
  return { ...head.from, package: head.package, use, cast }
}

/** The same for one that its own module exports as it is. */
export function exportedMiddleware(sources: Sources, resolved: Resolved): LoginMiddleware | null {
  const { file, name, node } = resolved
  const exported = sources.exportOf(file, name)
  const cast = ownRequestType(sources, node)
  return exported && { file, ...exported, package: false, use: '', cast }
}

interface Head {
  from: ModuleExport
  package: boolean
  /** Characters of the expression that the import stands for. */
  length: number
}

/** The part of `auth.requireAuth` that some module exports: the whole, else what it begins with. */
function headOf(sources: Sources, file: string, expression: ts.Expression): Head | null {
  const { ts } = sources
  const bare = sources.unwrap(expression)
  const length = bare.getText().length
  const found = exportOf(sources, file, bare)
  if (found) return { ...found, length }
  return ts.isPropertyAccessExpression(bare) ? headOf(sources, file, bare.expression) : null
}

function exportOf(
  sources: Sources,
  file: string,
  node: ts.Expression,
): Omit<Head, 'length'> | null {
  const { ts } = sources
  if (ts.isIdentifier(node)) return exportOfName(sources, file, node.text)
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return null
  const imported = sources.index(file)?.imports.get(node.expression.text)
  if (imported?.imported !== '*') return null
  const target = sources.resolve(file, imported.specifier)
  const meaning = target === null ? null : sources.exportedFrom(target, node.name.text)
  return meaning?.kind === 'local' ? localExport(sources, meaning) : null
}

function exportOfName(
  sources: Sources,
  file: string,
  name: string,
  hops = MAX_HOPS,
): Omit<Head, 'length'> | null {
  const meaning = sources.meaningOf(file, name)
  if (meaning?.kind === 'local') {
    const value = sources.valueOf(meaning.node)
    // `const authenticate = requireAuth` may be exported under the other name.
    const isUnnamed = meaning.node === sources.index(meaning.file)?.defaultExport
    const own = isUnnamed
      ? { from: { file: meaning.file, name, default: true }, package: false }
      : localExport(sources, meaning)
    if (own || hops === 0 || !value || !sources.ts.isIdentifier(value)) return own
    return exportOfName(sources, meaning.file, value.text, hops - 1)
  }
  if (meaning?.kind !== 'package') return null
  const isWhole = meaning.imported === 'default' || meaning.imported === '*'
  const from = { file: meaning.package, name: isWhole ? name : meaning.imported, default: isWhole }
  return { from, package: true }
}

function localExport(
  sources: Sources,
  { file, name }: { file: string; name: string },
): Omit<Head, 'length'> | null {
  const exported = sources.exportOf(file, name)
  return exported && { from: { file, ...exported }, package: false }
}

/** Whether a function asks for a request of a type that Express does not give. */
function ownRequestType({ ts }: Sources, node: ts.Node | null): boolean {
  if (!node || !ts.isFunctionLike(node)) return false
  const type = node.parameters[0]?.type?.getText()
  return type !== undefined && !/^(express\.)?Request\b|^any$/.test(type)
}
