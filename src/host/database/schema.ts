import type { Evidence } from '../../types.js'

export interface Column {
  name: string
  /** Lower case, with its length and array signs: 'varchar(255)', 'timestamp with time zone'. */
  type: string
}

export interface Table {
  /** Null where the name has none, and for public. */
  schema: string | null
  name: string
  columns: Column[]
  primaryKey: string[]
  evidence: Evidence
}

/** The tables that migrations leave behind, kept up while they are read in order. */
export class Schema {
  readonly #tables = new Map<string, Table>()

  get tables(): Table[] {
    return [...this.#tables.values()]
  }

  find(schema: string | null, name: string): Table | undefined {
    return this.#tables.get(keyOf(schema, name))
  }

  /** A table that is there already stays as it is, as with IF NOT EXISTS. */
  create(table: Table): void {
    const key = keyOf(table.schema, table.name)
    if (!this.#tables.has(key)) this.#tables.set(key, table)
  }

  drop(schema: string | null, name: string): void {
    this.#tables.delete(keyOf(schema, name))
  }

  rename(table: Table, name: string): void {
    this.drop(table.schema, table.name)
    this.create({ ...table, name })
  }
}

/** 'users', or 'auth.users' outside the public schema. */
export function qualifiedName({ schema, name }: Pick<Table, 'schema' | 'name'>): string {
  return schema === null ? name : `${schema}.${name}`
}

function keyOf(schema: string | null, name: string): string {
  return JSON.stringify([schema, name])
}
