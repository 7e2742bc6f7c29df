import type { ts } from 'ts-morph'
import type { Sources } from '../../../../host/source/sources.js'

/** So many modules are read to see whether they make a Router; a host with more is uniform. */
const MAX_READ = 100

const routerNames = new WeakMap<Sources, Map<string, string[]>>()

/**
 * A Router of another module, by that module's text: a large host has hundreds, and parsing each
 * to learn what its text says already would be most of the work.
 */
export function isImportedRouter(sources: Sources, file: string, handler: ts.Expression): boolean {
  if (!sources.ts.isIdentifier(handler)) return false
  const imported = sources.index(file)?.imports.get(handler.text)
  if (!imported?.specifier.startsWith('.')) return false
  const known = routerNames.get(sources) ?? new Map<string, string[]>()
  routerNames.set(sources, known)
  const key = JSON.stringify([file, imported.specifier])
  if (known.size >= MAX_READ && !known.has(key)) {
    return !/auth|error|found|logg|middleware/i.test(imported.specifier)
  }
  const names = known.get(key) ?? routersIn(sources, sources.resolve(file, imported.specifier))
  known.set(key, names)
  return imported.imported === 'default' ? names.length === 1 : names.includes(imported.imported)
}

function routersIn(sources: Sources, path: string | null): string[] {
  const text = path === null ? null : sources.files.read(path)
  if (text === null) return []
  const made =
    /\b(?:const|let)\s+([\w$]+)(?![\w$])[^=\n]{0,200}=\s*(?:new\s+)?(?:express\.)?Router\(/g
  return [...text.matchAll(made)].map((match) => match[1] ?? '')
}
