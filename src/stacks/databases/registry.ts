import type { DatabaseProfile } from '../../types.js'
import type { DetectionContext } from '../../host/context.js'
import type { DetectedServer } from '../servers/stack.js'
import { pg } from './pg/index.js'
import type { DatabaseStack } from './stack.js'

/** A new database layer is one line here. Those that stand on another one come before it. */
export const databaseStacks: readonly DatabaseStack[] = [pg]

/** Layers that are recognised only to say that they are not supported. */
const NOT_SUPPORTED: Record<string, string> = {
  'drizzle-orm': 'Drizzle',
  '@prisma/client': 'Prisma',
  prisma: 'Prisma',
  knex: 'Knex',
  sequelize: 'Sequelize',
  typeorm: 'TypeORM',
  'mikro-orm': 'MikroORM',
  '@mikro-orm/core': 'MikroORM',
  kysely: 'Kysely',
  objection: 'Objection',
  'pg-promise': 'pg-promise',
  postgres: 'postgres.js',
  slonik: 'Slonik',
  '@neondatabase/serverless': 'The Neon serverless driver',
  mongoose: 'Mongoose',
  mongodb: 'MongoDB',
  mysql2: 'MySQL',
  mysql: 'MySQL',
  'better-sqlite3': 'SQLite',
  sqlite3: 'SQLite',
  '@supabase/supabase-js': 'Supabase',
}

/** @param server null when the server could not be detected: only what package.json says is said */
export function detectDatabase(
  context: DetectionContext,
  server: DetectedServer | null,
): DatabaseProfile | null {
  const { manifest, overrides } = context
  const wanted = overrides.database
  if (wanted !== undefined) {
    const stack = databaseStacks.find(({ name }) => name === wanted)
    if (!stack) return notAStack(context, wanted)
    return server && stack.detect(context, server)
  }
  const stack = databaseStacks.find((candidate) => manifest.has(candidate.package))
  const other = Object.keys(NOT_SUPPORTED).find((name) => manifest.has(name))
  if (other !== undefined) return notSupported(context, other, stack)
  if (stack) return server && stack.detect(context, server)
  return context.report({
    code: 'no_database',
    message: 'No database library was found: package.json does not depend on pg.',
    hint: 'Billing is kept in PostgreSQL; only pg can be worked with so far.',
    evidence: [{ file: context.manifest.path, line: 1 }],
  })
}

function notAStack(context: DetectionContext, wanted: string): null {
  return context.report({
    code: 'database_not_supported',
    message: `${wanted} is not a database library that is supported.`,
    hint: `--database takes ${databaseStacks.map(({ name }) => name).join(', ')}.`,
    evidence: [],
    flag: '--database',
    choices: databaseStacks.map(({ name }) => name),
  })
}

function notSupported(
  context: DetectionContext,
  name: string,
  beside: DatabaseStack | undefined,
): null {
  const problem = {
    code: 'database_not_supported',
    message: `${NOT_SUPPORTED[name]} is not supported yet.`,
    evidence: [context.manifest.evidence(name)],
  }
  if (!beside) return context.report({ ...problem, hint: 'Only pg can be worked with so far.' })
  return context.report({
    ...problem,
    hint: `Billing can stand on ${beside.name} beside it: --database ${beside.name}.`,
    flag: '--database',
    choices: [beside.name],
  })
}
