import type { DetectionContext } from '../../../host/context.js'
import { connectionOptions } from '../../../host/database/connection/options.js'
import { driverCalls } from '../../../host/database/connection/driver-calls.js'
import type { DetectedServer } from '../../servers/stack.js'
import { textIn } from '../driver-connection.js'
import { stackOver, type Layer, type LayerConnection } from '../layer.js'
import { configuredIn, type Configured } from '../environments.js'
import { applyKnex } from './tables.js'

const FILES = [
  'knexfile.js',
  'knexfile.ts',
  'knexfile.mjs',
  'knexfile.cjs',
  'src/knexfile.ts',
  'src/knexfile.js',
  'src/db/knexfile.ts',
  'src/db/knexfile.js',
  'db/knexfile.js',
  'src/database/knexfile.ts',
  'src/database/knexfile.js',
  'config/knexfile.js',
]

function layer(name: string, label: string, packages: string[]): Layer {
  return {
    name,
    label,
    packages,
    onlyPostgres: false,
    ownsSchema: false,
    connection,
    tables: (schema, context) => applyKnex(schema, context, configText(context)),
  }
}

/** Objection's models stand on a Knex. */
export const objection = stackOver(layer('objection', 'Objection', ['objection']))

export const knex = stackOver(layer('knex', 'Knex', ['knex']))

function connection(context: DetectionContext, server: DetectedServer): LayerConnection | null {
  const { sources } = context
  const [made] = driverCalls(context, server, {
    packages: ['knex'],
    names: ['default', 'knex', 'Knex'],
  })
  const given = made?.node.arguments?.[0]
  const atCall = made && given ? connectionOptions(sources, made.file, given) : null
  const config = configOf(context)
  const evidence = made ?? config
  if (!evidence) return null
  const isKnown = atCall && atCall.values.size > 0
  const client = made && given ? textIn(sources, made.file, given, 'client', 'dialect') : null
  return {
    options: isKnown ? atCall : (config?.options ?? null),
    evidence: sources.evidence(evidence.file, evidence.node),
    dialect: client ?? config?.dialect ?? null,
    schema: schemaOf(
      config?.schema ?? (made && given ? textIn(sources, made.file, given, 'searchPath') : null),
    ),
  }
}

function schemaOf(searchPath: string | null): string | null {
  return searchPath === null || /^public\b/.test(searchPath) ? null : searchPath
}

function configFile(context: DetectionContext): string | null {
  return context.files.firstFile([...FILES.map((name) => context.path(name)), ...FILES])
}

function configOf(context: DetectionContext): Configured | null {
  const file = configFile(context)
  return file === null ? null : configuredIn(context, file, 'client')
}

function configText(context: DetectionContext): string {
  const file = configFile(context)
  return file === null ? '' : (context.files.read(file) ?? '')
}
