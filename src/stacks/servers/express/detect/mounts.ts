import type { ts } from 'ts-morph'
import type { Mount } from '../../../../types.js'
import { isOwnImport } from '../../../../host/own-files.js'
import { stringValue } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'
import { handoverOf, handsOver, type HandoverCall } from './handover.js'
import { keptUses, type KeptUse } from './kept-app.js'
import { kindOfMount, type LoginPlace } from './mount-kind.js'

/** A mount with the code that makes it. */
export interface MountCall {
  /** 'use', 'get', …; another word where the receiver is given to code that was not found. */
  method: string
  path: string | null
  /** What it is mounted on: 'app'. */
  receiver: string
  /** What is mounted, in order; without the path, and without what this tool gives. */
  handlers: ts.Expression[]
  file: string
  node: ts.Node
  /** The calls that hand the receiver on to where this is mounted, the outermost first. */
  through: HandoverCall[]
}

const METHODS = new Set(['use', 'all', 'get', 'post', 'put', 'patch', 'delete', 'head', 'options'])
const MAX_DEPTH = 4

/** Stands for whatever code mounts that the receiver is given to and that was not found. */
const NOT_FOUND = 'not found'

export function isKnown({ method }: MountCall): boolean {
  return method !== NOT_FOUND
}

/** The mounts of an app that this tool did not make, as the profile has them. */
export function toMounts(sources: Sources, calls: MountCall[], login: LoginPlace | null): Mount[] {
  return calls.filter(isKnown).map((call) => ({
    kind: kindOfMount(sources, call, login),
    path: call.path,
    file: call.file,
    line: sources.evidence(call.file, call.node).line,
  }))
}

/**
 * Everything that is mounted on a name within a piece of code, in the order in which it runs:
 * where the name is handed to a function of the host, that function's mounts stand there.
 */
export function mountCalls(
  sources: Sources,
  file: string,
  scope: ts.Node,
  receiver: string,
  depth = MAX_DEPTH,
): MountCall[] {
  const { ts } = sources
  const found: { at: number; calls: MountCall[] }[] = []
  sources.walk(scope, (node) => {
    if (node !== scope && hidesName(sources, node, receiver)) return 'skip'
    const calls = ts.isCallExpression(node) ? mountsOf(sources, file, node, receiver) : []
    if (calls.length > 0 && ts.isCallExpression(node)) {
      found.push({ at: positionOf(sources, node), calls })
    } else if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const uses = usesOf(sources, { file, scope, receiver }, node)
      if (uses === null || depth === 0) {
        const calls = callsInside(sources, file, node, receiver, depth)
        found.push({ at: node.getStart(), calls })
      }
      for (const { call, ...use } of depth === 0 ? [] : (uses ?? [])) {
        const calls = mountCalls(sources, use.file, use.scope, use.variable, depth - 1)
        const through = calls.map((each) => ({ ...each, through: [call, ...each.through] }))
        found.push({ at: call.getStart(), calls: through })
      }
    }
    return undefined
  })
  return found
    .sort((a, b) => a.at - b.at)
    .flatMap(({ calls }) => calls)
    .filter((call) => !mountsOwn(sources, call))
    .map((call) => ({ ...call, handlers: withoutOwn(sources, call) }))
}

/** Where an object that is only given the app to keep is used; null for any other call. */
function usesOf(
  sources: Sources,
  { file, scope, receiver }: { file: string; scope: ts.Node; receiver: string },
  call: HandoverCall,
): KeptUse[] | null {
  if (!sources.ts.isNewExpression(call) || !handsOver(sources, call, receiver)) return null
  const target = handoverOf(sources, file, call, receiver)
  return target && keptUses(sources, scope, call, target)
}

/** In a chain `app.use(a).use(b)` the calls nest the other way round than they run. */
function positionOf(sources: Sources, call: ts.CallExpression): number {
  const { expression } = call
  return sources.ts.isPropertyAccessExpression(expression)
    ? expression.name.getStart()
    : call.getStart()
}

