import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../../host/context.js'
import { isDown } from '../../../host/database/migration-code.js'
import { MIGRATION_FOLDERS } from '../../../host/database/migrations.js'
import { applySql } from '../../../host/database/sql-schema.js'
import type { Schema, Table } from '../../../host/database/schema.js'
import { joinPath } from '../../../host/host-files.js'
import type { Sources } from '../../../host/source/sources.js'

const TYPES: Record<string, string> = {
  increments: 'integer',
  bigIncrements: 'bigint',
  integer: 'integer',
  bigInteger: 'bigint',
  bigint: 'bigint',
  uuid: 'uuid',
  string: 'text',
  text: 'text',
}

/** What Knex's migrations make: `knex.schema.createTable('users', (table) => { … })`. */
export function applyKnex(schema: Schema, context: DetectionContext, configText: string): void {
  const { sources, files } = context
  const named = [...configText.matchAll(/directory:[^'"`\n]*['"`]([\w./-]+)['"`]/g)].map(
    ([, path]) => path ?? '',
  )
  const folders = [...named, ...MIGRATION_FOLDERS].flatMap((path) => [context.path(path), path])
  const folder = folders.find((one) => files.filesIn(one).some(isMigration))
  if (folder === undefined) return
  for (const name of files.filesIn(folder).filter(isMigration)) {
    const file = joinPath(folder, name)
    const source = sources.parse(file)
    if (!source) continue
    sources.walk(source, (node) => {
      if (isDown(sources, node)) return 'skip'
      if (sources.ts.isCallExpression(node)) apply(sources, schema, file, node)
      return undefined
    })
  }
}

function isMigration(name: string): boolean {
  return /\.[cm]?[jt]s$/.test(name) && !name.endsWith('.d.ts')
}

function apply(sources: Sources, schema: Schema, file: string, call: ts.CallExpression): void {
  const { ts } = sources
  if (!ts.isPropertyAccessExpression(call.expression)) return
  const method = call.expression.name.text
  const [first, second] = call.arguments
  if (!first) return
  if (method === 'raw') {
    if (ts.isStringLiteralLike(first)) applySql(schema, file, first.text)
    return
  }
  if (!ts.isStringLiteralLike(first)) return
  const [name = '', inSchema] = first.text.split('.').reverse()
  const known = schema.find(inSchema ?? null, name)
  switch (method) {
    case 'createTable':
    case 'createTableIfNotExists':
      schema.create(
        filled(sources, second, {
          schema: inSchema ?? null,
          name,
          columns: [],
          primaryKey: [],
          evidence: sources.evidence(file, call),
        }),
      )
      break
    case 'table':
    case 'alterTable':
      if (known) filled(sources, second, known)
      break
    case 'dropTable':
    case 'dropTableIfExists':
      schema.drop(inSchema ?? null, name)
      break
    case 'renameTable':
      if (known && second && ts.isStringLiteralLike(second)) schema.rename(known, second.text)
  }
}

/** The calls on the table inside its function: `table.uuid('id').primary()`. */
function filled(sources: Sources, builder: ts.Node | undefined, table: Table): Table {
  const { ts } = sources
  if (!builder) return table
  sources.walk(builder, (node) => {
    if (!ts.isCallExpression(node)) return
    const chain = chainOf(sources, node)
    const [column, ...then] = chain
    if (!column) return
    const [first, second] = column.arguments
    const name = first && ts.isStringLiteralLike(first) ? first.text : null
    if (column.method === 'primary' && first && ts.isArrayLiteralExpression(first)) {
      table.primaryKey = first.elements.map((element) => element.getText().slice(1, -1))
    }
    const specific = column.method === 'specificType' && second && ts.isStringLiteralLike(second)
    const type = specific ? second.text.toLowerCase() : TYPES[column.method]
    const isIncrements = /^(bigI|i)ncrements$/.test(column.method)
    const named = name ?? (isIncrements ? 'id' : null)
    if (named === null || (type === undefined && !/^[a-z]/.test(column.method))) return
    if (then.some(({ method }) => method === 'alter')) {
      for (const known of table.columns) if (known.name === named) known.type = type ?? known.type
    } else if (!table.columns.some((known) => known.name === named)) {
      table.columns.push({ name: named, type: type ?? column.method.toLowerCase() })
    }
    const isKey = isIncrements || then.some(({ method }) => method === 'primary')
    if (isKey && !table.primaryKey.includes(named)) table.primaryKey.push(named)
  })
  return table
}

interface Link {
  method: string
  arguments: readonly ts.Expression[]
}

/** `table.uuid('id').primary()` as uuid, primary; empty where it is only a part of such a chain. */
function chainOf({ ts }: Sources, call: ts.CallExpression): Link[] {
  const isPart =
    ts.isPropertyAccessExpression(call.parent) && ts.isCallExpression(call.parent.parent)
  if (isPart) return []
  const links: Link[] = []
  let node: ts.Expression = call
  while (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    links.unshift({ method: node.expression.name.text, arguments: node.arguments })
    node = node.expression.expression
  }
  return ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword ? links : []
}
