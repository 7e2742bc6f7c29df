import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { statementsOf, upPart } from '../host/database/sql-statements.js'
import { isOwnMigration } from '../host/own-files.js'
import { undoable } from '../tree/undo.js'
import type { NextStep, ResultChange } from '../types.js'

/** What a migration file of the last run makes in a database. */
export interface MigratedTables {
  path: string
  tables: string[]
  /** node-pg-migrate runs it, which notes the names of what it ran in `pgmigrations`. */
  isNoted: boolean
}

/** Read before the files are taken back; a migration that is gone already gives nothing. */
export async function migratedTables(root: string): Promise<MigratedTables[]> {
  const files = await undoable(root)
  const paths = files.ok ? files.value.filter(({ isNew }) => isNew).map(({ path }) => path) : []
  const migrations = paths.filter((path) => isOwnMigration(basename(path)))
  const read = await Promise.all(
    migrations.map(async (path) => {
      const sql = await readFile(join(root, path), 'utf8').catch(() => '')
      return { path, tables: tablesOf(sql), isNoted: /^--\s*Down Migration/im.test(sql) }
    }),
  )
  return read.filter(({ tables }) => tables.length > 0)
}

/**
 * How to take the tables back whose migration was removed: undo knows nothing of the database, and
 * what is stored there is the user's to delete.
 */
export function tablesStep(migrations: MigratedTables[], changes: ResultChange[]): NextStep[] {
  const removed = new Set(changes.filter(({ action }) => action === 'delete').map((c) => c.path))
  const gone = migrations.filter(({ path }) => removed.has(path))
  if (gone.length === 0) return []
  const tables = gone.flatMap((migration) => migration.tables)
  const names = gone
    .filter(({ isNoted }) => isNoted)
    .map(({ path }) => `'${basename(path).replace(/\.[^.]*$/, '')}'`)
  const statements = [
    `DROP TABLE IF EXISTS ${tables.join(', ')};`,
    ...(names.length > 0 ? [`DELETE FROM pgmigrations WHERE name IN (${names.join(', ')});`] : []),
  ]
  const text =
    'The database is not touched. If it was migrated, its billing tables and what they hold stay ' +
    `(${tables.join(', ')}). To drop them, run this SQL: ${statements.join(' ')}`
  return [{ code: 'drop_tables', text }]
}

function tablesOf(sql: string): string[] {
  return statementsOf(upPart(sql)).flatMap(([create, table, name]) =>
    create?.text === 'create' && table?.text === 'table' && name !== undefined
      ? [name.kind === 'quoted' ? `"${name.text}"` : name.text]
      : [],
  )
}
