import type { DatabaseProfile, Evidence, Found } from '../../types.js'
import type { DetectionContext } from '../../host/context.js'
import {
  optionsOfExample,
  tlsVariableOfExample,
} from '../../host/database/connection/env-example.js'
import { defaultTls } from '../../host/database/connection/default-tls.js'
import { ofVariable, type ConnectionOptions } from '../../host/database/connection/options.js'
import { variable } from '../../host/database/connection/setting.js'
import { ownSettings } from '../../host/database/connection/settings.js'
import { poolsMade, sharedPool } from '../../host/database/connection/shared-pool.js'
import { hostSchema } from '../../host/database/host-schema.js'
import { detectMigrations } from '../../host/database/migrations.js'
import { qualifiedName, Schema } from '../../host/database/schema.js'
import { detectUsers } from '../../host/database/users-table.js'
import type { DetectedServer } from '../servers/stack.js'
import { pgContribution } from './own-pool.js'
import type { DatabaseDetection, DatabaseStack } from './stack.js'

/** What a layer's own code and files say of the connection. */
export interface LayerConnection {
  /** Null where what it is made from cannot be followed. */
  options: ConnectionOptions | null
  evidence: Evidence
  /** The kind of database, as it is named there; null where it is not. */
  dialect: string | null
  /** The PostgreSQL schema that the layer's tables are in; null for the default. */
  schema?: string | null
}

/** A library over PostgreSQL that is not node-postgres, or hides it. */
export interface Layer {
  name: string
  label: string
  packages: string[]
  /** It can speak to nothing else. */
  onlyPostgres: boolean
  /**
   * Its tools compare the whole schema of the host's tables with its models, and offer to drop what
   * they do not know: billing's tables are kept where they do not look.
   */
  ownsSchema: boolean
  connection(context: DetectionContext, server: DetectedServer): LayerConnection | null
  /** The tables that its models describe. */
  tables?(schema: Schema, context: DetectionContext, server: DetectedServer): void
}

const POSTGRES = /^(postgres|postgresql|pg|pg-native|cockroachdb|aurora-postgres|neon|postgrejs)$/i
const BILLING_SCHEMA = 'billing'

/** A stack that is written with the templates for node-postgres. */
export function stackOver(layer: Layer): DatabaseStack {
  const { name, label, packages } = layer
  return {
    name,
    label,
    kind: 'databases',
    packages,
    templates: 'pg',
    onlyPostgres: layer.onlyPostgres,
    detect: (context, server) => detectThrough(layer, context, server),
    assume: (context, server) => profileThrough(layer, context, server, null),
    contribute: pgContribution,
  }
}

function detectThrough(
  layer: Layer,
  context: DetectionContext,
  server: DetectedServer,
): DatabaseDetection {
  const found = layer.connection(context, server)
  if (found?.dialect && !POSTGRES.test(found.dialect)) {
    return { kind: 'foreign', database: found.dialect, ...found.evidence }
  }
  if (!found) return { kind: 'unused' }
  const profile = profileThrough(layer, context, server, found)
  return profile ? { kind: 'found', profile } : { kind: 'refused' }
}

/** @param found null where nothing in the code says how the layer connects */
function profileThrough(
  layer: Layer,
  context: DetectionContext,
  server: DetectedServer,
  found: LayerConnection | null,
): DatabaseProfile | null {
  const pools = poolsMade(context, server)
  const shared = sharedPool(context, server, pools)
  const ownsSchema = layer.ownsSchema || Boolean(found?.schema)
  const schema = ownsSchema ? BILLING_SCHEMA : null
  // Models are what the app works with today; SQL beside them may be older.
  const tables = new Schema()
  layer.tables?.(tables, context, server)
  tables.add(hostSchema(context, server))
  const problems = context.problems.length
  const users = detectUsers(context, tables, found?.schema ?? null)
  if (context.problems.length > problems) return null
  sayRowSecurity(context, tables)
  const general = {
    stack: stackFound(layer, context),
    schema,
    migrations: detectMigrations(context, server.profile.dir.value, { ownsSchema }),
    users,
    tables: tables.tables.map(qualifiedName),
  }
  if (shared) {
    return { ...general, ...shared, urlVariable: urlOf(shared.settings), newVariables: [] }
  }
  const { options, assumed } = settled(context, found?.options ?? pools[0]?.options ?? null)
  const tls = options.values.has('ssl') ? null : defaultTls(context, server.entries)
  if (tls) options.values.set('ssl', tls)
  if (options.unknown.includes('ssl') && !options.values.has('ssl')) followTls(context, options)
  const { settings, secrets } = ownSettings(options, 'DATABASE_URL')
  const where = found?.evidence ?? general.stack.evidence[0]
  if (where && secrets.length > 0) secretInCode(context, where, secrets)
  return {
    ...general,
    connection: null,
    settings,
    urlVariable: urlOf(settings),
    newVariables: [...assumed, ...secrets],
  }
}

