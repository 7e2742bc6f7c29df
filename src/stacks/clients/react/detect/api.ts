import type { ts } from 'ts-morph'
import type { ClientApi, Evidence, Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { reachable } from '../../../../host/source/import-graph.js'
import { addressOf, baseOf, OWN_ORIGIN, type Address, type Base } from '../api/address.js'
import {
  importedAs,
  instancesIn,
  sharedAxiosIn,
  treatmentOf,
  type HostAxios,
} from '../api/axios.js'
import { viteProxy } from '../api/dev-proxy.js'
import { viteConfig, type ClientEntry } from './entry.js'

const CALLS = /\bfetch\s*\(|\baxios\b|\bfetchBaseQuery\b|\bky\b/
const LIKELY = /api|client|http|fetch|axios|auth|request|service|config/i
const MAX_MODULES = 150
const MAX_PARSED = 40
const METHODS = /^(get|post|put|patch|delete|request)$/
/** Since this version of axios a request can be aborted by a signal. */
const SIGNALS = [0, 22] as const

interface Call {
  address: Address | null
  evidence: Evidence
  /** The host's axios that sends it; null for `fetch` and the plain axios. */
  axios: HostAxios | null
}

/** What the front end's own requests to the API are sent with, and where to. */
export function detectApi(context: DetectionContext, entry: ClientEntry): Found<ClientApi> {
  const files = filesWithCalls(context, entry)
  const all = files.flatMap((file) => {
    const shared = sharedAxiosIn(context, file)
    return [...instancesIn(context, file), ...(shared ? [shared] : [])]
  })
  const calls = files.flatMap((file) => callsIn(context, file, all))
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

function filesWithCalls({ sources, files }: DetectionContext, entry: ClientEntry): string[] {
  const found: string[] = []
  for (const file of reachable(sources, {
    from: [entry.file],
    likely: LIKELY,
    maxFiles: MAX_MODULES,
  })) {
    if (CALLS.test(files.read(file) ?? '')) found.push(file)
    else if (/\bapi\b|\bclient\b|\bhttp\b|\binstance\b/i.test(files.read(file) ?? ''))
      found.push(file)
    if (found.length === MAX_PARSED) break
  }
  return found
}

function callsIn(context: DetectionContext, file: string, all: HostAxios[]): Call[] {
  const { sources } = context
  const { ts } = sources
  const source = sources.parse(file)
  const calls: Call[] = []
  if (!source) return calls
  const names = new Map<string, HostAxios | null>([
    ['fetch', null],
    ['window.fetch', null],
  ])
  for (const [name, { specifier, imported }] of sources.index(file)?.imports ?? []) {
    if (specifier === 'axios' && imported === 'default') names.set(name, null)
  }
  for (const each of all) {
    const name = each.file === file ? each.local : importedAs(sources, file, each)
    if (name !== null) names.set(name, each)
  }
  sources.walk(source, (node) => {
    if (!ts.isCallExpression(node)) return
    const [argument] = node.arguments
    const query = argument && baseOfQuery(context, file, node, argument)
    if (query) {
      calls.push({ address: query, evidence: sources.evidence(file, node), axios: null })
    }
    const sender = senderOf(ts, node, names)
    if (!argument || sender === undefined) return
    const address = addressOf(context, file, argument)
    calls.push({ address, evidence: sources.evidence(file, node), axios: sender })
  })
  return calls
}

/** `fetchBaseQuery({ baseUrl })` of Redux Toolkit, `ky.create({ prefixUrl })`. */
function baseOfQuery(
  context: DetectionContext,
  file: string,
  { expression }: ts.CallExpression,
  options: ts.Expression,
): Address | null {
  if (!/^(fetchBaseQuery|ky\.(create|extend))$/.test(expression.getText())) return null
  const { ts } = context.sources
  if (!ts.isObjectLiteralExpression(options)) return null
  for (const property of options.properties) {
    if (!ts.isPropertyAssignment(property)) continue
    if (!/^(baseUrl|prefixUrl)$/.test(property.name.getText())) continue
    const base = baseOf(context, file, property.initializer)
    return base && { base, path: '' }
  }
  return null
}

/** An axios of the host; null for `fetch` and the plain axios; undefined when nothing is sent. */
function senderOf(
  compiler: typeof ts,
  { expression }: ts.CallExpression,
  names: Map<string, HostAxios | null>,
): HostAxios | null | undefined {
  const whole = expression.getText()
  if (names.has(whole)) return names.get(whole)
  if (!compiler.isPropertyAccessExpression(expression)) return undefined
  return METHODS.test(expression.name.text) ? names.get(expression.expression.getText()) : undefined
}

function canCarry(context: DetectionContext, axios: HostAxios, files: string[]): boolean {
  const range = /(\d+)\.(\d+)/.exec(context.manifest.rangeOf('axios') ?? '')
  const [major, minor] = [Number(range?.[1] ?? 1), Number(range?.[2] ?? 0)]
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
  const includesApi = includesApiOf(base, paths)
  if (includesApi === 'prefix') return null
  const { sendsToken, refreshes } = treatmentOf(context, axios, files)
  return {
    base: null,
    imports: [axios.module],
    includesApi,
    prefix: null,
    paths,
    strippedByProxy: isOwn(base) && isStripped(context),
    axios: { name: axios.module.name, sendsToken, refreshes },
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
    strippedByProxy: isStripped(context),
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
    strippedByProxy: isOwn(base) && isStripped(context),
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

function isStripped(context: DetectionContext): boolean {
  return viteProxy(context, viteConfig(context))?.stripsApi === true
}
