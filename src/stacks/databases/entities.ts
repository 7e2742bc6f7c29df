import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../host/context.js'
import { modelFiles } from '../../host/database/model-files.js'
import type { Schema, Table } from '../../host/database/schema.js'
import type { Sources } from '../../host/source/sources.js'
import type { DetectedServer } from '../servers/stack.js'

const TYPES: [RegExp, string][] = [
  [/uuid/, 'uuid'],
  [/^(int8|bigint)$/, 'bigint'],
  [/^(int|integer|int4|number|increment|rowid|identity)$/, 'integer'],
  [/^(smallint|int2)$/, 'smallint'],
  [/^(varchar|character varying|text|citext|char|string)$/, 'text'],
]

/** `@Entity('users') class User { @PrimaryGeneratedColumn('uuid') id: string }`, of TypeORM and MikroORM. */
export function applyEntities(
  schema: Schema,
  context: DetectionContext,
  server: DetectedServer,
): void {
  const { sources } = context
  const named: Naming = { snakeCase: usesSnakeCase(context, server) }
  const classes = new Map<string, Entity>()
  for (const file of modelFiles(
    context,
    server,
    /@Entity\b|@PrimaryGeneratedColumn|@PrimaryKey|@PrimaryColumn/,
  )) {
    const source = sources.parse(file)
    if (!source) continue
    sources.walk(source, (node) => {
      if (sources.ts.isClassDeclaration(node) && node.name) {
        classes.set(node.name.text, { file, node })
      }
    })
  }
  for (const entity of classes.values()) {
    const table = tableOf(sources, entity, classes, named)
    if (table) schema.create(table)
  }
}

interface Entity {
  file: string
  node: ts.ClassDeclaration
}

interface Naming {
  snakeCase: boolean
}

function usesSnakeCase(context: DetectionContext, server: DetectedServer): boolean {
  return (
    modelFiles(context, server, /SnakeNamingStrategy|UnderscoreNamingStrategy|@mikro-orm/).length >
    0
  )
}

function tableOf(
  sources: Sources,
  { file, node }: Entity,
  classes: Map<string, Entity>,
  naming: Naming,
): Table | null {
  const entity = decorators(sources, node).find((text) => /^@Entity\b/.test(text))
  if (entity === undefined || !node.name) return null
  const name =
    /^@Entity\(\s*['"]([^'"]+)['"]/.exec(entity)?.[1] ??
    /\b(?:name|tableName):\s*['"]([^'"]+)['"]/.exec(entity)?.[1] ??
    snake(node.name.text)
  const inSchema = /\bschema:\s*['"]([^'"]+)['"]/.exec(entity)?.[1] ?? null
  const table: Table = {
    schema: inSchema === 'public' ? null : inSchema,
    name,
    columns: [],
    primaryKey: [],
    evidence: sources.evidence(file, node),
  }
  for (const one of withParents(sources, node, classes)) addMembers(sources, one, table, naming)
  return table
}

/** The class and those it extends, the base first. */
function withParents(
  sources: Sources,
  node: ts.ClassDeclaration,
  classes: Map<string, Entity>,
  depth = 4,
): ts.ClassDeclaration[] {
  const parent = node.heritageClauses?.[0]?.types[0]?.expression.getText() ?? ''
  const base = classes.get(parent)?.node
  return base && depth > 0 ? [...withParents(sources, base, classes, depth - 1), node] : [node]
}

function addMembers(
  sources: Sources,
  node: ts.ClassDeclaration,
  table: Table,
  naming: Naming,
): void {
  for (const member of node.members) {
    if (!sources.ts.isPropertyDeclaration(member)) continue
    const mark = decorators(sources, member).find((text) =>
      /^@(Column|PrimaryColumn|PrimaryGeneratedColumn|PrimaryKey|Property|CreateDateColumn|SerializedPrimaryKey)\b/.test(
        text,
      ),
    )
    if (mark === undefined) continue
    const key = member.name.getText()
    const given = /\b(?:name|fieldName):\s*['"]([^'"]+)['"]/.exec(mark)?.[1]
    const name = given ?? (naming.snakeCase ? snake(key) : key)
    table.columns.push({ name, type: typeOf(mark, member.type?.getText() ?? '') })
    if (/^@(Primary|.*\bprimary:\s*true)/.test(mark)) table.primaryKey.push(name)
  }
}

function typeOf(mark: string, declared: string): string {
  const given =
    /\(\s*['"](\w[\w ]*)['"]/.exec(mark)?.[1] ??
    /\b(?:type|columnType):\s*['"]([^'"]+)['"]/.exec(mark)?.[1] ??
    (/^@PrimaryGeneratedColumn/.test(mark) ? 'integer' : declared)
  return TYPES.find(([pattern]) => pattern.test(given))?.[1] ?? given.toLowerCase()
}

function decorators({ ts }: Sources, node: ts.HasDecorators): string[] {
  return (ts.getDecorators(node) ?? []).map((one) => one.getText())
}

function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
}
