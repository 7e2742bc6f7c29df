import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../../host/context.js'
import { modelFiles } from '../../../host/database/model-files.js'
import type { Schema, Table } from '../../../host/database/schema.js'
import type { Sources } from '../../../host/source/sources.js'
import type { DetectedServer } from '../../servers/stack.js'
import { isDown } from '../../../host/database/migration-code.js'

/** `db.schema.createTable('users').addColumn('id', 'serial', (column) => column.primaryKey())` */
export function applyKysely(
  schema: Schema,
  context: DetectionContext,
  server: DetectedServer,
): void {
  const { sources } = context
  for (const file of modelFiles(context, server, /\.createTable\(/)) {
    const source = sources.parse(file)
    if (!source) continue
    sources.walk(source, (node) => {
      if (isDown(sources, node)) return 'skip'
      if (sources.ts.isCallExpression(node)) apply(schema, sources, file, node)
      return undefined
    })
  }
}

function apply(schema: Schema, sources: Sources, file: string, call: ts.CallExpression): void {
  const { ts } = sources
  const [name] = call.arguments
  const callee = call.expression
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'createTable') return
  if (!name || !ts.isStringLiteralLike(name)) return
  const [table = '', inSchema = null] = name.text.split('.').reverse()
  const made: Table = {
    schema: inSchema === 'public' ? null : inSchema,
    name: table,
    columns: [],
    primaryKey: [],
    evidence: sources.evidence(file, call),
  }
  for (let link: ts.Node = call; ts.isCallExpression(link); link = link.parent.parent) {
    addColumn(sources, made, link)
    if (!ts.isPropertyAccessExpression(link.parent)) break
  }
  schema.create(made)
}

function addColumn(
  { ts }: Sources,
  table: Table,
  { expression, arguments: given }: ts.CallExpression,
): void {
  const [name, type, build] = given
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'addColumn') return
  if (!name || !ts.isStringLiteralLike(name) || !type) return
  const text = ts.isStringLiteralLike(type)
    ? type.text
    : (/`([^`]+)`/.exec(type.getText())?.[1] ?? '')
  table.columns.push({ name: name.text, type: text.toLowerCase() })
  if (build && /\.primaryKey\(/.test(build.getText())) table.primaryKey.push(name.text)
}
