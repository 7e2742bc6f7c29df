import type { ts } from 'ts-morph'
import { levels } from '../../../../host/source/import-graph.js'
import { resolveExpression } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'
import type { Mount } from '../../../../types.js'
import { enclosingFunction, type ExpressApp } from './express-app.js'
import { kindOfMount } from './mount-kind.js'
import { isKnown, mountCalls, type MountCall } from './mounts.js'
import { endsApi, type Site } from './router-site.js'

/** Code that mounts something on the app. */
export interface MountingSite extends Site {
  calls: MountCall[]
}

/** So many modules are looked through for code that mounts on an app of another module. */
const MAX_FILES = 60

/**
 * The modules that mount something on an app that is made in another one, in the order in which
 * they run: what a module imports has run before it does.
 */
export function completionsOf(sources: Sources, app: ExpressApp, entry: string): MountingSite[] {
  const found: MountingSite[] = []
  // What the app's own module imports has run before there is an app.
  const reach = { from: [entry], maxFiles: MAX_FILES, seen: new Set([app.file]) }
  for (const files of levels(sources, reach)) {
    for (const file of files) {
      if (!/\bapp|express/i.test(sources.files.read(file) ?? '')) continue
      const scope = sources.parse(file)
      if (!scope) continue
      for (const variable of namesIn(sources, file, app)) {
        const calls = mountCalls(sources, file, scope, variable)
        if (calls.length > 0) found.unshift({ file, scope, variable, setup: null, calls })
      }
    }
  }
  return found
}

/**
 * Where billing's router belongs: to the host's own routers, or to routes with what prepares their
 * requests; else to routes; else to what prepares. Of several places to the last that runs. What
 * stands behind an end of the API's way is never reached.
 */
export function siteOfRouters(
  sources: Sources,
  own: MountingSite,
  completions: MountingSite[],
): MountingSite {
  const [kindsOfOwn, ...others] = [own, ...completions].map(({ calls }) => kindsOf(sources, calls))
  if (kindsOfOwn?.some(endsApi)) return own
  for (const has of BY_RANK) {
    const last = others.findLastIndex(has)
    const site = completions[last]
    if (site) return site
    if (kindsOfOwn && has(kindsOfOwn)) return own
  }
  return own
}

type KindOfMount = Pick<Mount, 'kind' | 'path'>

const hasRouter = (kinds: KindOfMount[]): boolean => kinds.some(({ kind }) => kind === 'router')
const hasRoute = (kinds: KindOfMount[]): boolean => kinds.some(({ kind }) => kind === 'route')
const prepares = (kinds: KindOfMount[]): boolean =>
  kinds.some(({ kind }) => kind === 'body-parser' || kind === 'middleware' || kind === 'login')

const BY_RANK = [
  (kinds: KindOfMount[]): boolean => hasRouter(kinds) || (hasRoute(kinds) && prepares(kinds)),
  hasRoute,
  prepares,
]

function kindsOf(sources: Sources, calls: MountCall[]): KindOfMount[] {
  return calls
    .filter(isKnown)
    .map((call) => ({ kind: kindOfMount(sources, call, null), path: call.path }))
}

/** What a module calls an app of another one: 'app', 'socket.app'. */
function namesIn(sources: Sources, file: string, app: ExpressApp): string[] {
  const index = sources.index(file)
  const imported = [...(index?.imports ?? [])].flatMap(([name, { imported: what }]) => {
    if (isThe(app, sources, sources.meaningOf(file, name))) return [name]
    return what === '*' ? memberOf(sources, file, name, app) : []
  })
  const made = [...(index?.declarations.keys() ?? [])].flatMap((name) =>
    madeHere(sources, file, name, app),
  )
  return [...new Set([...imported, ...made, ...takenApart(sources, file, app)])]
}

function isThe(
  app: ExpressApp,
  sources: Sources,
  meaning: ReturnType<Sources['meaningOf']>,
): boolean {
  if (meaning?.kind !== 'local' || meaning.file !== app.file) return false
  const value = sources.valueOf(meaning.node)
  return (
    value === app.node ||
    (value !== null && isMadeBy(sources, meaning.file, value, app)) ||
    (meaning.name === app.variable && value === null)
  )
}

/** `socket.app`, where `socket` is the module as a whole. */
function memberOf(sources: Sources, file: string, name: string, app: ExpressApp): string[] {
  const specifier = sources.index(file)?.imports.get(name)?.specifier ?? ''
  const target = sources.resolve(file, specifier)
  if (target === null) return []
  const exported = [...(sources.index(target)?.exports.keys() ?? [])]
  return exported
    .filter((each) => isThe(app, sources, sources.exportedFrom(target, each)))
    .map((each) => `${name}.${each}`)
}

/** `app` of `app = createApp()`, `server.app` of `server = new Server()`. */
function madeHere(sources: Sources, file: string, name: string, app: ExpressApp): string[] {
  const declared = sources.index(file)?.declarations.get(name)
  if (!declared || !sources.ts.isVariableDeclaration(declared)) return []
  const value = sources.valueOf(declared)
  if (value === null) return []
  if (isMadeBy(sources, file, value, app)) return [name]
  const [, field] = /^this\.(\w+)$/.exec(app.variable) ?? []
  const isOwner =
    sources.ts.isNewExpression(value) &&
    resolveExpression(sources, file, value.expression)?.node === ownerOf(sources, app)
  return field !== undefined && isOwner ? [`${name}.${field}`] : []
}

/** The value is what a function gives back that makes the app. */
function isMadeBy(sources: Sources, file: string, value: ts.Node, app: ExpressApp): boolean {
  const maker = enclosingFunction(sources, app.node)
  if (!maker || !sources.ts.isCallExpression(value)) return false
  return (
    resolveExpression(sources, file, value.expression)?.node === maker &&
    returns(sources, maker, app)
  )
}

function returns(sources: Sources, maker: ts.Node, { variable }: ExpressApp): boolean {
  let found = false
  sources.walk(maker, (node) => {
    if (!sources.ts.isReturnStatement(node) || !node.expression) return
    if (sources.unwrap(node.expression).getText() === variable) found = true
  })
  return found
}

/** `{ app }` of `const { app, server } = createServer()`. */
function takenApart(sources: Sources, file: string, app: ExpressApp): string[] {
  const { ts } = sources
  const maker = enclosingFunction(sources, app.node)
  const source = maker && sources.parse(file)
  if (!source) return []
  const names: string[] = []
  sources.walk(source, (node) => {
    if (!ts.isVariableDeclaration(node) || !ts.isObjectBindingPattern(node.name)) return
    const value = node.initializer && sources.unwrap(node.initializer)
    if (!value || !ts.isCallExpression(value)) return
    if (resolveExpression(sources, file, value.expression)?.node !== maker) return
    const element = node.name.elements.find(
      ({ name, propertyName }) => (propertyName ?? name).getText() === app.variable,
    )
    if (element && ts.isIdentifier(element.name)) names.push(element.name.text)
  })
  return names
}

function ownerOf({ ts }: Sources, { node }: ExpressApp): ts.Node | null {
  for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isClassLike(at)) return at
  }
  return null
}
