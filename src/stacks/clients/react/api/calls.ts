import type { ts } from 'ts-morph'
import type { Evidence } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { reachable } from '../../../../host/source/import-graph.js'
import type { Sources } from '../../../../host/source/sources.js'
import { addressOf, baseOf, OWN_ORIGIN, type Address } from './address.js'
import { importedAs, type HostAxios } from './axios.js'

const CALLS = /\bfetch\s*\(|\baxios\b|\bfetchBaseQuery\b|\bky\b/
const LIKELY = /api|client|http|fetch|axios|auth|request|service|config/i
const MAX_MODULES = 150
const MAX_PARSED = 40
const METHODS = /^(get|post|put|patch|delete|request)$/

export interface Call {
  address: Address | null
  evidence: Evidence
  /** The host's axios that sends it; null for `fetch` and the plain axios. */
  axios: HostAxios | null
}

/** A function of the host that sends a request to the address it is given. */
export interface Wrapper {
  file: string
  name: string
  /** Of the parameter with the address. */
  index: number
}

/** Modules of the front end that may send requests, nearest first. */
export function modulesWithCalls({ sources, files }: DetectionContext, entry: string): string[] {
  const found: string[] = []
  for (const file of reachable(sources, {
    from: [entry],
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

/** The requests that a module sends, itself or through a function of the host. */
export function callsIn(
  context: DetectionContext,
  file: string,
  { all, wrappers }: { all: HostAxios[]; wrappers: Wrapper[] },
): Call[] {
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
    const [given] = node.arguments
    const argument = given && addressIn(sources, given)
    const query = argument && baseOfQuery(context, file, node, argument)
    if (query) {
      calls.push({ address: query, evidence: sources.evidence(file, node), axios: null })
    }
    const wrapper = wrapperOf(sources, file, node, wrappers)
    const wrapped = wrapper && node.arguments[wrapper.index]
    if (wrapped) {
      const address = addressOf(context, file, wrapped)
      if (address) calls.push({ address, evidence: sources.evidence(file, node), axios: null })
      return
    }
    const sender = senderOf(ts, node, names)
    if (!argument || sender === undefined) return
    const address = addressOf(context, file, argument) ?? (sender && behindBase(sources, argument))
    calls.push({ address, evidence: sources.evidence(file, node), axios: sender })
  })
  return calls
}

/** What a request is sent to: `axios({ url, method })` has it among the rest. */
function addressIn(sources: Sources, argument: ts.Expression): ts.Expression {
  const { ts } = sources
  if (!ts.isObjectLiteralExpression(argument)) return argument
  const names = argument.properties.map((property) => property.name?.getText())
  const url = argument.properties[names.indexOf('url')]
  const isWhole = url && ts.isPropertyAssignment(url) && !names.includes('baseURL')
  return isWhole ? sources.unwrap(url.initializer) : argument
}

/** The exported functions of a module that hand a parameter to `fetch`, or to axios. */
export function wrappersIn({ sources }: DetectionContext, file: string): Wrapper[] {
  const { ts } = sources
  const source = sources.parse(file)
  const found: Wrapper[] = []
  if (!source) return found
  sources.walk(source, (node) => {
    if (
      !ts.isCallExpression(node) ||
      !/^(window\.)?(fetch|axios)$/.test(node.expression.getText())
    ) {
      return
    }
    const [argument] = node.arguments
    if (!argument || !ts.isIdentifier(argument)) return
    for (let holder: ts.Node = node; !ts.isSourceFile(holder); holder = holder.parent) {
      if (!ts.isFunctionLike(holder)) continue
      const index = holder.parameters.findIndex(({ name }) => name.getText() === argument.text)
      const name = index === -1 ? null : nameOf(sources, file, holder)
      if (name !== null) found.push({ file, name, index })
    }
  })
  return found
}

function nameOf(sources: Sources, file: string, node: ts.Node): string | null {
  const { ts } = sources
  const named = ts.isFunctionDeclaration(node) ? node : node.parent
  const isNamed = ts.isFunctionDeclaration(named) || ts.isVariableDeclaration(named)
  const name = isNamed ? named.name?.getText() : undefined
  return name !== undefined && sources.exportOf(file, name) ? name : null
}

function wrapperOf(
  sources: Sources,
  file: string,
  { expression }: ts.CallExpression,
  wrappers: Wrapper[],
): Wrapper | undefined {
  if (wrappers.length === 0 || !sources.ts.isIdentifier(expression)) return undefined
  const meaning = sources.meaningOf(file, expression.text)
  if (meaning?.kind !== 'local') return undefined
  return wrappers.find((each) => each.file === meaning.file && each.name === meaning.name)
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

/** `notes/new`, which axios puts behind its base as it does `/notes/new`. */
function behindBase({ ts }: Sources, argument: ts.Expression): Address | null {
  const text = ts.isStringLiteralLike(argument)
    ? argument.text
    : ts.isTemplateExpression(argument)
      ? argument.head.text
      : ''
  return /^\w[\w-]*\//.test(text) || /^\w[\w-]*$/.test(text)
    ? { base: OWN_ORIGIN, path: `/${text}` }
    : null
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
