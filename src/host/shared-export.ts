import type { ts } from 'ts-morph'
import type { Evidence, Found, ModuleExport } from '../types.js'
import type { DetectionContext } from './context.js'
import { levels } from './source/import-graph.js'
import type { Sources } from './source/sources.js'

/** Something that a module exports for the whole server, such as its logger. */
export interface SharedExport<Kind> {
  value: { module: ModuleExport; kind: Kind }
  evidence: Evidence
  /** How many imports lie between an entry and the module; 0 for the entry itself. */
  distance: number
}

interface Wanted<Kind> {
  /** Names of the modules that are looked at first. */
  likely: RegExp
  /** Whether a file is worth parsing. */
  mentions: RegExp
  /** What an exported expression or function is, null when it is something else. */
  kindOf: (file: string, node: ts.Node) => Kind | null
  /** What an unnamed default export is called where it is imported. */
  name: string
}

/** Beyond so many files it would be no longer what the whole server shares. */
const MAX_FILES = 120

/**
 * Everything of the wanted kind that the server's modules export, the nearest to the entries
 * first. One that an entry itself imports, alone, ends the search.
 */
export function sharedExports<Kind>(
  { sources }: DetectionContext,
  entries: string[],
  wanted: Wanted<Kind>,
): SharedExport<Kind>[] {
  const found: SharedExport<Kind>[] = []
  let distance = 0
  for (const level of levels(sources, {
    from: entries,
    likely: wanted.likely,
    maxFiles: MAX_FILES,
  })) {
    for (const file of level) {
      if (!wanted.mentions.test(sources.files.read(file) ?? '')) continue
      found.push(...exportsOf(sources, file, wanted).map((one) => ({ ...one, distance })))
    }
    if (distance === 1 && importable(found).length === 1) break
    distance++
  }
  return found
}

/** What stands in the module of the app cannot be imported by what the app imports. */
export function importable<Kind>(found: SharedExport<Kind>[]): SharedExport<Kind>[] {
  return found.filter(({ distance }) => distance > 0)
}

/** The only one there is, or the only one that an entry imports; null when that is a guess. */
export function theOne<Kind>(
  found: SharedExport<Kind>[],
): Found<SharedExport<Kind>['value']> | null {
  const nearest = found.length > 1 ? found.filter(({ distance }) => distance === 1) : found
  const [one, other] = nearest
  return one && !other ? { value: one.value, source: 'detected', evidence: [one.evidence] } : null
}

/** 'logger in src/log.ts and audit in src/audit.ts' */
export function namesOf<Kind>(found: SharedExport<Kind>[]): string {
  return found.map(({ value }) => `${value.module.name} in ${value.module.file}`).join(' and ')
}

function exportsOf<Kind>(
  sources: Sources,
  file: string,
  { kindOf, name }: Wanted<Kind>,
): Omit<SharedExport<Kind>, 'distance'>[] {
  const index = sources.index(file)
  if (!index) return []
  const locals = new Set<string>()
  for (const target of index.exports.values()) if ('local' in target) locals.add(target.local)
  const named = [...locals].flatMap((local) => {
    const node = index.declarations.get(local)
    const exported = sources.exportOf(file, local)
    return node && exported ? [{ node, exported }] : []
  })
  const assigned = [...index.exports].flatMap(([exportedName, target]) =>
    'node' in target
      ? [{ node: target.node, exported: { name: exportedName, default: false } }]
      : [],
  )
  const unnamed = index.defaultExport
    ? [{ node: index.defaultExport, exported: { name, default: true } }]
    : []
  return [...named, ...assigned, ...unnamed].flatMap(({ node, exported }) => {
    const kind = kindOf(file, node)
    if (kind === null) return []
    const module = { file, ...exported }
    return [{ value: { module, kind }, evidence: sources.evidence(file, node) }]
  })
}
