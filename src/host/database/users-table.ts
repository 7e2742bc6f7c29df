import type { Found, UsersTable } from '../../types.js'
import type { DetectionContext } from '../context.js'
import { enumerate } from '../text.js'
import { qualifiedName, type Schema, type Table } from './schema.js'

/** Names of a table that holds those who log in, the most usual first. */
const NAMES = [
  'users',
  'user',
  'app_users',
  'app_user',
  'auth_users',
  'auth_user',
  'tbl_users',
  'tbl_user',
  'user_accounts',
  'user_account',
  'accounts',
  'account',
  'members',
  'people',
  'user_entity',
  'users_table',
  'profiles',
]
const EMAIL = /^(user_?)?e_?mail(_?address)?$/i
const PASSWORD = /^(hashed_?|encrypted_?)?(password|passwd|pass)(_?(hash|digest))?$/i
/** People who log in elsewhere than where something is sold, or do not yet. */
const NOT_BUYERS = /admin|staff|employee|super|invit|pending|reset|history|log|backup|old|temp/i

/** How a column that refers to a key of this type is declared. */
const REFERENCE_TYPES: [RegExp, string][] = [
  [/^uuid$/, 'uuid'],
  [/^(smallint|int2|smallserial|serial2|integer|int|int4|serial|serial4)$/, 'integer'],
  [/^(bigint|int8|bigserial|serial8)$/, 'bigint'],
  [/^(text|citext|varchar|character varying|char|character|bpchar)(\(\d+\))?$/, 'text'],
]
/** Words that PostgreSQL does not take as a name unless they are quoted. */
export const RESERVED = new Set([
  'user',
  'order',
  'group',
  'table',
  'references',
  'primary',
  'default',
])

/** The table of the host's users; null, and said, where there is none that can be referred to. */
export function detectUsers(
  context: DetectionContext,
  schema: Schema,
  defaultSchema: string | null = null,
): Found<UsersTable> | null {
  const wanted = context.overrides.usersTable
  // A table of before may stand beside the one that Better Auth signs in by.
  const signsIn = context.has('better-auth') ? ['user', ...NAMES] : NAMES
  const tables = wanted === undefined ? likelyTables(schema, signsIn) : namedTables(schema, wanted)
  if (tables.length > 1) return ambiguous(context, tables)
  const [table] = tables
  if (table) return describe(context, table, wanted !== undefined, defaultSchema)
  if (wanted !== undefined) {
    return context.report({
      code: 'users_table_not_found',
      message: `The host's SQL makes no table ${wanted}.`,
      hint: `It makes ${enumerate(schema.tables.map(qualifiedName)) || 'none that was found'}.`,
      evidence: [],
      flag: '--users-table',
    })
  }
  return referredTo(context, schema) ?? without(context, 'no users table was found')
}

/** Whether a table is there that looks like that of the users. */
export function hasUsers(schema: Schema): boolean {
  return likelyTables(schema).length > 0
}

/** The tables that look like that of the users: one, or none of them can be told from the others. */
export function likelyTables(schema: Schema, names: string[] = NAMES): Table[] {
  for (const name of names) {
    const tables = schema.tables.filter((table) => table.name.toLowerCase() === name)
    // Of several the one that holds addresses is meant: others are logs and settings.
    const withEmail = tables.filter((table) => emailOf(table) !== null)
    if (withEmail.length > 0) return withEmail
    if (tables.length > 0) return tables
  }
  return withPasswords(schema)
}

/** Whoever has an address and a password logs in, however the table is called: one such table. */
function withPasswords(schema: Schema): Table[] {
  const tables = schema.tables.filter(
    (table) =>
      !NOT_BUYERS.test(table.name) &&
      emailOf(table) !== null &&
      table.columns.some(({ name }) => PASSWORD.test(name)),
  )
  return tables.length === 1 ? tables : []
}

/** A users table that nothing here makes, known by what refers to it. */
function referredTo(context: DetectionContext, schema: Schema): Found<UsersTable> | null {
  for (const name of NAMES) {
    const [first, ...others] = schema.references.filter(({ to }) => to.name.toLowerCase() === name)
    const keyType = first && referenceType(first.type)
    if (!first || keyType === undefined) continue
    const column = first.column ?? others.find((other) => other.column !== null)?.column ?? 'id'
    const table = [first.to.schema, first.to.name].filter((part) => part !== null)
    return {
      value: {
        table: table.map(quoted).join('.'),
        key: quoted(column),
        keyType,
        emailColumn: null,
      },
      source: 'detected',
      evidence: [first.evidence],
    }
  }
  return null
}

function referenceType(type: string): string | undefined {
  return REFERENCE_TYPES.find(([pattern]) => pattern.test(type))?.[1]
}

function namedTables(schema: Schema, wanted: string): Table[] {
  const name = wanted.replaceAll('"', '').replace(/^public\./, '')
  return schema.tables.filter((table) => qualifiedName(table) === name)
}

function describe(
  context: DetectionContext,
  table: Table,
  isGiven: boolean,
  defaultSchema: string | null,
): Found<UsersTable> | null {
  const keys = [...new Set(table.primaryKey)]
  const [key] = keys
  const column = table.columns.find(({ name }) => name === key)
  const name = qualifiedName(table)
  if (!key || !column || keys.length > 1) {
    return without(context, `${name} has no primary key of one column`)
  }
  const keyType = referenceType(column.type)
  if (keyType === undefined) {
    return without(context, `the key of ${name} is of type ${column.type}`)
  }
  const email = emailOf(table)
  return {
    value: {
      table: [table.schema ?? defaultSchema, table.name]
        .filter((part) => part !== null)
        .map(quoted)
        .join('.'),
      key: quoted(key),
      keyType,
      emailColumn: email === null ? null : quoted(email),
    },
    source: isGiven ? 'flag' : 'detected',
    evidence: [table.evidence],
  }
}

function emailOf(table: Table): string | null {
  return table.columns.find(({ name }) => EMAIL.test(name))?.name ?? null
}

/** A name as it must be written in SQL. */
function quoted(name: string): string {
  if (/^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name)) return name
  return `"${name.replaceAll('"', '""')}"`
}

function without({ assumptions }: DetectionContext, reason: string): null {
  assumptions.push({
    field: 'host.database.users',
    value: 'none',
    reason: `${reason}; user ids are kept as text, without a reference`,
  })
  return null
}

function ambiguous(context: DetectionContext, tables: Table[]): null {
  return context.report({
    code: 'users_table_ambiguous',
    message: `There are several users tables: ${enumerate(tables.map(qualifiedName))}.`,
    hint: 'Name the one whose users pay with --users-table.',
    evidence: tables.map(({ evidence }) => evidence),
    flag: '--users-table',
    choices: tables.map(qualifiedName),
  })
}
