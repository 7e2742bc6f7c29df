import type { DatabaseProfile } from '../../types.js'
import type { DetectionContext } from '../../host/context.js'
import type { DetectedServer } from '../servers/stack.js'
import { drizzle } from './drizzle/index.js'
import { knex, objection } from './knex/index.js'
import { kysely } from './kysely/index.js'
import { mikroOrm } from './mikro-orm/index.js'
import { neon } from './neon/index.js'
import { pg } from './pg/index.js'
import { pgPromise } from './pg-promise/index.js'
import { postgresJs } from './postgres-js/index.js'
import { prisma } from './prisma/index.js'
import { sequelize } from './sequelize/index.js'
import { slonik } from './slonik/index.js'
import type { DatabaseDetection, DatabaseStack } from './stack.js'
import { supabase } from './supabase/index.js'
import { typeorm } from './typeorm/index.js'

/** A new database layer is one line here. Those that stand on another one come before it. */
export const databaseStacks: readonly DatabaseStack[] = [
  prisma,
  drizzle,
  typeorm,
  mikroOrm,
  sequelize,
  objection,
  knex,
  kysely,
  pgPromise,
  slonik,
  postgresJs,
  pg,
  neon,
  supabase,
]

type Foreign = Extract<DatabaseDetection, { kind: 'foreign' }>

/** Databases that are recognised only to say that they are not PostgreSQL. */
const OTHER_DATABASES: Record<string, string> = {
  mongoose: 'MongoDB',
  mongodb: 'MongoDB',
  mysql2: 'MySQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  'better-sqlite3': 'SQLite',
  sqlite3: 'SQLite',
  '@libsql/client': 'libSQL',
  mssql: 'Microsoft SQL Server',
  tedious: 'Microsoft SQL Server',
  'firebase-admin': 'Firestore',
  '@aws-sdk/client-dynamodb': 'DynamoDB',
}

/** The package's code speaks to a database, of whichever kind. */
export function isDatabase(context: DetectionContext): boolean {
  const names = [
    ...databaseStacks.flatMap(({ packages }) => packages),
    ...Object.keys(OTHER_DATABASES),
  ]
  return names.some((name) => context.has(name))
}

/** @param server null when the server could not be detected: only what package.json says is said */
export function detectDatabase(
  context: DetectionContext,
  server: DetectedServer | null,
): DatabaseProfile | null {
  const { overrides } = context
  const candidates = databaseStacks.filter((stack) =>
    overrides.database === undefined
      ? stack.packages.some((name) => context.has(name))
      : stack.name === overrides.database,
  )
  if (candidates.length === 0 && overrides.database !== undefined) {
    return notAStack(context, overrides.database)
  }
  if (candidates.length === 0) return noPostgres(context)
  if (!server) return null
  let foreign: { stack: DatabaseStack; is: Foreign } | null = null
  for (const stack of candidates) {
    const is = stack.detect(context, server)
    if (is.kind === 'found') return is.profile
    if (is.kind === 'refused') return null
    if (is.kind === 'foreign') foreign ??= { stack, is }
  }
  if (foreign) return otherDatabase(context, foreign.stack, foreign.is)
  return unseen(context, server, candidates)
}

/** A package that speaks to PostgreSQL is there, and where it connects is not to be seen. */
function unseen(
  context: DetectionContext,
  server: DetectedServer,
  candidates: DatabaseStack[],
): DatabaseProfile | null {
  const certain =
    candidates.find(({ name }) => name !== 'supabase' && name !== 'pg') ?? candidates[0]
  const speaksPostgres = candidates.some(({ onlyPostgres }) => onlyPostgres) || context.has('pg')
  if (certain && speaksPostgres && certain.name !== 'supabase') {
    return certain.assume(context, server)
  }
  if (certain?.name === 'supabase') {
    return context.report({
      code: 'database_not_supported',
      message: "This app reaches its database only through Supabase's HTTP API.",
      hint: "Billing needs a connection to PostgreSQL: put the database's address (Supabase: Connect, Connection string) into .env.example as DATABASE_URL= and into .env.",
      evidence: [context.manifest.evidence('@supabase/supabase-js')],
    })
  }
  return noPostgres(context)
}

function noPostgres(context: DetectionContext): null {
  const { manifest } = context
  const other = Object.keys(OTHER_DATABASES).find((name) => context.has(name))
  if (other !== undefined) {
    return context.report({
      code: 'database_not_supported',
      message: `This app keeps its data in ${OTHER_DATABASES[other]}.`,
      hint: 'Billing is kept in PostgreSQL, beside the users it belongs to.',
      evidence: [manifest.evidence(other)],
    })
  }
  return context.report({
    code: 'no_database',
    message: `No PostgreSQL library was found in ${manifest.path}.`,
    hint: `Billing is kept in PostgreSQL, reached with one of ${names().join(', ')}.`,
    evidence: [{ file: manifest.path, line: 1 }],
  })
}

function otherDatabase(
  context: DetectionContext,
  { label }: DatabaseStack,
  { database, file, line }: Foreign,
): null {
  return context.report({
    code: 'database_not_supported',
    message: `${label} is used with ${database}, not with PostgreSQL.`,
    hint: 'Billing is kept in PostgreSQL, beside the users it belongs to.',
    evidence: [{ file, line }],
  })
}

function notAStack(context: DetectionContext, wanted: string): null {
  return context.report({
    code: 'database_not_supported',
    message: `${wanted} is not a database library that is supported.`,
    hint: `--database takes ${names().join(', ')}.`,
    evidence: [],
    flag: '--database',
    choices: names(),
  })
}

function names(): string[] {
  return databaseStacks.map(({ name }) => name)
}
