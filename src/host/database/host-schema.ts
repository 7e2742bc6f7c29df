import type { ts } from 'ts-morph'
import type { DetectionContext } from '../context.js'
import { joinPath } from '../host-files.js'
import { reachable } from '../source/import-graph.js'
import type { Sources } from '../source/sources.js'
import type { DetectedServer } from '../../stacks/servers/stack.js'
import { filesAnywhere } from './files-anywhere.js'
import { migrationPaths } from './migrations.js'
import { applyMigrationCode } from './migration-code.js'
import { Schema } from './schema.js'
import { isOwnMigration, isOwnModule } from '../own-files.js'
import { nameAsQueried } from './queried-names.js'
import { applySql } from './sql-schema.js'
import { hasUsers } from './users-table.js'

const SCHEMA_FOLDERS = ['', 'db', 'database', 'sql', 'docker', 'postgres', 'scripts', 'init']
const SCHEMA_NAMES = /^(\d+[-_])?(schema|init|structure|setup|tables|create[-_]tables)\.sql$/i
/** Searching the server's code for SQL stops after so many modules. */
const MAX_MODULES = 60
/** SQL of these is not what makes the app's tables. */
const BESIDE =
  /(^|[/_.-])(test|tests|__tests__|fixtures?|seeds?|examples?|drop|down|undo|rollback|backup|dump)([/_.-]|$)/i
/** Modules that set a database up without being part of the server. */
const SETUP = /(init|setup|migrat|schema|create|tables?|database|db|seed|install)/i

/**
 * The host's tables: from its migrations and schema files; where these make no users, also from SQL
 * anywhere, and from SQL in code.
 */
export function hostSchema(context: DetectionContext, server: DetectedServer): Schema {
  const schema = writtenSchema(context, server)
  nameAsQueried(context, server, schema)
  return schema
}

function writtenSchema(context: DetectionContext, server: DetectedServer): Schema {
  const schema = new Schema()
  const dir = server.profile.dir.value
  const first = [...migrationPaths(context, dir), ...schemaFiles(context, dir)]
  for (const path of first) applyFile(schema, context, path)
  if (hasUsers(schema)) return schema
  for (const path of sqlAnywhere(context, new Set(first))) applyFile(schema, context, path)
  if (!hasUsers(schema)) applyCode(schema, context, server)
  return schema
}

function applyFile(schema: Schema, { files, sources }: DetectionContext, path: string): void {
  if (path.endsWith('.sql')) applySql(schema, path, files.read(path) ?? '')
  else applyMigrationCode(schema, sources, path)
}

/** The SQL files of the repository that make tables, the nearest to its root first. */
function sqlAnywhere({ files }: DetectionContext, known: Set<string>): string[] {
  return filesAnywhere(files, '.sql').filter(
    (path) =>
      !known.has(path) &&
      !BESIDE.test(path) &&
      !isOwnMigration(path.slice(path.lastIndexOf('/') + 1)) &&
      /create\s+(unlogged\s+)?table/i.test(files.read(path) ?? ''),
  )
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
      .sourcesIn(folder)
      .filter((name) => SCHEMA_NAMES.test(name))
      .map((name) => joinPath(folder, name)),
  )
  return [...new Set(paths)]
}

/** `pool.query('CREATE TABLE IF NOT EXISTS users …')` in a module of the server, or one that sets it up. */
function applyCode(schema: Schema, context: DetectionContext, server: DetectedServer): void {
  const { sources, files } = context
  const reached = [...reachable(sources, { from: server.entries, maxFiles: MAX_MODULES })]
  for (const file of new Set([...reached, ...setupModules(context, server.profile.dir.value)])) {
    if (!/create\s+table/i.test(files.read(file) ?? '')) continue
    for (const { text, line } of stringsIn(sources, file)) {
      const before = schema.tables.length
      applySql(schema, file, text)
      for (const table of schema.tables.slice(before)) table.evidence.line += line - 1
    }
  }
}

function setupModules(context: DetectionContext, serverDir: string): string[] {
  const { files } = context
  const folders = [
    '',
    'db',
    'database',
    'scripts',
    'config',
    'models',
    'utils',
    'lib',
    'migrations',
  ]
  const roots = [...new Set([serverDir, context.dir, joinPath(context.dir, 'src')])]
  return roots.flatMap((root) =>
    folders
      .map((folder) => joinPath(root, folder))
      .flatMap((folder) => files.sourcesIn(folder).map((name) => joinPath(folder, name)))
      .filter((path) => /\.[cm]?[jt]s$/.test(path) && SETUP.test(path) && !isOwnModule(path)),
  )
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
