import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../../host/context.js'
import { applySql } from '../../../host/database/sql-schema.js'
import { isDown } from '../../../host/database/migration-code.js'
import { MIGRATION_FOLDERS } from '../../../host/database/migrations.js'
import { modelFiles } from '../../../host/database/model-files.js'
import type { Schema, Table } from '../../../host/database/schema.js'
import { joinPath } from '../../../host/host-files.js'
import { propertyOf, stringValue } from '../../../host/source/expression.js'
import type { Sources } from '../../../host/source/sources.js'
import type { DetectedServer } from '../../servers/stack.js'
import { objectBehind } from '../driver-connection.js'

const TYPES: Record<string, string> = {
  UUID: 'uuid',
  INTEGER: 'integer',
  SMALLINT: 'smallint',
  BIGINT: 'bigint',
  STRING: 'text',
  TEXT: 'text',
  CITEXT: 'citext',
  CHAR: 'text',
}

/** What the models describe, and before them the migrations that made their tables. */
export function applySequelize(
  schema: Schema,
  context: DetectionContext,
  server: DetectedServer,
): void {
  const { sources, files } = context
  const folders = MIGRATION_FOLDERS.flatMap((path) => [context.path(path), path])
  const folder = folders.find((one) =>
    files.filesIn(one).some((name) => /\.[cm]?[jt]s$/.test(name)),
  )
  for (const name of folder === undefined ? [] : files.filesIn(folder)) {
    applyMigration(schema, sources, joinPath(folder ?? '', name))
  }
  for (const file of modelFiles(context, server, /sequelize/i)) applyModels(schema, sources, file)
}

function applyMigration(schema: Schema, sources: Sources, file: string): void {
  const { ts } = sources
  const source = /\.[cm]?[jt]s$/.test(file) ? sources.parse(file) : null
  if (!source) return
  sources.walk(source, (node) => {
    if (isDown(sources, node)) return 'skip'
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression))
      return undefined
    const method = node.expression.name.text
    const [first, second, third] = node.arguments
    if (!first) return undefined
    if (method === 'query' && ts.isStringLiteralLike(first)) applySql(schema, file, first.text)
    const name = nameIn(sources, file, first)
    if (name === null) return undefined
    if (method === 'createTable' && second) {
      schema.create(tableWith(sources, file, node, name, second, (key) => key))
    } else if (method === 'addColumn' && second && third) {
      const table = schema.find(name.schema, name.name)
      const column = stringValue(sources, file, second)
      if (table && column !== null) addColumn(sources, file, table, column, third)
    } else if (method === 'dropTable') schema.drop(name.schema, name.name)
    else if (method === 'renameTable' && second) {
      const table = schema.find(name.schema, name.name)
      const to = nameIn(sources, file, second)
      if (table && to) schema.rename(table, to.name)
    }
    return undefined
  })
}

function nameIn(
  sources: Sources,
  file: string,
  node: ts.Node,
): Pick<Table, 'schema' | 'name'> | null {
  const text = stringValue(sources, file, node)
  if (text !== null) return { schema: null, name: text }
  const name = propertyOf(sources, node, 'tableName')
  const schema = propertyOf(sources, node, 'schema')
  const given = name && stringValue(sources, file, name)
  const inSchema = schema ? stringValue(sources, file, schema) : null
  return given ? { schema: inSchema === 'public' ? null : inSchema, name: given } : null
}

/** `sequelize.define('User', columns, options)` and `User.init(columns, options)` */
function applyModels(schema: Schema, sources: Sources, file: string): void {
  const { ts } = sources
  const source = sources.parse(file)
  if (!source) return
  sources.walk(source, (node) => {
    if (ts.isClassDeclaration(node)) {
      const table = decorated(sources, file, node)
      if (table) schema.create(table)
    }
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return
    const isDefine = node.expression.name.text === 'define'
    if (!isDefine && !(node.expression.name.text === 'init' && node.arguments.length === 2)) return
    const [first, second, third] = node.arguments
    const columns = isDefine ? second : first
    const options = isDefine ? third : second
    if (!first || !columns) return
    const given = isDefine ? stringValue(sources, file, first) : null
    const named = options ? valueIn(sources, file, options, 'modelName') : null
    const model = given ?? named ?? node.expression.expression.getText()
    const flags = options?.getText() ?? ''
    const tableName = options ? valueIn(sources, file, options, 'tableName') : null
    const isFrozen = /freezeTableName:\s*true/.test(flags)
    const isSnake = /underscored:\s*true/.test(flags)
    const usual = isSnake ? snake(model) : model
    const name = tableName ?? (isFrozen ? model : plural(usual))
    const inSchema = options ? valueIn(sources, file, options, 'schema') : null
    const at = { schema: inSchema === 'public' ? null : inSchema, name }
    const table = tableWith(sources, file, node, at, columns, isSnake ? snake : (key) => key)
    if (table.primaryKey.length === 0) withId(table)
    schema.create(table)
  })
}

