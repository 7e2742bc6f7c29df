import type { ClientRouter, Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { nearest } from '../../../../host/source/import-graph.js'
import { guardsOf } from '../routers/guards.js'
import { routers } from '../routers/registry.js'
import type { ClientEntry } from './entry.js'

const LIKELY = /rout|(^|\/)App(\.[jt]sx?)?$/i
const OTHERS: Record<string, string> = {
  '@reach/router': 'Reach Router',
  'react-navigation': 'React Navigation',
  found: 'Found',
}

/** Where the front end's pages are listed; null, and said, when that is no router that is known. */
export function detectRouter(
  context: DetectionContext,
  entry: ClientEntry,
): Found<ClientRouter> | null {
  const { sources, manifest } = context
  const present = routers.filter(({ packages }) => packages.some((name) => manifest.has(name)))
  if (present.length === 0) {
    const other = Object.keys(OTHERS).find((candidate) => manifest.has(candidate))
    return without(
      context,
      other === undefined ? 'the front end has no router' : `${OTHERS[other]} is not supported yet`,
    )
  }
  for (const { packages, mentions, routesIn } of present) {
    const [file] = nearest(sources, {
      from: [entry.file],
      likely: LIKELY,
      matches: (candidate, text) => mentions.test(text) && routesIn(context, candidate) !== null,
    })
    const seen = file === undefined ? null : routesIn(context, file)
    if (!seen) continue
    const name = packages.find((candidate) => manifest.has(candidate)) ?? ''
    const seenIn = seen.seenIn ?? seen.file
    return {
      value: {
        kind: seen.kind,
        file: seen.file,
        package: packageOf(context, seenIn, packages) ?? name,
        generated: seen.generated ?? null,
        guards: seen.guards ?? guardsOf(context, seen.file),
      },
      source: 'detected',
      evidence: [sources.evidence(seenIn, seen.node)],
    }
  }
  return without(context, 'no list of routes was found')
}

function without({ assumptions }: DetectionContext, reason: string): null {
  const value = 'pages are left to be linked by hand'
  assumptions.push({ field: 'host.client.router', value, reason })
  return null
}

function packageOf(
  { sources }: DetectionContext,
  file: string,
  packages: readonly string[],
): string | null {
  for (const { specifier } of sources.index(file)?.imports.values() ?? []) {
    if (packages.includes(specifier)) return specifier
  }
  return null
}
