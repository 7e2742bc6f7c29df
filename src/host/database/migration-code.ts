import type { ts } from 'ts-morph'
import { propertyOf } from '../source/expression.js'
import type { Sources } from '../source/sources.js'
import type { Schema, Table } from './schema.js'
import { applySql } from './sql-schema.js'

/**
 * Applies a node-pg-migrate migration written as code: `pgm.createTable('users', { id: 'id' })`,
 * `pgm.addColumns`, `pgm.dropTable`, `pgm.sql`. What follows `down` is the way back.
 */
export function applyMigrationCode(schema: Schema, sources: Sources, file: string): void {
  const { ts } = sources
  const source = sources.parse(file)
  if (!source) return
  sources.walk(source, (node) => {
    if (isDown(sources, node)) return 'skip'
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      apply(schema, sources, file, node, node.expression.name.text)
    }
  })
}

/** What leads back to the state before. */
export function isDown({ ts }: Sources, node: ts.Node): boolean {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node))
    return node.name?.getText() === 'down'
  if (ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node))
    return node.name.getText() === 'down'
  return ts.isBinaryExpression(node) && /^(module\.)?exports\.down$/.test(node.left.getText())
}

function apply(
  schema: Schema,
  sources: Sources,
  file: string,
  call: ts.CallExpression,
  method: string,
): void {
  const { ts } = sources
  const [first, columns] = call.arguments
  if (!first) return
  if (method === 'sql') {
    if (ts.isStringLiteralLike(first)) applySql(schema, file, first.text)
    return
  }
  const name = tableName(sources, first)
  if (!name) return
  if (method === 'createTable') {
    const evidence = sources.evidence(file, call)
    const table: Table = { ...name, columns: [], primaryKey: [], evidence }
    if (columns) addColumns(table, sources, columns)
    schema.create(table)
  } else if (method === 'addColumn' || method === 'addColumns') {
    const table = schema.find(name.schema, name.name)
    if (table && columns) addColumns(table, sources, columns)
  } else if (method === 'dropTable') {
    schema.drop(name.schema, name.name)
  }
}

function tableName(sources: Sources, node: ts.Expression): Pick<Table, 'schema' | 'name'> | null {
  const { ts } = sources
  if (ts.isStringLiteralLike(node)) return { schema: null, name: node.text }
  const name = propertyOf(sources, node, 'name')
  const schema = propertyOf(sources, node, 'schema')
  if (!name || !ts.isStringLiteralLike(name)) return null
  const isPublic = !schema || !ts.isStringLiteralLike(schema) || schema.text === 'public'
  return { schema: isPublic ? null : schema.text, name: name.text }
}

/** What SQL allows behind the type, and node-pg-migrate hands on. */
const CONSTRAINTS =
  /\s(generated|primary key|not null|null|default|references|unique|check|collate|constraint)\b.*$/is

function addColumns(table: Table, sources: Sources, columns: ts.Expression): void {
  const { ts } = sources
  if (!ts.isObjectLiteralExpression(columns)) return
  for (const property of columns.properties) {
    if (!ts.isPropertyAssignment(property)) continue
    const name = property.name.getText().replace(/^['"]|['"]$/g, '')
    const value = sources.unwrap(property.initializer)
    const definition = ts.isStringLiteralLike(value) ? value.text : typeIn(sources, value)
    const type = definition.replace(CONSTRAINTS, '').trim()
    // The shorthand 'id' is node-pg-migrate's for a serial primary key.
    if (type === 'id') table.columns.push({ name, type: 'serial' })
    else table.columns.push({ name, type: type.toLowerCase() })
    const isKey =
      /\bprimary key\b/i.test(definition) ||
      propertyOf(sources, value, 'primaryKey')?.getText() === 'true'
    if (type === 'id' || isKey) table.primaryKey.push(name)
  }
}

function typeIn(sources: Sources, value: ts.Expression): string {
  const type = propertyOf(sources, value, 'type')
  return type && sources.ts.isStringLiteralLike(type) ? type.text : ''
}
