import type { ts } from 'ts-morph'
import type { CountedMeter } from '../../../../types.js'
import { isOwnImport, isOwnModule } from '../../../../host/own-files.js'
import { stringValue } from '../../../../host/source/expression.js'
import { reachable } from '../../../../host/source/import-graph.js'
import type { Sources } from '../../../../host/source/sources.js'

/** The functions that count, with the place of the meter's slug among their arguments. */
const COUNTING = new Map([
  ['trackUsage', 0],
  ['recordUsage', 1],
])
const MAX_FILES = 500

/** Where the host's own code counts usage already, by the middleware or by itself. */
export function countedMeters(sources: Sources, entries: string[]): CountedMeter[] {
  const found: CountedMeter[] = []
  for (const file of reachable(sources, { from: entries, maxFiles: MAX_FILES })) {
    const text = sources.files.read(file) ?? ''
    if (isOwnModule(file) || ![...COUNTING.keys()].some((name) => text.includes(name))) continue
    const source = sources.parse(file)
    if (source) found.push(...countsIn(sources, file, source))
  }
  return found
}

function countsIn(sources: Sources, file: string, scope: ts.Node): CountedMeter[] {
  const { ts } = sources
  const imports = sources.index(file)?.imports
  const found: CountedMeter[] = []
  sources.walk(scope, (node) => {
    if (!ts.isCallExpression(node)) return
    const imported = imports?.get(node.expression.getText())
    const place = imported && COUNTING.get(imported.imported)
    if (place === undefined || !isOwnImport(file, imported?.specifier ?? '')) return
    const slug = node.arguments[place]
    const meter = slug ? stringValue(sources, file, slug) : null
    found.push({ meter, file, line: sources.evidence(file, node).line })
  })
  return found
}
