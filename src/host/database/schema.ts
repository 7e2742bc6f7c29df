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

/** A column that refers to another table's key. */
export interface Reference {
  to: Pick<Table, 'schema' | 'name'>
  /** Null where it is the primary key, without its name. */
  column: string | null
  type: string
  evidence: Evidence
}

/** The tables that migrations leave behind, kept up while they are read in order. */
export class Schema {
  readonly #tables = new Map<string, Table>()
  /** Also to tables that nothing here makes. */
  readonly references: Reference[] = []
  /** Names of the tables with row level security. */
  readonly rowSecurity: string[] = []

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

  /** Takes over what is not known here. */
  add(other: Schema): void {
    for (const table of other.tables) this.create(table)
    this.references.push(...other.references)
    this.rowSecurity.push(...other.rowSecurity)
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
