import { logicalPathOf } from '../render/engine.js'
import type { HostProfile, PlannedChange } from '../types.js'

export type Section =
  'implementation' | 'database' | 'configuration' | 'frontend' | 'testing' | 'documentation'

/** The sections in the order in which they are shown. */
export const SECTIONS: readonly { name: Section; title: string }[] = [
  { name: 'implementation', title: 'Implementation' },
  { name: 'database', title: 'Database schema' },
  { name: 'configuration', title: 'Configuration' },
  { name: 'frontend', title: 'Front end' },
  { name: 'testing', title: 'Testing' },
  { name: 'documentation', title: 'Documentation' },
]

const BY_LOGICAL_ROOT: Record<string, Section> = {
  server: 'implementation',
  migrations: 'database',
  client: 'frontend',
  tests: 'testing',
  docs: 'documentation',
}

/** Which part of the integration a change belongs to, for people to find their way. */
export function sectionOf(change: PlannedChange, host: HostProfile): Section {
  if (change.template !== undefined) {
    const logical = logicalPathOf(change.template)
    if (logical.startsWith('server/config/')) return 'configuration'
    return BY_LOGICAL_ROOT[logical.split('/')[0] ?? ''] ?? 'implementation'
  }
  if (change.path === host.readme) return 'documentation'
  const settings = [host.server.package.manifest, host.env.exampleFile]
  if (settings.includes(change.path) || change.path === host.client?.package.manifest) {
    return 'configuration'
  }
  if (host.client && change.path.startsWith(`${host.client.dir.value}/`)) return 'frontend'
  return 'implementation'
}
