import type { HostProfile } from '../../types.js'

/**
 * Declarations of the packages that billing's code names, for a host that compiles it. In a
 * workspace they may be the root's, and are left to it.
 */
export function typingsFor({ server }: HostProfile): Record<string, string> {
  const { compiler, dir, installDir } = server.package
  if (compiler === null || dir !== installDir) return {}
  return {
    '@types/express': server.major < 5 ? '^4.17.21' : '^5.0.0',
    '@types/node': '^20.19.0',
    '@types/pg': '^8.11.0',
  }
}
