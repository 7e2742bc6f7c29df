import type { ClientApi, Mount } from '../../../../types.js'

/** How billing's requests begin, and what had to be taken for it. */
export interface ApiBase {
  /** An expression: `'/api'`, `` `${API_URL}/api` ``. */
  code: string
  /** Why it is not certain that it leads to the API; null when it is. */
  doubt: string | null
}

/** What stands before `/billing/plans` in the front end, so that it reaches the server's `/api`. */
export function apiBaseOf(api: ClientApi, mounts: readonly Mount[]): ApiBase {
  const known = api.includesApi ?? byMounts(api.paths, mounts)
  const doubt =
    known === null && (api.base !== null || api.axios !== null)
      ? 'nothing says whether the address that the front end calls ends in /api'
      : null
  const own = api.strippedByProxy ? '/api/api' : '/api'
  if (api.axios) return { code: known === 'yes' ? "''" : `'${own}'`, doubt }
  if (api.base === null) return { code: `'${own}'`, doubt }
  return { code: withApi(api.base, api, known ?? 'no'), doubt }
}

function withApi(
  base: string,
  { paths, prefix }: ClientApi,
  includesApi: 'yes' | 'no' | 'prefix',
): string {
  const text = /^'([^']*)'$/.exec(base)?.[1]
  const endsInSlash = paths.length > 0 && paths.every((path) => !path.startsWith('/'))
  if (text !== undefined) {
    const bare = text.replace(/\/$/, '')
    if (includesApi === 'prefix') return `'${bare.slice(0, -(prefix ?? '').length)}/api'`
    return includesApi === 'no' ? `'${bare}/api'` : `'${bare}'`
  }
  const whole = `\`\${${base}}\``
  if (includesApi === 'prefix') {
    // Billing has no version, and none of the paths that the rest of the API stands behind.
    const own = (prefix ?? '').replaceAll('.', '\\.').replaceAll('/', '\\/')
    return `${whole}.replace(/${own}\\/?$/, '/api')`
  }
  if (includesApi === 'no') return endsInSlash ? `\`\${${base}}api\`` : `\`\${${base}}/api\``
  return endsInSlash ? `${whole}.replace(/\\/$/, '')` : base
}

/** What the host calls as `/notes` and serves at `/api/notes` goes through a base with `/api`. */
function byMounts(paths: string[], mounts: readonly Mount[]): 'yes' | 'no' | null {
  const served = mounts.flatMap(({ path }) => (path !== null && path !== '/' ? [path] : []))
  const firsts = paths.map((path) => path.split(/[/?]/).filter(Boolean)[0]).filter(Boolean)
  const below = (start: string): boolean =>
    firsts.some((first) => served.some((path) => `${path}/`.startsWith(`${start}/${first}/`)))
  if (below('/api')) return 'yes'
  if (below('')) return 'no'
  if (firsts.length === 0 || served.length === 0) return null
  const isAll = (test: (path: string) => boolean): boolean => served.every(test)
  if (isAll((path) => /^\/api(\/|$)/.test(path))) return 'yes'
  return isAll((path) => !/^\/api(\/|$)/.test(path)) ? 'no' : null
}
