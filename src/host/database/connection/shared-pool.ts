import type { ts } from 'ts-morph'
import type { ConnectionSetting, Found, ModuleExport } from '../../../types.js'
import type { DetectionContext } from '../../context.js'
import type { Sources } from '../../source/sources.js'
import type { DetectedServer } from '../../../stacks/servers/stack.js'
import { driverCalls, type DriverCall } from './driver-calls.js'
import { ofEitherCall } from './either-call.js'
import { connectionOptions, noOptions, type ConnectionOptions } from './options.js'
import { sharedSettings } from './settings.js'

export interface SharedPool {
  connection: Found<ModuleExport>
  settings: ConnectionSetting[]
}

/** A Pool or Client of node-postgres that the host makes. */
export interface PoolMade extends DriverCall {
  /** Null where what it is made from cannot be followed. */
  options: ConnectionOptions | null
}

/** The Pools and Clients of the server's code, the nearest to its entries first. */
export function poolsMade(context: DetectionContext, server: DetectedServer): PoolMade[] {
  const { sources } = context
  const calls = driverCalls(context, server, { packages: ['pg'], names: ['Pool', 'Client'] })
  return calls
    .filter(({ node }) => sources.ts.isNewExpression(node))
    .map((call) => ({ ...call, options: optionsOf(sources, call) }))
}

/**
 * The Pool that a module of the app exports, and that tests can lead to a database of their own;
 * null where there is none.
 */
export function sharedPool(
  context: DetectionContext,
  server: DetectedServer,
  pools: PoolMade[],
): SharedPool | null {
  const { sources, assumptions } = context
  const shared = pools.flatMap((pool) => {
    const isClient = /Client$/.test(pool.node.expression.getText())
    // The module of the app cannot be imported by what the app imports.
    if (isClient || server.entries.includes(pool.file)) return []
    const exported = exportOf(sources, pool.file, pool.node)
    const settings = exported && pool.options && sharedSettings(pool.options)
    return settings ? [{ ...pool, exported, settings }] : []
  })
  const [first, other] = shared
  if (!first) return null
  const evidence = [sources.evidence(first.file, first.node)]
  if (other) {
    const reason = `it comes first; ${other.exported.name} in ${other.file} is a Pool as well`
    assumptions.push({ field: 'host.database.connection', value: first.exported.name, reason })
  }
  const value = { file: first.file, ...first.exported }
  return { connection: { value, source: 'detected', evidence }, settings: first.settings }
}

function optionsOf(sources: Sources, call: DriverCall): ConnectionOptions | null {
  return ofEitherCall(sources, call, ({ file, node }) => {
    const [options] = node.arguments ?? []
    return options ? connectionOptions(sources, file, options) : noOptions()
  })
}

/** The export that holds the Pool: itself, or what the function that makes it has given. */
function exportOf(
  sources: Sources,
  file: string,
  node: ts.Node,
): { name: string; default: boolean } | null {
  const { ts } = sources
  const { parent } = outermost(sources, node)
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) {
    if (ts.isSourceFile(parent.parent.parent.parent)) {
      return sources.exportOf(file, parent.name.text)
    }
    return givenBy(sources, file, parent, parent.name.text)
  }
  if (ts.isExportAssignment(parent)) return { name: 'pool', default: true }
  if (ts.isReturnStatement(parent) || ts.isArrowFunction(parent)) {
    return givenBy(sources, file, parent, null)
  }
  const isModule = ts.isBinaryExpression(parent) && /^module\.exports$/.test(parent.left.getText())
  return isModule ? { name: 'pool', default: true } : null
}

/** `export const pool = buildPool()`, where the function returns the Pool and takes nothing. */
function givenBy(
  sources: Sources,
  file: string,
  node: ts.Node,
  variable: string | null,
): { name: string; default: boolean } | null {
  const { ts } = sources
  let maker: ts.Node = node
  while (!ts.isFunctionLike(maker)) {
    if (!maker.parent || ts.isSourceFile(maker.parent)) return null
    maker = maker.parent
  }
  const isAsync = ts.canHaveModifiers(maker)
    ? ts.getModifiers(maker)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
    : false
  if (isAsync || (variable !== null && !returnsName(sources, maker, variable))) return null
  const named = ts.isFunctionDeclaration(maker) ? maker.name : nameOf(sources, maker)
  const source = sources.parse(file)
  let found: { name: string; default: boolean } | null = null
  if (!source || !named) return null
  sources.walk(source, (child) => {
    if (found || !ts.isCallExpression(child)) return
    if (child.expression.getText() !== named.getText() || child.arguments.length > 0) return
    const holder = outermost(sources, child).parent
    if (!ts.isVariableDeclaration(holder) || !ts.isIdentifier(holder.name)) return
    if (ts.isSourceFile(holder.parent.parent.parent)) {
      found = sources.exportOf(file, holder.name.text)
    }
  })
  return found
}

function nameOf({ ts }: Sources, maker: ts.Node): ts.Node | null {
  const { parent } = maker
  return ts.isVariableDeclaration(parent) ? parent.name : null
}

function returnsName(sources: Sources, maker: ts.Node, name: string): boolean {
  let returned = 0
  let others = 0
  sources.walk(maker, (node) => {
    if (!sources.ts.isReturnStatement(node)) return
    if (node.expression?.getText() === name) returned++
    else others++
  })
  return returned > 0 && others === 0
}

/** The expression with what is only written around it: `(new Pool() as Pool)`. */
function outermost(sources: Sources, node: ts.Node): ts.Node {
  const { ts } = sources
  let outer = node
  while (ts.isExpression(outer.parent) && sources.unwrap(outer.parent) === node)
    outer = outer.parent
  return outer
}
