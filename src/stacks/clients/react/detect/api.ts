import type { ClientApi, Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { packageVersion } from '../../../../host/package-version.js'
import { baseOf, OWN_ORIGIN, type Address, type Base } from '../api/address.js'
import { instancesIn, sharedAxiosIn, treatmentOf, type HostAxios } from '../api/axios.js'
import { callsIn, modulesWithCalls, wrappersIn, type Call } from '../api/calls.js'
import { viteProxy } from '../api/dev-proxy.js'
import { viteConfig, type ClientEntry } from './entry.js'

/** Since this version of axios a request can be aborted by a signal. */
const SIGNALS = [0, 22] as const

/** What the front end's own requests to the API are sent with, and where to. */
export function detectApi(context: DetectionContext, entry: ClientEntry): Found<ClientApi> {
  const files = modulesWithCalls(context, entry.file)
  const all = files.flatMap((file) => {
    const shared = sharedAxiosIn(context, file)
    return [...instancesIn(context, file), ...(shared ? [shared] : [])]
  })
  const wrappers = files.flatMap((file) => wrappersIn(context, file))
  const calls = files.flatMap((file) => callsIn(context, file, { all, wrappers }))
  const carriers = all.filter((each) => canCarry(context, each, files))
  const carrier =
    carriers.find((each) => treatmentOf(context, each, files).sendsToken) ?? carriers[0]
  if (carrier) {
    const api = throughAxios(context, carrier, calls, files)
    if (api) {
      const evidence = [context.sources.evidence(carrier.file, carrier.node)]
      return { value: api, source: 'detected', evidence }
    }
  }
  return throughFetch(context, calls, all)
}

function canCarry(context: DetectionContext, axios: HostAxios, files: string[]): boolean {
  const { major, minor } = packageVersion(context, 'axios', 1)
  const signals = major > SIGNALS[0] || minor >= SIGNALS[1]
  return signals && treatmentOf(context, axios, files).isTransparent
}

/** The app's own axios puts its base before a path. */
function throughAxios(
  context: DetectionContext,
  axios: HostAxios,
  calls: Call[],
  files: string[],
): ClientApi | null {
  const base = axios.baseUrl ? baseOf(context, axios.file, axios.baseUrl) : OWN_ORIGIN
  const own = calls.filter((call) => call.axios === axios)
  const paths = pathsOf(own.filter(({ address }) => address?.base.code === null))
  // Absolute addresses do not go through the base, so a path alone would lead elsewhere.
  if (!axios.baseUrl && own.some(({ address }) => address?.base.code != null)) return null
  const { sendsToken, refreshes } = treatmentOf(context, axios, files)
  return {
    base: base?.code ?? null,
    imports: base?.imports ?? [],
    includesApi: includesApiOf(base, paths),
    prefix: base && prefixOf(base),
    paths,
    ...(isOwn(base) ? behindProxy(context) : NO_PROXY),
    axios: { module: axios.module, sendsToken, refreshes },
  }
}

/** The base that most requests have which can be written elsewhere. */
function throughFetch(
  context: DetectionContext,
  calls: Call[],
  all: HostAxios[],
): Found<ClientApi> {
  const based = calls.flatMap(({ address, evidence, axios }): (Call & { address: Address })[] => {
    if (!address) return []
    if (!axios?.baseUrl || address.base.code !== null) return [{ address, evidence, axios }]
    const base = baseOf(context, axios.file, axios.baseUrl)
    return base ? [{ address: { base, path: address.path }, evidence, axios }] : []
  })
  const bases = all.flatMap(({ baseUrl, file, node }) => {
    const base = baseUrl && baseOf(context, file, baseUrl)
    if (!base) return []
    return [
      { address: { base, path: '' }, evidence: context.sources.evidence(file, node), axios: null },
    ]
  })
  const known = [...based, ...bases].filter(({ address }) => !isElsewhere(address))
  const count = ({ code }: Base): number =>
    known.filter(({ address }) => address.base.code === code).length
  const [most] = [...known].sort(
    ({ address: a }, { address: b }) =>
      Number(isOfOnePart(a.base)) - Number(isOfOnePart(b.base)) || count(b.base) - count(a.base),
  )
  const fetched: ClientApi = {
    base: null,
    imports: [],
    includesApi: 'no',
    prefix: null,
    paths: [],
    ...behindProxy(context),
    axios: null,
  }
  if (!most) {
    const [unknown] = calls
    if (!unknown) return { value: fetched, source: 'assumed', evidence: [] }
    const reason = `the address that ${unknown.evidence.file} calls cannot be read from elsewhere`
    return context.assume('host.client.api', fetched, "the page's own origin", reason)
  }
  const { base } = most.address
  const paths = pathsOf(known.filter(({ address }) => address.base.code === base.code))
  const value: ClientApi = {
    ...fetched,
    base: isOwn(base) ? null : base.code,
    imports: isOwn(base) ? [] : base.imports,
    includesApi: isOwn(base) ? 'no' : includesApiOf(base, paths),
    prefix: isOwn(base) ? null : prefixOf(base),
    paths,
    ...(isOwn(base) ? behindProxy(context) : NO_PROXY),
  }
  return { value, source: 'detected', evidence: [most.evidence] }
}

const GENERAL =
  /vite|react|app|next|public|api|base|server|backend|host|endpoint|root|origin|url|uri|https?|import|meta|process|env|config|prod|dev|main/gi

/** `AUTH_URL` has a name for one part of the API, which other parts do not stand behind. */
function isOfOnePart({ code, imports }: Base): boolean {
  const name = imports[0]?.name ?? /env\.(\w+)/.exec(code ?? '')?.[1] ?? ''
  return name.replace(GENERAL, '').replace(/[\W_\d]/g, '') !== ''
}

/** Another service's API: maps, countries, an identity provider. */
function isElsewhere({ base, path }: Address): boolean {
  const address = base.example ?? ''
  const isLocal = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])/.test(address)
  if (base.code === null) return !path.startsWith('/')
  return base.code.startsWith("'http") && !isLocal && base.imports.length === 0
}

