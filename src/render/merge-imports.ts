/** Imports names in braces, or one name and those; no namespace, no side effect alone. */
const NAMED = /^import (type )?(?:(\w+), )?\{([^{}]*)\} from ('[^']+')$/

interface Named {
  module: string
  byDefault: string | null
  /** Whether a name is only a type, by the name as it is written (`delay`, `a as b`). */
  names: Map<string, boolean>
}

/**
 * Joins the imports at the head of a rendered module that name the same module, as a person writes
 * them: which parts of a template apply decides what it imports, and each part names its own. Those
 * of types alone come last.
 *
 * @param text the module as its template gives it, not formatted yet
 */
export function mergeImports(text: string): string {
  const { statements, rest } = splitHead(text)
  const merged: (string | Named)[] = []
  const byModule = new Map<string, Named>()
  for (const statement of statements) {
    const named = readNamed(statement)
    const known = named && byModule.get(named.module)
    if (named && known) {
      addTo(known, named)
      continue
    }
    if (named) byModule.set(named.module, named)
    merged.push(named ?? statement)
  }
  const written = merged.map((one) => (typeof one === 'string' ? one : write(one)))
  const isOfTypes = (statement: string): boolean => statement.startsWith('import type ')
  const values = written.filter((statement) => !isOfTypes(statement))
  return [...values, ...written.filter(isOfTypes), rest].join('\n')
}

/** The import statements that a module begins with, each on its own, and what follows them. */
function splitHead(text: string): { statements: string[]; rest: string } {
  const lines = text.split('\n')
  const statements: string[] = []
  let [at, end] = [0, 0]
  while (at < lines.length) {
    if (lines[at]?.trim() === '') {
      at += 1
      continue
    }
    if (!lines[at]?.startsWith('import ')) break
    const last = lines.findIndex((line, index) => index >= at && /'[^']+'$/.test(line.trimEnd()))
    if (last < 0) break
    statements.push(
      lines
        .slice(at, last + 1)
        .join(' ')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    at = end = last + 1
  }
  return { statements, rest: lines.slice(end).join('\n') }
}

function readNamed(statement: string): Named | null {
  const [, typesOnly, byDefault = null, braces, module] = NAMED.exec(statement) ?? []
  if (braces === undefined || module === undefined) return null
  const names = braces.split(',').map((name) => name.trim())
  return {
    module,
    byDefault,
    names: new Map(
      names
        .filter((name) => name !== '')
        .map((name) => [
          name.replace(/^type /, ''),
          typesOnly !== undefined || name.startsWith('type '),
        ]),
    ),
  }
}

function addTo(known: Named, { byDefault, names }: Named): void {
  known.byDefault ??= byDefault
  for (const [name, isType] of names)
    known.names.set(name, isType && (known.names.get(name) ?? true))
}

function write({ module, byDefault, names }: Named): string {
  const typesOnly = byDefault === null && [...names.values()].every((isType) => isType)
  const values = [...names].filter(([, isType]) => !isType).map(([name]) => name)
  const types = [...names].filter(([, isType]) => isType).map(([name]) => name)
  const listed = [...values, ...types.map((name) => (typesOnly ? name : `type ${name}`))]
  const start = typesOnly ? 'import type' : 'import'
  const braces = listed.length > 0 || byDefault === null ? [`{ ${listed.join(', ')} }`] : []
  const given = [...(byDefault === null ? [] : [byDefault]), ...braces]
  return `${start} ${given.join(', ')} from ${module}`
}