/** What was found, or what the committed example of the environment names, or the usual variable. */
function settled(
  context: DetectionContext,
  found: ConnectionOptions | null,
): { options: ConnectionOptions; assumed: string[] } {
  const isWhole =
    found && !found.unknown.some((name) => name === 'connectionString' || name === 'host')
  if (found && isWhole && (found.values.size > 0 || found.unknown.length === 0))
    return { options: found, assumed: [] }
  const ssl = found?.values.get('ssl')
  const example = optionsOfExample(context)
  const options = example ?? ofVariable('DATABASE_URL')
  const names = [...options.values.values()].flatMap(({ variables }) => variables)
  context.assumptions.push({
    field: 'host.database.settings',
    value: names.join(', '),
    reason: example
      ? "the host's code does not show where its connection is from; its example of the environment has these"
      : "the host's code does not show where its connection is from",
  })
  if (ssl) options.values.set('ssl', ssl)
  if (found?.unknown.includes('ssl')) options.unknown.push('ssl')
  return { options, assumed: example ? [] : names }
}

function urlOf(settings: DatabaseProfile['settings']): string | null {
  const [first, ...others] = settings.filter(({ option }) => option !== 'ssl')
  const [variable, another] = first?.option === 'connectionString' ? first.variables : []
  return others.length === 0 && another === undefined ? (variable ?? null) : null
}

/** TLS that is decided where it cannot be followed: by the variable that the example has for it. */
function followTls(context: DetectionContext, options: ConnectionOptions): void {
  const name = tlsVariableOfExample(context)
  if (name !== null) options.values.set('ssl', variable(name))
  context.assumptions.push({
    field: 'host.database.tls',
    value: name ?? 'PGSSLMODE',
    reason:
      name === null
        ? 'whether the app uses TLS could not be followed; set PGSSLMODE=require where the database asks for it'
        : 'whether the app uses TLS could not be followed; its example of the environment has this for it',
  })
}

function secretInCode(
  context: DetectionContext,
  { file, line }: Evidence,
  variables: string[],
): void {
  context.assumptions.push({
    field: 'host.database.settings',
    value: variables.join(', '),
    reason: `the password is written in ${file}:${line}, and is not copied: billing reads it from the environment`,
  })
}

/**
 * Policies hold for billing's statements too, which run without what the app sets for each request.
 */
function sayRowSecurity({ assumptions }: DetectionContext, schema: Schema): void {
  const [first] = schema.rowSecurity
  if (first === undefined) return
  assumptions.push({
    field: 'host.database.rowSecurity',
    value: "the Pool's own role",
    reason: `${schema.rowSecurity.join(', ')} ${schema.rowSecurity.length === 1 ? 'has' : 'have'} row level security: billing sets nothing for a request, so it reads only what that role may read, and its own tables have no policies`,
  })
}

function stackFound({ name, packages }: Layer, context: DetectionContext): Found<string> {
  if (context.overrides.database !== undefined) return { value: name, source: 'flag', evidence: [] }
  const evidence = packages
    .filter((one) => context.has(one))
    .slice(0, 1)
    .map((one) => context.manifest.evidence(one))
  return { value: name, source: 'detected', evidence }
}