/** What one call mounts: once for each of its paths. */
export function mountsOf(
  sources: Sources,
  file: string,
  call: ts.CallExpression,
  receiver: string,
): MountCall[] {
  const { ts } = sources
  const { expression } = call
  if (!ts.isPropertyAccessExpression(expression)) return []
  const method = expression.name.text
  const { root, route } = rootOf(sources, expression.expression)
  if (!METHODS.has(method) || root.getText() !== receiver) return []
  const mount = { method, receiver, file, node: call, through: [] }
  const paths = pathsOf(sources, file, route ?? call.arguments[0])
  if (paths.length > 0) {
    const handlers = flattened(sources, call.arguments.slice(route === null ? 1 : 0))
    return paths.map((path) => ({ ...mount, path, handlers }))
  }
  const [first, ...rest] = flattened(sources, [...call.arguments])
  if (!first) return []
  // `app.get('setting')` reads a setting.
  if (method === 'get' && rest.length === 0 && !route) return []
  const path = pathOf(sources, file, route ?? first)
  const isPath = route === null && path.isPath
  const handlers = isPath ? rest : [first, ...rest]
  return [{ ...mount, path: path.value, handlers }]
}

function rootOf(
  sources: Sources,
  expression: ts.Expression,
): { root: ts.Expression; route: ts.Expression | null } {
  const { ts } = sources
  let root = expression
  let route: ts.Expression | null = null
  while (ts.isCallExpression(root) && ts.isPropertyAccessExpression(root.expression)) {
    if (root.expression.name.text === 'route') route = root.arguments[0] ?? null
    root = root.expression.expression
  }
  return { root, route }
}

function flattened(sources: Sources, handlers: ts.Expression[]): ts.Expression[] {
  return handlers.flatMap((handler) =>
    sources.ts.isArrayLiteralExpression(handler)
      ? flattened(sources, [...handler.elements])
      : [handler],
  )
}

function pathOf(
  sources: Sources,
  file: string,
  node: ts.Expression,
): { isPath: boolean; value: string | null } {
  if (sources.ts.isRegularExpressionLiteral(node)) return { isPath: true, value: node.text }
  const value = stringValue(sources, file, node)
  if (value !== null) return { isPath: true, value }
  return { isPath: sources.ts.isTemplateExpression(node), value: null }
}

/** The paths of `app.use(['/a', '/b'], …)`; none when it is no list of texts. */
function pathsOf(sources: Sources, file: string, node: ts.Expression | undefined): string[] {
  if (!node || !sources.ts.isArrayLiteralExpression(node)) return []
  const paths = node.elements.map((element) => stringValue(sources, file, element))
  return paths.every((path) => path !== null) ? paths : []
}

/** `registerRoutes(app)`: the mounts that function makes on what it is given. */
function callsInside(
  sources: Sources,
  file: string,
  call: HandoverCall,
  receiver: string,
  depth: number,
): MountCall[] {
  if (!handsOver(sources, call, receiver) || isHarmless(call)) return []
  const target = handoverOf(sources, file, call, receiver)
  if (!target || depth === 0) {
    const unknown = { method: NOT_FOUND, path: null, receiver, handlers: [], file, node: call }
    return [{ ...unknown, through: [] }]
  }
  const calls = mountCalls(sources, target.file, target.scope, target.variable, depth - 1)
  return calls.map((each) => ({ ...each, through: [call, ...each.through] }))
}

/** Serving, logging or testing the app mounts nothing on it. */
function isHarmless({ expression }: HandoverCall): boolean {
  return /createServer$|^serverless|^listen$|\.listen$|^(request|supertest|expect)$|^console\./.test(
    expression.getText(),
  )
}

/** A function with a parameter of the same name means another thing by it. */
function hidesName(sources: Sources, node: ts.Node, name: string): boolean {
  if (!sources.ts.isFunctionLike(node)) return false
  return node.parameters.some((parameter) => parameter.name.getText() === name)
}

/** Middleware of ours may stand before what the host mounts; what comes last is what is mounted. */
function mountsOwn(sources: Sources, { file, handlers }: MountCall): boolean {
  const last = handlers.at(-1)
  return last !== undefined && isOwn(sources, file, last)
}

function withoutOwn(sources: Sources, { file, handlers }: MountCall): ts.Expression[] {
  return handlers.filter((handler) => !isOwn(sources, file, handler))
}

function isOwn(sources: Sources, file: string, handler: ts.Expression): boolean {
  const called = sources.ts.isCallExpression(handler) ? handler.expression : handler
  const imported = sources.index(file)?.imports.get(called.getText())
  return imported !== undefined && isOwnImport(file, imported.specifier)
}
