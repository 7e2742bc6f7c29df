import { lineCounter, type LineCounter } from '../text.js'
import { qualifiedName, type Column, type Schema, type Table } from './schema.js'
import { statementsOf, upPart, type Token } from './sql-statements.js'

const CONSTRAINTS = new Set([
  'constraint',
  'primary',
  'unique',
  'foreign',
  'check',
  'exclude',
  'like',
])
/** Words that end a column's type. */
const AFTER_TYPE = new Set([
  'not',
  'null',
  'default',
  'primary',
  'unique',
  'references',
  'check',
  'constraint',
  'generated',
  'collate',
  'using',
])

/** Applies what a migration file does to the tables. Statements about anything else do nothing. */
export function applySql(schema: Schema, file: string, sql: string): void {
  const text = upPart(sql)
  const lineAt = lineCounter(text)
  for (const tokens of statementsOf(text)) {
    const statement = new Statement(tokens)
    if (statement.take('create')) createTable(schema, statement, file, lineAt)
    else if (statement.take('alter', 'table')) alterTable(schema, statement)
    else if (statement.take('drop', 'table')) dropTables(schema, statement)
  }
}

/** A statement that is read word by word. */
class Statement {
  #at = 0

  constructor(readonly tokens: Token[]) {}

  get next(): Token | undefined {
    return this.tokens[this.#at]
  }

  get rest(): Token[] {
    return this.tokens.slice(this.#at)
  }

  /** Passes over these words when they come next. */
  take(...words: string[]): boolean {
    const matches = words.every((word, index) => {
      const token = this.tokens[this.#at + index]
      return token?.text === word && token.kind !== 'quoted' && token.kind !== 'string'
    })
    if (matches) this.#at += words.length
    return matches
  }

  name(): string | null {
    const token = this.next
    if (token?.kind !== 'word' && token?.kind !== 'quoted') return null
    this.#at++
    return token.text
  }

  tableName(): { schema: string | null; name: string } | null {
    const first = this.name()
    if (first === null) return null
    if (!this.take('.')) return { schema: null, name: first }
    const name = this.name()
    return name === null ? null : { schema: first === 'public' ? null : first, name }
  }
}

function createTable(
  schema: Schema,
  statement: Statement,
  file: string,
  lineAt: LineCounter,
): void {
  const offset = statement.next?.offset ?? 0
  // A temporary table is gone when the migration is.
  statement.take('unlogged')
  if (!statement.take('table')) return
  statement.take('if', 'not', 'exists')
  const name = statement.tableName()
  if (!name || !statement.take('(')) return
  const table: Table = {
    ...name,
    columns: [],
    primaryKey: [],
    evidence: { file, line: lineAt(offset) },
  }
  for (const part of splitAtCommas(insideParentheses(statement.rest))) {
    define(table, part)
    addReference(schema, table, part)
  }
  schema.create(table)
}

/** `user_id uuid REFERENCES users (id)`, `FOREIGN KEY (user_id) REFERENCES users (id)` */
function addReference(schema: Schema, table: Table, tokens: Token[]): void {
  const at = tokens.findIndex(({ kind, text }) => kind === 'word' && text === 'references')
  if (at === -1) return
  const target = new Statement(tokens.slice(at + 1))
  const to = target.tableName()
  if (!to) return
  const [column = null] = target.take('(')
    ? insideParentheses(target.rest).map(({ text }) => text)
    : []
  const open = tokens.findIndex(({ kind, text }) => kind === 'sign' && text === '(')
  const isForeignKey = tokens.some(({ text }, index) => text === 'foreign' && index < at)
  const name = isForeignKey ? tokens[open + 1]?.text : tokens[0]?.text
  const type = table.columns.find((one) => one.name === name)?.type
  if (type !== undefined) schema.references.push({ to, column, type, evidence: table.evidence })
}

/** Adds one column or constraint, as it stands between the commas of CREATE TABLE. */
function define(table: Table, tokens: Token[]): void {
  const [first] = tokens
  if (!first) return
  if (first.kind === 'word' && CONSTRAINTS.has(first.text)) {
    table.primaryKey = table.primaryKey.concat(keyColumns(tokens))
    return
  }
  table.columns.push({ name: first.text, type: typeOf(tokens.slice(1)) })
  const text = tokens.map((token) => token.text).join(' ')
  if (/\bprimary key\b/.test(text)) table.primaryKey.push(first.text)
}

function keyColumns(tokens: Token[]): string[] {
  const key = tokens.findIndex(
    (token, index) => token.text === 'primary' && tokens[index + 1]?.text === 'key',
  )
  const open = key === -1 ? -1 : tokens.findIndex((token, at) => at > key && token.text === '(')
  if (open === -1) return []
  return insideParentheses(tokens.slice(open + 1))
    .filter((token) => token.kind !== 'sign')
    .map((token) => token.text)
}

function typeOf(tokens: Token[]): string {
  const end = tokens.findIndex((token) => token.kind === 'word' && AFTER_TYPE.has(token.text))
  const words = (end === -1 ? tokens : tokens.slice(0, end)).map((token) => token.text)
  return words
    .join(' ')
    .replace(/ ?([(),.[\]]) ?/g, '$1')
    .replace(/^(public|pg_catalog)\./, '')
    .toLowerCase()
}

function alterTable(schema: Schema, statement: Statement): void {
  statement.take('if', 'exists')
  statement.take('only')
  const name = statement.tableName()
  const hasPolicies = statement.rest
    .slice(0, 4)
    .map(({ text }) => text)
    .join(' ')
  if (name && /^(enable|force) row level security$/.test(hasPolicies)) {
    const qualified = qualifiedName(name)
    if (!schema.rowSecurity.includes(qualified)) schema.rowSecurity.push(qualified)
  }
  const table = name && schema.find(name.schema, name.name)
  if (!table) return
  if (statement.take('rename', 'to')) {
    const renamed = statement.name()
    if (renamed !== null) schema.rename(table, renamed)
    return
  }
  for (const action of splitAtCommas(statement.rest)) alter(table, new Statement(action))
}

function alter(table: Table, action: Statement): void {
  if (action.take('add', 'column') || (action.take('add') && !isConstraint(action))) {
    action.take('if', 'not', 'exists')
    define(table, action.rest)
  } else if (isConstraint(action)) {
    table.primaryKey = table.primaryKey.concat(keyColumns(action.rest))
  } else if (action.take('drop', 'column')) {
    action.take('if', 'exists')
    const dropped = action.name()
    table.columns = table.columns.filter((column) => column.name !== dropped)
    table.primaryKey = table.primaryKey.filter((column) => column !== dropped)
  } else if (action.take('rename', 'column') || action.take('rename')) renameColumn(table, action)
  else if (action.take('alter', 'column') || action.take('alter')) retype(table, action)
}

function isConstraint(action: Statement): boolean {
  return action.next?.kind === 'word' && CONSTRAINTS.has(action.next.text)
}

function renameColumn(table: Table, action: Statement): void {
  const from = action.name()
  const to = action.take('to') ? action.name() : null
  if (from === null || to === null) return
  const rename = (name: string) => (name === from ? to : name)
  table.columns = table.columns.map((column) => ({ ...column, name: rename(column.name) }))
  table.primaryKey = table.primaryKey.map(rename)
}

function retype(table: Table, action: Statement): void {
  const name = action.name()
  if (!action.take('type') && !action.take('set', 'data', 'type')) return
  const type = typeOf(action.rest)
  table.columns = table.columns.map((column): Column =>
    column.name === name ? { ...column, type } : column,
  )
}

function dropTables(schema: Schema, statement: Statement): void {
  statement.take('if', 'exists')
  do {
    const name = statement.tableName()
    if (name) schema.drop(name.schema, name.name)
  } while (statement.take(','))
}

/** What follows an opening parenthesis, up to the one that closes it. */
function insideParentheses(tokens: Token[]): Token[] {
  let depth = 1
  const end = tokens.findIndex((token) => {
    depth += depthOf(token)
    return depth === 0
  })
  return end === -1 ? tokens : tokens.slice(0, end)
}

function splitAtCommas(tokens: Token[]): Token[][] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    depth += depthOf(token)
    if (depth === 0 && token.kind === 'sign' && token.text === ',') parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts
}

function depthOf(token: Token): number {
  if (token.kind !== 'sign') return 0
  return token.text === '(' ? 1 : token.text === ')' ? -1 : 0
}
