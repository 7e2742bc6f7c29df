import type { ts } from 'ts-morph'
import type { DetectionContext } from '../context.js'
import { joinPath } from '../host-files.js'
import { reachable } from '../source/import-graph.js'
import type { Sources } from '../source/sources.js'
import type { DetectedServer } from '../../stacks/servers/stack.js'
import { migrationPaths } from './migrations.js'
import { applyMigrationCode } from './migration-code.js'
import { Schema } from './schema.js'
import { applySql } from './sql-schema.js'

const SCHEMA_FOLDERS = ['', 'db', 'database', 'sql', 'docker', 'postgres', 'scripts', 'init']
const SCHEMA_NAMES = /^(\d+[-_])?(schema|init|structure|setup|tables|create[-_]tables)\.sql$/i
/** Searching the server's code for SQL stops after so many modules. */
const MAX_MODULES = 60

/** The host's tables: from its migrations, else from a schema file, else from SQL in its code. */
export function hostSchema(context: DetectionContext, server: DetectedServer): Schema {
  const schema = new Schema()
  const dir = server.profile.dir.value
  for (const path of [...migrationPaths(context, dir), ...schemaFiles(context, dir)]) {
    const text = context.files.read(path) ?? ''
    if (path.endsWith('.sql')) applySql(schema, path, text)
    else applyMigrationCode(schema, context.sources, path)
  }
  if (schema.tables.length === 0) applyCode(schema, context, server)
  return schema
}

function schemaFiles(context: DetectionContext, serverDir: string): string[] {
  const { files } = context
  const folders = [
    ...SCHEMA_FOLDERS.map((folder) => context.path(folder)),
    ...SCHEMA_FOLDERS,
    serverDir,
    joinPath(serverDir, 'db'),
    joinPath(serverDir, 'sql'),
  ]
  const paths = folders.flatMap((folder) =>
    files
      .filesIn(folder)
      .filter((name) => SCHEMA_NAMES.test(name))
      .map((name) => joinPath(folder, name)),
  )
  return [...new Set(paths)]
}

/** `pool.query('CREATE TABLE IF NOT EXISTS users …')` in a module that the server imports. */
function applyCode(schema: Schema, { sources, files }: DetectionContext, server: DetectedServer) {
  for (const file of reachable(sources, { from: server.entries, maxFiles: MAX_MODULES })) {
    if (!/create\s+table/i.test(files.read(file) ?? '')) continue
    for (const { text, line } of stringsIn(sources, file)) {
      const before = schema.tables.length
      applySql(schema, file, text)
      for (const table of schema.tables.slice(before)) table.evidence.line += line - 1
    }
  }
}

function stringsIn(sources: Sources, file: string): { text: string; line: number }[] {
  const { ts } = sources
  const source = sources.parse(file)
  const strings: { text: string; line: number }[] = []
  if (!source) return strings
  const add = (node: ts.Node, text: string): void => {
    if (/create\s+table/i.test(text))
      strings.push({ text, line: sources.evidence(file, node).line })
  }
  sources.walk(source, (node) => {
    if (ts.isStringLiteralLike(node)) add(node, node.text)
    else if (ts.isTemplateExpression(node)) {
      add(node, node.head.text + node.templateSpans.map((span) => span.literal.text).join('x'))
    }
  })
  return strings
}