function isOwn(base: Base | null): boolean {
  return base === null || base.code === null || base.example?.startsWith('/') === true
}

function pathsOf(calls: Call[]): string[] {
  const paths = calls.flatMap(({ address }) => (address?.path ? [address.path] : []))
  return [...new Set(paths.filter((path) => path !== '/'))].slice(0, 20)
}

/** Whether the base ends in `/api`: by its value, else by what is called behind it. */
function includesApiOf(base: Base | null, paths: string[]): ClientApi['includesApi'] {
  if (paths.some((path) => /^\/?api(\/|$)/.test(path))) return 'no'
  if (base?.example != null) {
    const prefix = prefixOf(base)
    return prefix === null ? 'no' : prefix === '/api' ? 'yes' : 'prefix'
  }
  return base?.code === null ? 'no' : null
}

/** The path that a base ends in: '/api/v1' of 'http://localhost:4000/api/v1/'. */
function prefixOf({ example }: Base): string | null {
  const path = (example ?? '').replace(/^https?:\/\/[^/]*/, '').replace(/\/$/, '')
  return /^(\/[\w.-]+)+$/.test(path) ? path : null
}

type Proxied = Pick<ClientApi, 'strippedByProxy' | 'proxyWithoutApi'>

const NO_PROXY: Proxied = { strippedByProxy: false, proxyWithoutApi: null }

/** What the development server does with requests that begin with `/api`. */
function behindProxy(context: DetectionContext): Proxied {
  const proxy = viteProxy(context, viteConfig(context))
  if (!proxy) return NO_PROXY
  const passesApi = proxy.paths.some((path) => '/api/'.startsWith(path.replace(/[(.*].*$/, '')))
  const isWithout = proxy.paths.length > 0 && !passesApi
  return {
    strippedByProxy: passesApi && proxy.stripsApi,
    proxyWithoutApi: isWithout ? proxy.evidence.file : null,
  }
}
