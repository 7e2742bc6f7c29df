import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../../host/context.js'
import { modelFiles } from '../../../host/database/model-files.js'
import type { Schema, Table } from '../../../host/database/schema.js'
import type { Sources } from '../../../host/source/sources.js'
import type { DetectedServer } from '../../servers/stack.js'

const TYPES: Record<string, string> = {
  uuid: 'uuid',
  serial: 'integer',
  smallserial: 'smallint',
  bigserial: 'bigint',
  integer: 'integer',
  smallint: 'smallint',
  bigint: 'bigint',
  text: 'text',
  varchar: 'text',
  char: 'text',
  citext: 'citext',
}

/** `pgTable('users', { id: uuid('id').primaryKey() })`, also of a pgSchema or a table creator. */
export function applyDrizzle(
  schema: Schema,
  context: DetectionContext,
  server: DetectedServer,
  config: { files: string[]; snakeCase: boolean },
): void {
  const { sources } = context
  const found = modelFiles(context, server, /pgTable|pgSchema/)
  for (const file of new Set([...config.files, ...found])) {
    const source = sources.parse(file)
    if (!source) continue
    sources.walk(source, (node) => {
      if (!sources.ts.isCallExpression(node)) return
      const table = tableOf(sources, file, node, config.snakeCase)
      if (table) schema.create(table)
    })
  }
}

function tableOf(
  sources: Sources,
  file: string,
  call: ts.CallExpression,
  snakeCase: boolean,
): Table | null {
  const { ts } = sources
  const callee = call.expression.getText()
  const [name, columns, more] = call.arguments
  if (!/(^|\.)(pgTable|createTable|table|view|pgView)$/i.test(callee) || !name || !columns)
    return null
  if (!ts.isStringLiteralLike(name)) return null
  const object = columnsOf(sources, columns)
  if (!object) return null
  const table: Table = {
    schema: schemaOf(sources, file, call),
    name: name.text,
    columns: [],
    primaryKey: [],
    evidence: sources.evidence(file, call),
  }
  for (const property of object.properties) {
    if (ts.isPropertyAssignment(property)) addColumn(sources, table, property, snakeCase)
  }
  const keys =
    more &&
    /primaryKey\(\s*(?:\{\s*)?(?:name:[^,]+,\s*)?columns:\s*\[([^\]]+)\]/.exec(more.getText())?.[1]
  if (keys) table.primaryKey = keys.split(',').map((key) => key.trim().replace(/^\w+\./, ''))
  return table
}

/** The columns as an object, or as a function that gives it: `(t) => ({ id: t.uuid() })`. */
function columnsOf(sources: Sources, node: ts.Expression): ts.ObjectLiteralExpression | null {
  const { ts } = sources
  const bare = sources.unwrap(node)
  if (ts.isObjectLiteralExpression(bare)) return bare
  if (!ts.isArrowFunction(bare) || ts.isBlock(bare.body)) return null
  const body = sources.unwrap(bare.body)
  return ts.isObjectLiteralExpression(body) ? body : null
}

function addColumn(
  sources: Sources,
  table: Table,
  property: ts.PropertyAssignment,
  snakeCase: boolean,
): void {
  const { ts } = sources
  const methods: string[] = []
  let node: ts.Expression = property.initializer
  let given: string | null = null
  while (ts.isCallExpression(node)) {
    const callee = node.expression
    const [first] = node.arguments
    given = first && ts.isStringLiteralLike(first) ? first.text : null
    methods.push(ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText())
    if (!ts.isPropertyAccessExpression(callee) || ts.isIdentifier(callee.expression)) break
    node = callee.expression
  }
  const type = methods.at(-1) ?? ''
  const key = property.name.getText().replace(/^['"]|['"]$/g, '')
  const name =
    given ?? (snakeCase ? key.replace(/[A-Z]/g, (sign) => `_${sign.toLowerCase()}`) : key)
  table.columns.push({ name, type: TYPES[type] ?? type })
  if (methods.includes('primaryKey')) table.primaryKey.push(name)
}

/** `const auth = pgSchema('auth'); auth.table('users', …)` */
function schemaOf(sources: Sources, file: string, call: ts.CallExpression): string | null {
  const { ts } = sources
  const callee = call.expression
  if (!ts.isPropertyAccessExpression(callee) || !ts.isIdentifier(callee.expression)) return null
  const meaning = sources.meaningOf(file, callee.expression.text)
  const made = meaning?.kind === 'local' ? sources.valueOf(meaning.node) : null
  const name = made ? /^pgSchema\(\s*['"](\w+)['"]/.exec(made.getText())?.[1] : undefined
  return name === undefined || name === 'public' ? null : name
}
