import type { ts } from 'ts-morph'
import type { ClientRouter, Evidence, Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { nearest } from '../../../../host/source/import-graph.js'
import type { ClientEntry } from './entry.js'

interface Seen {
  kind: ClientRouter['kind']
  file: string
  evidence: Evidence
}

const MENTIONS = /<Routes\b|create(Browser|Hash|Memory)Router|createRoutesFromElements|useRoutes/
const LIKELY = /rout|(^|\/)App\.tsx$/i
const OTHERS: Record<string, string> = {
  '@tanstack/react-router': 'TanStack Router',
  wouter: 'wouter',
  '@reach/router': 'Reach Router',
}

/** Where the front end's pages are listed; null, and said, when that is not React Router's way. */
export function detectRouter(
  context: DetectionContext,
  entry: ClientEntry,
): Found<ClientRouter> | null {
  const { sources, manifest } = context
  const name = ['react-router-dom', 'react-router'].find((candidate) => manifest.has(candidate))
  if (name !== 'react-router-dom' && name !== 'react-router') {
    const other = Object.keys(OTHERS).find((candidate) => manifest.has(candidate))
    return without(
      context,
      other === undefined ? 'the front end has no router' : `${OTHERS[other]} is not supported yet`,
    )
  }
  const [file] = nearest(sources, {
    from: [entry.file],
    likely: LIKELY,
    matches: (candidate, text) => MENTIONS.test(text) && routesIn(context, candidate) !== null,
  })
  const seen = file === undefined ? null : routesIn(context, file)
  if (!seen) return without(context, 'no list of routes was found')
  return {
    value: { kind: seen.kind, file: seen.file, package: packageOf(context, seen.file) ?? name },
    source: 'detected',
    evidence: [seen.evidence],
  }
}

function without({ assumptions }: DetectionContext, reason: string): null {
  const value = 'pages are left to be linked by hand'
  assumptions.push({ field: 'host.client.router', value, reason })
  return null
}

/** `<Routes>`, or routes written as elements, before a list of route objects. */
function routesIn({ sources }: DetectionContext, file: string): Seen | null {
  const { ts } = sources
  const source = sources.parse(file)
  const found: { kind: Seen['kind']; node: ts.Node }[] = []
  if (!source) return null
  sources.walk(source, (node) => {
    if (ts.isJsxOpeningElement(node) && node.tagName.getText() === 'Routes') {
      found.push({ kind: 'routes-jsx', node })
    }
    if (!ts.isCallExpression(node)) return
    const called = node.expression.getText()
    if (called === 'createRoutesFromElements') found.push({ kind: 'routes-jsx', node })
    if (called === 'useRoutes' || /^create(Browser|Hash|Memory)Router$/.test(called)) {
      const isElements = /createRoutesFromElements/.test(node.arguments[0]?.getText() ?? '')
      if (!isElements) found.push({ kind: 'data-router', node })
    }
  })
  const [first] = found
  return first ? { kind: first.kind, file, evidence: sources.evidence(file, first.node) } : null
}

function packageOf({ sources }: DetectionContext, file: string): ClientRouter['package'] | null {
  for (const { specifier } of sources.index(file)?.imports.values() ?? []) {
    if (specifier === 'react-router-dom' || specifier === 'react-router') return specifier
  }
  return null
}
