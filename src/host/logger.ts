import type { ts } from 'ts-morph'
import type { Found, Logger } from '../types.js'
import type { DetectionContext } from './context.js'
import { isOfPackage } from './source/package-value.js'
import type { Sources } from './source/sources.js'
import { importable, namesOf, sharedExports, theOne } from './shared-export.js'

type Kind = Logger['kind']

interface LoggerPackage {
  kind: Kind
  /** What makes a logger when it is called. */
  makers: string[]
  /** The types that such a logger may be declared with. */
  types: string[]
}

const PACKAGES: LoggerPackage[] = [
  { kind: 'pino', makers: ['default', 'pino'], types: ['Logger', 'BaseLogger'] },
  { kind: 'winston', makers: ['createLogger'], types: ['Logger'] },
]

/** The logger that the server's modules share, when a module of its own exports one. */
export function detectLogger(context: DetectionContext, entries: string[]): Found<Logger> | null {
  const present = PACKAGES.filter(({ kind }) => context.manifest.has(kind))
  if (present.length === 0) return null
  const all = sharedExports<Kind>(context, entries, {
    likely: /log/i,
    mentions: new RegExp(present.map(({ kind }) => `['"]${kind}['"]`).join('|')),
    kindOf: (file, node) => kindOf(context.sources, file, node, present),
    name: 'logger',
  })
  const found = importable(all)
  const logger = theOne(found)
  if (logger) return logger
  const reason =
    found.length > 0
      ? `nothing says which one is meant: ${namesOf(found)}`
      : all.length > 0
        ? `${namesOf(all)}, the module of the app, cannot be imported by what the app imports`
        : `no module was found that exports a logger of ${present.map(({ kind }) => kind).join(' or ')}`
  context.assumptions.push({ field: 'host.logger', value: 'console', reason })
  return null
}

function kindOf(
  sources: Sources,
  file: string,
  node: ts.Node,
  packages: LoggerPackage[],
): Kind | null {
  const value = sources.valueOf(node)
  const found = packages.find((one) => {
    return (
      value !== null && isMade(sources, file, value, one) && isDeclaredSo(sources, file, node, one)
    )
  })
  return found?.kind ?? null
}

/** `pino(…)`, `pino(…).child(…)`, and a choice between two of them. */
function isMade(sources: Sources, file: string, node: ts.Node, made: LoggerPackage): boolean {
  const { ts } = sources
  if (ts.isConditionalExpression(node)) {
    return [node.whenTrue, node.whenFalse].every((branch) =>
      isMade(sources, file, sources.unwrap(branch), made),
    )
  }
  if (!ts.isCallExpression(node)) return false
  const callee = sources.unwrap(node.expression)
  if (ts.isPropertyAccessExpression(callee) && callee.name.text === 'child') {
    return isMade(sources, file, sources.unwrap(callee.expression), made)
  }
  return isOfPackage(sources, file, callee, { from: made.kind, names: made.makers })
}

/** An interface of the host's own may not have what the package's logger has. */
function isDeclaredSo(sources: Sources, file: string, node: ts.Node, made: LoggerPackage): boolean {
  const { ts } = sources
  const type = ts.isVariableDeclaration(node) ? node.type : undefined
  if (type === undefined) return true
  return (
    ts.isTypeReferenceNode(type) &&
    isOfPackage(sources, file, type.typeName, { from: made.kind, names: made.types })
  )
}
