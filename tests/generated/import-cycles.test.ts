import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { features } from '../../src/features/registry.js'
import { templateData } from '../../src/render/data.js'
import { logicalPathOf, renderTemplate } from '../../src/render/engine.js'
import { layoutOf } from '../../src/render/layout.js'
import { openLibrary } from '../../src/render/library.js'
import { parseRequest } from '../../src/request/index.js'
import type { BillingSpec } from '../../src/types.js'
import { PRICING_REQUESTS } from '../support/pricing-requests.js'
import { hostProfile } from '../support/profiles.js'

/**
 * Of two modules that need each other, CommonJS gives one the other half finished, and what it
 * takes from it by name stays undefined.
 */
describe('the modules of the server', () => {
  it.each(Object.entries(PRICING_REQUESTS))('do not need each other: %s', (_, { words }) => {
    const parsed = parseRequest(words)
    if (parsed.status !== 'ok') throw new Error(JSON.stringify(parsed.unclear))
    const imports = importsOf(parsed.spec)
    expect(imports.size).toBeGreaterThan(20)
    expect(cyclesOf(imports)).toEqual([])
  })
})

/** The server's files, each with those that it loads when it is loaded: types are not loaded. */
function importsOf(spec: BillingSpec): Map<string, string[]> {
  const host = hostProfile()
  const library = openLibrary()
  const layout = layoutOf(host, '1_add-billing-tables.sql')
  const data = templateData(spec, host)
  const files = library.names().filter((name) => {
    const [kind, ...owner] = name.split('/')
    const feature = features.find((one) => kind === 'features' && one.name === owner[0])
    const isOfHost = /^(servers\/express|databases\/pg)\/server\//.test(owner.join('/'))
    return logicalPathOf(name).startsWith('server/') && (feature?.appliesTo(spec) ?? isOfHost)
  })
  return new Map(
    files.map((name) => {
      const path = layout.pathOf(logicalPathOf(name))
      return [path, loadedBy(path, renderTemplate(library, name, data, layout, path))]
    }),
  )
}

function loadedBy(path: string, text: string): string[] {
  const statements = text.matchAll(/^import (?!type\b)([^;]*?) from '(\.[^']*)'/gm)
  return [...statements].flatMap(([, names = '', specifier = '']) => {
    const isOnlyTypes = /^\{(\s*type\s[^,}]*,?)*\s*\}$/.test(names)
    const target = posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts')
    return isOnlyTypes ? [] : [target]
  })
}

function cyclesOf(imports: ReadonlyMap<string, string[]>): string[] {
  const cycles: string[] = []
  const done = new Set<string>()
  const visit = (file: string, above: readonly string[]): void => {
    const start = above.indexOf(file)
    if (start >= 0) cycles.push([...above.slice(start), file].join(' > '))
    if (start >= 0 || done.has(file)) return
    for (const target of imports.get(file) ?? []) visit(target, [...above, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return cycles
}
