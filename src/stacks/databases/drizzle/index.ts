import type { DetectionContext } from '../../../host/context.js'
import { connectionOptions } from '../../../host/database/connection/options.js'
import { driverCalls } from '../../../host/database/connection/driver-calls.js'
import { joinPath } from '../../../host/host-files.js'
import { propertyOf } from '../../../host/source/expression.js'
import { ofEitherCall } from '../../../host/database/connection/either-call.js'
import { callOptions, defaultOf, objectBehind, textIn } from '../driver-connection.js'
import { stackOver, type LayerConnection } from '../layer.js'
import { applyDrizzle } from './tables.js'

const CONFIGS = ['drizzle.config.ts', 'drizzle.config.js', 'drizzle.config.mjs']
const DRIVERS = ['postgres', '@neondatabase/serverless', 'pg', '@vercel/postgres']

/**
 * Drizzle over any driver of PostgreSQL. `drizzle-kit push` makes the database like the models; it
 * looks at the PostgreSQL schema `public` unless it is given others.
 */
export const drizzle = stackOver({
  name: 'drizzle',
  label: 'Drizzle',
  packages: ['drizzle-orm'],
  onlyPostgres: false,
  ownsSchema: true,
  connection(context, server) {
    const { sources } = context
    const calls = driverCalls(context, server, { packages: ['drizzle-orm'], names: ['drizzle'] })
    const config = configOf(context)
    const [made] = calls
    const place = made ?? config
    if (!place) return null
    const dialect = config && textIn(sources, config.file, config.node, 'dialect')
    return {
      options: atDriver(context, server) ?? (made && optionsAt(context, made)) ?? inConfig(context),
      evidence: sources.evidence(place.file, place.node),
      dialect: dialect ?? dialectOf(context),
    }
  },
  tables(schema, context, server) {
    const config = configOf(context)
    const text = config ? (context.files.read(config.file) ?? '') : ''
    const named = [
      ...text.matchAll(/['"](\.?[\w./*-]+\.[cm]?[tj]s|\.?\.?\/?[\w./*-]*schema[\w./*-]*)['"]/g),
    ]
    const files = named.flatMap(([, path = '']) => expand(context, context.path(path)))
    const snakeCase = /snake_case/.test(text) || calledSnakeCase(context, server)
    applyDrizzle(schema, context, server, { files, snakeCase })
  },
})

function configOf(context: DetectionContext) {
  const file = context.files.firstFile([...CONFIGS.map((name) => context.path(name)), ...CONFIGS])
  return file === null ? null : defaultOf(context.sources, file)
}

/** The driver's own call: `postgres(url)`, `neon(url)`, `new Pool(options)`. */
function atDriver(
  context: DetectionContext,
  server: Parameters<typeof driverCalls>[1],
): LayerConnection['options'] {
  const { sources } = context
  const names = ['default', 'neon', 'Pool', 'Client', 'createPool']
  for (const driver of DRIVERS) {
    const [call] = driverCalls(context, server, { packages: [driver], names })
    const options = call && ofEitherCall(sources, call, (each) => callOptions(sources, each))
    if (options && options.values.size > 0) return options
  }
  return null
}

/** `drizzle(process.env.DATABASE_URL)`, `drizzle({ connection: { … } })` */
function optionsAt(
  { sources }: DetectionContext,
  { file, node }: ReturnType<typeof driverCalls>[number],
): LayerConnection['options'] {
  const [given] = node.arguments ?? []
  const options = given ? connectionOptions(sources, file, given) : null
  return options && options.values.size > 0 ? options : null
}

function inConfig(context: DetectionContext): LayerConnection['options'] {
  const config = configOf(context)
  const object = config && objectBehind(context.sources, config.file, config.node)
  const given = object && propertyOf(context.sources, object.node, 'dbCredentials')
  return given ? connectionOptions(context.sources, object.file, given) : null
}

function dialectOf(context: DetectionContext): string | null {
  if (DRIVERS.some((name) => context.has(name))) return null
  const other = ['better-sqlite3', 'mysql2', '@libsql/client'].find((name) => context.has(name))
  return other ?? null
}

function calledSnakeCase(
  context: DetectionContext,
  server: Parameters<typeof driverCalls>[1],
): boolean {
  const calls = driverCalls(context, server, { packages: ['drizzle-orm'], names: ['drizzle'] })
  return calls.some(({ node }) => /casing:\s*['"]snake_case/.test(node.getText()))
}

/** A file, the files of a folder, or of a simple pattern: 'src/db/schema/*'. */
function expand({ files }: DetectionContext, path: string): string[] {
  if (files.isFile(path)) return [path]
  const folder = path.replace(/\/?\*.*$/, '')
  return files
    .filesIn(folder)
    .filter((name) => /\.[cm]?[jt]s$/.test(name))
    .map((name) => joinPath(folder, name))
}
