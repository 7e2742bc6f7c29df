import type { ts } from 'ts-morph'
import type { Evidence, Found, ModuleExport } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { joinPath } from '../../../../host/host-files.js'
import { propertyOf, resolveExpression } from '../../../../host/source/expression.js'
import { nearest } from '../../../../host/source/import-graph.js'
import type { Sources } from '../../../../host/source/sources.js'
import type { DetectedServer } from '../../../servers/stack.js'
import { environmentVariable } from './env-variable.js'

export interface Connection {
  connection: Found<ModuleExport>
  /** The variable with the connection string. */
  urlVariable: string
}

interface PoolMade {
  file: string
  node: ts.NewExpression
  exported: { name: string; default: boolean } | null
}

const LIKELY = /(^|[/_.-])(db|database|pool|pg|postgres|connection|sql)([/_.-]|$)/i
const USUAL_FILES = ['db', 'db/index', 'database', 'database/index', 'lib/db', 'config/db']

/** The module that exports the Pool, and the variable its connection string comes from. */
export function detectConnection(
  context: DetectionContext,
  server: DetectedServer,
): Connection | null {
  const pools = findPools(context, server)
  const exported = pools.filter((pool) => pool.exported !== null)
  const [pool, other] = exported
  if (!pool?.exported) return noPool(context, pools[0])
  const evidence = context.sources.evidence(pool.file, pool.node)
  if (other) {
    const reason = `it comes first; ${other.exported?.name} in ${other.file} is a Pool as well`
    const value = pool.exported.name
    context.assumptions.push({ field: 'host.database.connection', value, reason })
  }
  if (server.entries.includes(pool.file)) return inApp(context, pool.file, evidence)
  const urlVariable = variableOf(context.sources, pool)
  if (urlVariable === null) return noUrl(context, pool.file, evidence)
  const value = { file: pool.file, ...pool.exported }
  return { connection: { value, source: 'detected', evidence: [evidence] }, urlVariable }
}

function findPools({ sources, files }: DetectionContext, server: DetectedServer): PoolMade[] {
  const makesPool = (file: string, text: string) =>
    text.includes('Pool') && poolsIn(sources, file).length > 0
  const seen = new Set<string>()
  const imported = nearest(sources, {
    from: server.entries,
    matches: makesPool,
    likely: LIKELY,
    seen,
  })
  const found =
    imported.length > 0
      ? imported
      : usualFiles(server).filter((file) => {
          return files.isFile(file) && makesPool(file, files.read(file) ?? '')
        })
  return found.flatMap((file) => poolsIn(sources, file))
}

function usualFiles({ profile }: DetectedServer): string[] {
  return USUAL_FILES.map((name) => joinPath(profile.dir.value, `${name}.ts`))
}

function poolsIn(sources: Sources, file: string): PoolMade[] {
  const { ts } = sources
  const source = sources.parse(file)
  const pools: PoolMade[] = []
  if (!source) return pools
  sources.walk(source, (node) => {
    if (!ts.isNewExpression(node) || !isPool(sources, file, node.expression)) return
    pools.push({ file, node, exported: exportOf(sources, file, node) })
  })
  return pools
}

/** `Pool`, `pg.Pool`, and `const { Pool } = pg` of the package pg. */
function isPool(sources: Sources, file: string, made: ts.Expression): boolean {
  const { ts } = sources
  const imports = sources.index(file)?.imports
  if (ts.isPropertyAccessExpression(made)) {
    return made.name.text === 'Pool' && imports?.get(made.expression.getText())?.specifier === 'pg'
  }
  const imported = imports?.get(made.getText())
  if (imported) return imported.specifier === 'pg' && imported.imported === 'Pool'
  return (
    made.getText() === 'Pool' && [...(imports?.values() ?? [])].some((i) => i.specifier === 'pg')
  )
}

function exportOf(sources: Sources, file: string, node: ts.NewExpression): PoolMade['exported'] {
  const { ts } = sources
  let outer: ts.Node = node
  while (ts.isExpression(outer.parent) && sources.unwrap(outer.parent) === node)
    outer = outer.parent
  const { parent } = outer
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
    const isTopLevel = ts.isSourceFile(parent.parent.parent.parent)
    return isTopLevel ? sources.exportOf(file, parent.name.text) : null
  }
  return ts.isExportAssignment(parent) ? { name: 'pool', default: true } : null
}

function variableOf(sources: Sources, { file, node }: PoolMade): string | null {
  const options = node.arguments?.[0]
  if (!options) return null
  const resolved = sources.ts.isIdentifier(options)
    ? resolveExpression(sources, file, options)
    : { file, node: options }
  if (!resolved?.node) return null
  const url = propertyOf(sources, resolved.node, 'connectionString')
  return url && environmentVariable(sources, resolved.file, url)
}

function noPool(context: DetectionContext, pool: PoolMade | undefined): null {
  if (pool) {
    return context.report({
      code: 'pool_not_exported',
      message: `The pg Pool in ${pool.file} is not exported.`,
      hint: 'Export it (`export const pool = new Pool(…)`), so that billing can use the same one.',
      evidence: [context.sources.evidence(pool.file, pool.node)],
    })
  }
  return context.report({
    code: 'pool_not_found',
    message: 'No module was found that makes a pg Pool.',
    hint: 'Billing uses the Pool that a module of the server exports: `export const pool = new Pool(…)`.',
    evidence: [context.manifest.evidence('pg')],
  })
}

function inApp(context: DetectionContext, file: string, evidence: Evidence): null {
  return context.report({
    code: 'pool_in_app',
    message: `The pg Pool stands in ${file}, the module of the app.`,
    hint: 'Move it to a module of its own, which billing can import without the app.',
    evidence: [evidence],
  })
}

/**
 * Refused, not assumed: generated tests point the Pool at a database of their own by this
 * variable, and would write into the host's when it did not follow.
 */
function noUrl(context: DetectionContext, file: string, evidence: Evidence): null {
  return context.report({
    code: 'pool_without_url',
    message: `The pg Pool in ${file} is not made from one environment variable.`,
    hint: 'Make it from a connection string: `new Pool({ connectionString: process.env.DATABASE_URL })`.',
    evidence: [evidence],
  })
}
