import type { DetectionContext } from '../context.js'
import { reachable } from '../source/import-graph.js'
import type { DetectedServer } from '../../stacks/servers/stack.js'
import type { Schema } from './schema.js'
import { likelyTables, RESERVED } from './users-table.js'

/** Looking through the server's code for queries stops after so many modules. */
const MAX_MODULES = 120
const NAME = String.raw`(?:\\?"?public\\?"?\.)?(\\?")?(\w+)`
const QUERIES = [
  `\\b(?:select|delete)\\b[^;]{0,400}?\\bfrom\\s+${NAME}`,
  `\\binsert\\s+into\\s+${NAME}`,
  `\\bupdate\\s+${NAME}[\\\\"]*\\s+set\\b`,
].map((source) => new RegExp(source, 'gi'))

/**
 * Gives the table of the users the name that the host's queries have for it. A file of SQL may have
 * never run, such as one with `create table user`, a word that PostgreSQL does not take unquoted;
 * the queries do. Only the other number of the same word is taken for the same table.
 */
export function nameAsQueried(
  context: DetectionContext,
  server: DetectedServer,
  schema: Schema,
): void {
  const [table, another] = likelyTables(schema)
  if (!table || another || table.schema !== null) return
  const other = otherNumber(table.name)
  if (schema.find(null, other)) return
  const queried = queriedNames(context, server)
  if (queried.has(table.name.toLowerCase()) || !queried.has(other)) return
  schema.rename(table, other)
  context.assumptions.push({
    field: 'host.database.users',
    value: other,
    reason: `${table.evidence.file} makes ${table.name}, but the queries of the server name ${other}`,
  })
}

function otherNumber(name: string): string {
  const plain = name.toLowerCase()
  return plain.endsWith('s') ? plain.slice(0, -1) : `${plain}s`
}

/** Tables that the server's own SQL reads or writes, in lower case. */
function queriedNames({ sources }: DetectionContext, server: DetectedServer): Set<string> {
  const found = new Set<string>()
  for (const file of reachable(sources, { from: server.entries, maxFiles: MAX_MODULES })) {
    const text = sources.files.read(file) ?? ''
    for (const query of QUERIES) {
      for (const [, quote, name = ''] of text.matchAll(query)) {
        // Without quotes PostgreSQL reads another thing than a table there: who is connected.
        if (quote !== undefined || !RESERVED.has(name.toLowerCase())) found.add(name.toLowerCase())
      }
    }
  }
  return found
}
