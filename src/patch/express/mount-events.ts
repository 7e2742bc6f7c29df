import type { ts as TS } from 'ts-morph'
import { lineOf, unwrap, walk, type Source } from '../source.js'
import { handlerKind, kindOfName, nameOf, type HandlerKind } from './handler-kind.js'
import {
  covers,
  isEverything,
  lastSegment,
  pathOfText,
  readPaths,
  type RoutePath,
} from './route-path.js'
import type { Setup, SetupMount } from './setup.js'

export type EventKind =
  | 'body-parser'
  | 'error-handler'
  | 'catch-all'
  | 'static'
  | 'gate'
  | 'router'
  | 'route'
  | 'harmless'
  | 'middleware'
  /** The app is given to code that cannot be seen from here. */
  | 'delegated'
  | 'listen'
  | 'returned'
  | 'exported'

/** One thing that happens to the app. */
export interface MountEvent {
  kind: EventKind
  /** Empty when it is mounted for every path. */
  paths: RoutePath[]
  match: 'prefix' | 'exact'
  handlers: TS.Expression[]
  /** Brings a body parser, whatever else it is. */
  parses: boolean
  /** Inside a callback, so it runs later than it is written. */
  deferred: boolean
  /** Mounted by a function of another file that is given the app. */
  given: boolean
  node: TS.Node
  line: number
}

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'all'])
/** Methods that give the app back. */
const CHAINED = new Set([...METHODS, 'use', 'set', 'enable', 'disable', 'engine'])
const IMMEDIATE = new Set(['forEach', 'map'])

/** Whether a request to `path` meets the event. */
export function meets(event: MountEvent, path: string): boolean {
  return event.paths.length === 0 || event.paths.some((each) => covers(each, path, event.match))
}

/** Whether an event ends the way of every request to `path`: nothing behind it is reached. */
export function ends(event: MountEvent, path: string): boolean {
  return ['error-handler', 'catch-all', 'route'].includes(event.kind) && meets(event, path)
}

/**
 * Whether an error handler stands before all that the host mounts, such as one for its parsers: it
 * ends nothing of theirs, and what they rely on may follow it.
 *
 * @param events the host's own, without what this tool mounts
 */
export function isEarly(event: MountEvent, events: MountEvent[]): boolean {
  if (event.kind !== 'error-handler') return false
  const isMount = ({ kind }: MountEvent): boolean => kind === 'router' || kind === 'route'
  const mounts = events.filter((each) => each === event || isMount(each))
  return mounts.length > 1 && mounts[0] === event
}

/** Whether a node is the app: the variable `app`, `this.app`, or `socket.app` of another module. */
export function isApp({ ts, file }: Source, node: TS.Node, app: string): boolean {
  if (ts.isIdentifier(node)) return node.text === app
  return ts.isPropertyAccessExpression(node) && node.getText(file) === app
}

/** Everything a statement does to the app, in source order. */
export function eventsIn(
  source: Source,
  statement: TS.Node,
  app: string,
  setups: Setup[] = [],
): MountEvent[] {
  const { ts } = source
  const found: MountEvent[] = []
  const look = (node: TS.Node, deferred: boolean): void => {
    if (ts.isFunctionLike(node)) {
      if (node.parameters.some(({ name }) => ts.isIdentifier(name) && name.text === app)) return
      deferred ||= !runsAtOnce(source, node)
    }
    // A chain is written inside out, so the calls a call stands on come first.
    ts.forEachChild(node, (child) => look(child, deferred))
    const events = readEvents(source, node, app, setups)
    found.push(...events.map((event) => ({ ...event, deferred })))
  }
  look(statement, false)
  const ending = readEnding(source, statement, app)
  return ending ? [...found, ending] : found
}

function runsAtOnce({ ts }: Source, node: TS.Node): boolean {
  const call = node.parent
  return (
    ts.isCallExpression(call) &&
    ts.isPropertyAccessExpression(call.expression) &&
    IMMEDIATE.has(call.expression.name.text)
  )
}

function readEvents(source: Source, node: TS.Node, app: string, setups: Setup[]): MountEvent[] {
  const { ts } = source
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return []
  const callee = node.expression
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(callee)) {
    const link = chainLink(source, callee, app)
    const mount = link && readMount(source, node, callee.name.text, link.route)
    if (link) return mount ? [mount] : []
  }
  const setup = setups.find(({ call }) => call === callee.getText(source.file))
  const isGiven = (node.arguments ?? []).some((argument) => handsOver(source, argument, app))
  if (!isGiven && !setup?.isKept) return []
  if (setup) return setup.mounts.map((mount) => knownEvent(source, node, mount))
  return [event(source, node, { kind: receiverKind(nameOf(source, callee)) })]
}

function knownEvent(
  source: Source,
  node: TS.Node,
  { kind, path, isExact }: SetupMount,
): MountEvent {
  return event(source, node, {
    kind,
    paths: path === null || path === '/' ? [] : [pathOfText(path)],
    match: isExact ? 'exact' : 'prefix',
    parses: kind === 'body-parser',
    given: true,
  })
}

