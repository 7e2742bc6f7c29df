import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../host/context.js'
import { driverCalls, type DriverCall } from '../../host/database/connection/driver-calls.js'
import { ofEitherCall } from '../../host/database/connection/either-call.js'
import {
  connectionOptions,
  type ConnectionOptions,
} from '../../host/database/connection/options.js'
import { propertyOf, resolveExpression, stringValue } from '../../host/source/expression.js'
import type { Sources } from '../../host/source/sources.js'
import type { DetectedServer } from '../servers/stack.js'
import type { Layer, LayerConnection } from './layer.js'

/** How a driver connects that is given its options, or a connection string, first. */
export function driverConnection(wanted: {
  packages: string[]
  names: string[]
}): Layer['connection'] {
  return (context: DetectionContext, server: DetectedServer): LayerConnection | null => {
    const [call] = driverCalls(context, server, wanted)
    return call ? connectionOf(context.sources, call) : null
  }
}

function connectionOf(sources: Sources, call: DriverCall): LayerConnection {
  return {
    options: ofEitherCall(sources, call, (each) => callOptions(sources, each)),
    evidence: sources.evidence(call.file, call.node),
    dialect: null,
  }
}

/** `connect(options)`, `connect(url)`, `connect(url, options)`; null where neither can be followed. */
export function callOptions(
  sources: Sources,
  { file, node }: DriverCall,
): ConnectionOptions | null {
  const [first, second] = node.arguments ?? []
  const given = first ? connectionOptions(sources, file, first) : null
  const more = second ? connectionOptions(sources, file, second) : null
  if (!given || !more) return given
  return {
    values: new Map([...more.values, ...given.values]),
    unknown: [...given.unknown, ...more.unknown],
  }
}

/** The text of one of the properties in an object of the host's, wherever that object stands. */
export function textIn(
  sources: Sources,
  file: string,
  object: ts.Node,
  ...names: string[]
): string | null {
  const place = objectBehind(sources, file, object)
  if (!place) return null
  for (const name of names) {
    const value = propertyOf(sources, place.node, name)
    const text = value && stringValue(sources, place.file, value)
    if (text) return text
  }
  return null
}

/** The object literal that an expression stands for: by name, `defineConfig({ … })`, `x as Y`. */
export function objectBehind(
  sources: Sources,
  file: string,
  node: ts.Node,
): { file: string; node: ts.ObjectLiteralExpression } | null {
  const { ts } = sources
  const bare = ts.isExpression(node) ? sources.unwrap(node) : node
  if (ts.isObjectLiteralExpression(bare)) return { file, node: bare }
  if (ts.isCallExpression(bare)) {
    const [argument] = bare.arguments
    return argument ? objectBehind(sources, file, argument) : null
  }
  if (!ts.isIdentifier(bare) && !ts.isPropertyAccessExpression(bare)) return null
  const resolved = resolveExpression(sources, file, bare)
  return resolved?.node && resolved.node !== bare
    ? objectBehind(sources, resolved.file, resolved.node)
    : null
}

/** What a configuration file gives: its default export, or `module.exports`. */
export function defaultOf(sources: Sources, file: string): { file: string; node: ts.Node } | null {
  const meaning = sources.exportedFrom(file, 'default')
  if (meaning?.kind !== 'local') return null
  const node = sources.valueOf(meaning.node)
  return node && { file: meaning.file, node }
}