/** sequelize-typescript: `@Table({ tableName: 'users' }) class User extends Model` */
function decorated(sources: Sources, file: string, node: ts.ClassDeclaration): Table | null {
  const { ts } = sources
  const decorator = (ts.getDecorators(node) ?? []).find(({ expression }) =>
    /^Table\b/.test(expression.getText()),
  )
  if (!decorator || !node.name) return null
  const text = decorator.getText()
  const name = /tableName:\s*['"](\w+)['"]/.exec(text)?.[1] ?? plural(node.name.text)
  const table: Table = {
    schema: null,
    name,
    columns: [],
    primaryKey: [],
    evidence: sources.evidence(file, node),
  }
  for (const member of node.members) {
    if (!ts.isPropertyDeclaration(member)) continue
    const marks = (ts.getDecorators(member) ?? []).map((one) => one.getText()).join(' ')
    if (!/@(Column|PrimaryKey|Default)/.test(marks)) continue
    const type = /DataType\.(\w+)/.exec(marks)?.[1]
    const plain = /number/.test(member.type?.getText() ?? '') ? 'integer' : 'text'
    const column = member.name.getText()
    table.columns.push({ name: column, type: (type && TYPES[type]) ?? plain })
    if (/@PrimaryKey|primaryKey:\s*true/.test(marks)) table.primaryKey.push(column)
  }
  if (table.primaryKey.length === 0) withId(table)
  return table
}

function tableWith(
  sources: Sources,
  file: string,
  at: ts.Node,
  name: Pick<Table, 'schema' | 'name'>,
  columns: ts.Expression,
  columnName: (key: string) => string,
): Table {
  const { ts } = sources
  const table: Table = {
    ...name,
    columns: [],
    primaryKey: [],
    evidence: sources.evidence(file, at),
  }
  const object = objectBehind(sources, file, columns)
  for (const property of object?.node.properties ?? []) {
    if (!ts.isPropertyAssignment(property)) continue
    const key = property.name.getText().replace(/^['"]|['"]$/g, '')
    const field = valueIn(sources, file, property.initializer, 'field')
    addColumn(sources, file, table, field ?? columnName(key), property.initializer)
  }
  return table
}

function addColumn(
  sources: Sources,
  file: string,
  table: Table,
  name: string,
  given: ts.Expression,
): void {
  const value = sources.unwrap(given)
  const typed = propertyOf(sources, value, 'type') ?? value
  const type = /(?:\w+\.)?\b([A-Z][A-Z0-9]+)\b/.exec(typed.getText())?.[1] ?? ''
  table.columns.push({ name, type: TYPES[type] ?? type.toLowerCase() })
  if (propertyOf(sources, value, 'primaryKey')?.getText() === 'true') table.primaryKey.push(name)
}

/** The key that a model without one gets. */
function withId(table: Table): void {
  if (!table.columns.some(({ name }) => name === 'id'))
    table.columns.push({ name: 'id', type: 'integer' })
  table.primaryKey.push('id')
}

function valueIn(sources: Sources, file: string, node: ts.Node, name: string): string | null {
  const value = propertyOf(sources, node, name)
  return value && stringValue(sources, file, value)
}

function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
}

/** As Sequelize names a model's table, for the words that hold those who log in. */
function plural(name: string): string {
  if (/person$/i.test(name)) return name.replace(/erson$/, 'eople')
  if (/[^aeiou]y$/.test(name)) return name.replace(/y$/, 'ies')
  return /s$/.test(name) ? name : `${name}s`
}