/** For `app.use`, `app.use(…).use`, `app.route('/x').get`: which app, and the route's path. */
function chainLink(
  source: Source,
  callee: TS.PropertyAccessExpression,
  app: string,
): { route: TS.Expression | null } | null {
  const { ts } = source
  let route: TS.Expression | null = null
  let base = unwrap(ts, callee.expression)
  while (ts.isCallExpression(base) && ts.isPropertyAccessExpression(base.expression)) {
    if (base.expression.name.text === 'route') route = base.arguments[0] ?? null
    else if (!CHAINED.has(base.expression.name.text)) return null
    base = unwrap(ts, base.expression.expression)
  }
  return isApp(source, base, app) ? { route } : null
}

function readMount(
  source: Source,
  call: TS.CallExpression,
  method: string,
  route: TS.Expression | null,
): MountEvent | null {
  if (method === 'listen') return event(source, call, { kind: 'listen' })
  const isUse = method === 'use'
  if (!isUse && !METHODS.has(method)) return null
  const [first, ...rest] = call.arguments
  if (!first || (!isUse && !route && rest.length === 0)) return null
  const pathNode = route ?? first
  const read = readPaths(source, pathNode)
  // `use` with one argument has no path, however the argument is named.
  const paths = (isUse && rest.length === 0 ? null : read) ?? []
  const handlers = (route || (isUse && paths.length === 0) ? [...call.arguments] : rest).flatMap(
    (handler) => (source.ts.isArrayLiteralExpression(handler) ? [...handler.elements] : [handler]),
  )
  const kinds = handlers.map((handler) => handlerKind(source, handler))
  return event(source, call, {
    kind: isUse ? useKind(source, kinds, paths, handlers) : routeKind(kinds, paths),
    paths: paths.filter((path) => path.kind !== 'literal' || path.value !== '/' || !isUse),
    match: isUse ? 'prefix' : 'exact',
    handlers,
    parses: kinds.includes('body-parser'),
  })
}

function useKind(
  source: Source,
  kinds: HandlerKind[],
  paths: RoutePath[],
  handlers: TS.Expression[],
): EventKind {
  const last = kinds.at(-1) ?? 'unknown'
  const handler = handlers.at(-1)
  if (kinds.includes('error-handler')) return 'error-handler'
  if (last === 'not-found') return 'catch-all'
  if (last === 'router' || last === 'static' || last === 'body-parser' || last === 'harmless')
    return last
  const name = handler ? nameOf(source, handler) : ''
  const placed = paths.map(lastSegment).find((segment) => segment !== null)
  if (last === 'gate')
    return placed && placed.toLowerCase() === name.toLowerCase() ? 'router' : 'gate'
  if (kinds.includes('body-parser') && !placed) return 'body-parser'
  return placed && !paths.some(isEverything) && handler && !source.ts.isFunctionLike(handler)
    ? 'router'
    : 'middleware'
}

function routeKind(kinds: HandlerKind[], paths: RoutePath[]): EventKind {
  const last = kinds.at(-1)
  const looksOn = last === 'gate' || last === 'harmless' || last === 'body-parser'
  return looksOn && paths.some(isEverything) ? last : 'route'
}

function handsOver(source: Source, argument: TS.Expression, app: string): boolean {
  const { ts } = source
  if (isApp(source, unwrap(ts, argument), app)) return true
  if (!ts.isObjectLiteralExpression(argument)) return false
  return argument.properties.some(
    (property) =>
      (ts.isShorthandPropertyAssignment(property) && property.name.text === app) ||
      (ts.isPropertyAssignment(property) && isApp(source, property.initializer, app)),
  )
}

function receiverKind(name: string): EventKind {
  if (/createServer$|^serverless|^listen$|\.listen$/i.test(name)) return 'listen'
  if (/^(request|supertest|console\.\w+|expect)$/.test(name)) return 'harmless'
  return /^Sentry\./.test(name) && kindOfName(name) === 'error-handler'
    ? 'error-handler'
    : 'delegated'
}

function readEnding(source: Source, node: TS.Node, app: string): MountEvent | null {
  const { ts } = source
  if (ts.isReturnStatement(node)) {
    let gives = false
    walk(ts, node, (each) => {
      if (isApp(source, each, app)) gives = true
    })
    return gives ? event(source, node, { kind: 'returned' }) : null
  }
  const isDefault = ts.isExportAssignment(node) && isApp(source, node.expression, app)
  const isNamed =
    ts.isExportDeclaration(node) &&
    node.exportClause !== undefined &&
    ts.isNamedExports(node.exportClause) &&
    node.exportClause.elements.some((each) => (each.propertyName ?? each.name).text === app)
  const isModule =
    ts.isExpressionStatement(node) &&
    ts.isBinaryExpression(node.expression) &&
    /^(module\.)?exports\b/.test(node.expression.left.getText(source.file)) &&
    (isApp(source, node.expression.right, app) || handsOver(source, node.expression.right, app))
  return isDefault || isNamed || isModule ? event(source, node, { kind: 'exported' }) : null
}

function event(
  source: Source,
  node: TS.Node,
  facts: Partial<MountEvent> & { kind: EventKind },
): MountEvent {
  const call = source.ts.isCallExpression(node) ? node.expression : node
  const named = source.ts.isPropertyAccessExpression(call) ? call.name : node
  return {
    paths: [],
    match: 'prefix',
    handlers: [],
    parses: false,
    deferred: false,
    given: false,
    node,
    line: lineOf(source, named),
    ...facts,
  }
}
