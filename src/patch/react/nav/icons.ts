import type { Insertion } from '../../insertion.js'
import { bindings, planImport } from '../../named-import.js'
import type { Source } from '../../source.js'
import type { NavLink } from './place.js'

/** What icons of other links become in a new one. */
export interface LinkIcons {
  /** By the name that the file has for the other link's icon. */
  names: Map<string, string>
  /** Imports that are needed where their name is used. */
  imports: { name: string; insertion: Insertion }[]
}

/** Of each package that the file takes icons from, the one for the link; none of others. */
export function iconsFor(source: Source, { icons = {} }: NavLink): LinkIcons {
  const found: LinkIcons = { names: new Map(), imports: [] }
  for (const [from, name] of Object.entries(icons)) {
    const bound = bindings(source).filter((each) => each.from === from && !each.typeOnly)
    const known = bound.find(({ imported }) => imported === name)
    // A name that means something else there leaves the icon as it is.
    if (bound.length === 0 || (!known && new RegExp(`\\b${name}\\b`).test(source.text))) continue
    for (const { local, imported } of bound) {
      if (/^[A-Z]/.test(imported)) found.names.set(local, known?.local ?? name)
    }
    if (!known) found.imports.push({ name, insertion: besideOthers(source, { name, from }) })
  }
  return found
}

/** Into the braces of the import that is there; else as an import of its own. */
function besideOthers(source: Source, { name, from }: { name: string; from: string }): Insertion {
  const { ts, file, text } = source
  for (const node of file.statements) {
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) continue
    const named = node.importClause?.namedBindings
    if (node.moduleSpecifier.text !== from || !named || !ts.isNamedImports(named)) continue
    const [last, previous] = [named.elements.at(-1), named.elements.at(-2)]
    if (!last) continue
    const between = previous ? text.slice(previous.end, last.getStart(file)) : ', '
    return { at: last.end, text: (/^,\s*$/.test(between) ? between : ', ') + name }
  }
  const { insertion } = planImport(source, { name, from })
  return insertion ?? { at: 0, text: '' }
}
