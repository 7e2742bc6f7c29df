import type { ClientApi, Mount } from '../../../../types.js'

/** How billing's requests begin, and what had to be taken for it. */
export interface ApiBase {
  /** An expression: `'/api'`, `` `${API_URL}/api` ``. */
  code: string
  /** It stands in the place of the base that the app's axios has, instead of behind it. */
  replaces: boolean
  /** Why it is not certain that it leads to the API; null when it is. */
  doubt: string | null
}

/** What stands before `/billing/plans` in the front end, so that it reaches the server's `/api`. */
export function apiBaseOf(api: ClientApi, mounts: readonly Mount[]): ApiBase {
  const served = api.includesApi === null ? servedBelow(api.paths, mounts) : null
  const known = api.includesApi ?? served?.includesApi ?? null
  const prefix = api.prefix ?? served?.prefix ?? null
  const isOpen = known === null && (api.base !== null || api.axios !== null)
  const doubt = isOpen
    ? 'nothing says whether the address that the front end calls ends in /api'
    : null
  const own = api.strippedByProxy ? '/api/api' : '/api'
  if (api.axios && (known !== 'prefix' || api.base === null)) {
    return { code: known === 'yes' ? "''" : `'${own}'`, replaces: false, doubt }
  }
  if (api.base === null) return { code: `'${own}'`, replaces: false, doubt }
  const code = withApi(api.base, { ...api, prefix }, known ?? 'no')
  return { code, replaces: api.axios !== null, doubt }
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

/**
 * What the host calls as `/notes` and serves at `/api/notes` goes through a base with `/api`; where
 * all that it serves stands at `/api/v1`, through one with that.
 */
function servedBelow(
  paths: string[],
  mounts: readonly Mount[],
): Pick<ClientApi, 'includesApi' | 'prefix'> {
  const served = mounts.flatMap(({ path, kind }) =>
    path?.startsWith('/') && path !== '/' && /^(router|route|login)$/.test(kind) ? [path] : [],
  )
  const firsts = paths.map((path) => path.split(/[/?]/).filter(Boolean)[0]).filter(Boolean)
  const below = (start: string): boolean =>
    firsts.some((first) => served.some((path) => `${path}/`.startsWith(`${start}/${first}/`)))
  const starts = [
    '',
    '/api',
    ...new Set(served.map((path) => /^\/api\/v\d+/.exec(path)?.[0] ?? '')),
  ]
  // A router whose place is not written out may answer at any path.
  const isWhole = mounts.every(({ path, kind }) => kind !== 'router' || path !== null)
  const shared = sharedStart(served)
  const direct = starts.find(below) ?? (shared === '' && !isWhole ? null : shared)
  if (direct === null || firsts.length === 0) return { includesApi: null, prefix: null }
  if (direct === '') return { includesApi: 'no', prefix: null }
  return direct === '/api'
    ? { includesApi: 'yes', prefix: null }
    : { includesApi: 'prefix', prefix: direct }
}

/** '/api' or '/api/v1' where everything stands there, '' where nothing does. */
function sharedStart(served: string[]): string | null {
  const starts = new Set(served.map((path) => /^\/api(\/v\d+)?(?=\/|$)/.exec(path)?.[0] ?? ''))
  const [only] = starts
  return starts.size === 1 && only !== undefined ? only : null
}
