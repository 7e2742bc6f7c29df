import type { ts } from 'ts-morph'
import type { Mount } from '../../../../types.js'
import { resolveExpression, type Resolved } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'
import { isExpressCall } from './express-app.js'
import { isImportedRouter } from './imported-router.js'
import type { MountCall } from './mounts.js'

/** `*`, `/*`, `/{*path}`, `/(.*)`, and regular expressions that end in anything. */
const CATCH_ALL_PATH = /^\*$|^\/\*|^\/\{\*|^\{\*|^\/\(\.\*\)|^\/.*\.[*+]/
const BODY_PARSER = /\b(express|bodyParser)\.(json|urlencoded|raw|text)\s*\(|\bbodyParser\s*\(/
const STATIC = /\b(express\.static|serveStatic|sirv|historyApiFallback|history)\s*\(/

/** The login middleware's own place, however a module names it. */
export interface LoginPlace {
  file: string
  name: string
}

export function kindOfMount(
  sources: Sources,
  call: MountCall,
  login: LoginPlace | null,
): Mount['kind'] {
  const last = call.handlers.at(-1)
  if (!last) return 'middleware'
  if (call.method === 'use' && isImportedRouter(sources, call.file, last)) return 'router'
  const resolved = resolveExpression(sources, call.file, last)
  const code = codeOf(last, resolved)
  if (isErrorHandler(sources, last, resolved)) return 'error-handler'
  if (takesEverything(call)) return 'catch-all'
  if (call.method !== 'use') return 'route'
  if (STATIC.test(code)) return 'static'
  if (BODY_PARSER.test(code)) return 'body-parser'
  if (isRouter(sources, call.file, last, resolved)) return 'router'
  if (login && resolved?.file === login.file && resolved.name === login.name) return 'login'
  if (!endsRequest(sources, last, resolved)) return 'middleware'
  // A handler under a path of its own is a route, unless it is there to say that there is none.
  return call.path === null || call.path === '/' || isNotFound(last, code) ? 'catch-all' : 'route'
}

function takesEverything({ path, method }: MountCall): boolean {
  if (path === null) return false
  if (CATCH_ALL_PATH.test(path)) return true
  return (method === 'use' || method === 'all') && /\/(\*\w*|\{\*\w+\}|\(\.\*\))$/.test(path)
}

function isNotFound(handler: ts.Expression, code: string): boolean {
  return /not_?found|404/i.test(nameOf(handler)) || /\b404\b/.test(code)
}

/** The text that says what a handler does: its call, its own code, or the code behind its name. */
function codeOf(handler: ts.Expression, resolved: Resolved | null): string {
  return resolved?.node ? resolved.node.getText() : handler.getText()
}

function isErrorHandler(
  sources: Sources,
  handler: ts.Expression,
  resolved: Resolved | null,
): boolean {
  const handles = parametersOf(sources, resolved)
  if (handles !== null) return handles === 4
  // Of a module that makes loggers of requests: it logs those that have failed.
  if (/^(this\.)?morgan/i.test(nameOf(handler))) return false
  return /(error_?(handler|middleware)s?|(handle|on)_?errors?)(\(|$)/i.test(nameOf(handler))
}

/** A handler without `next`, or one that says it answers what nothing else does. */
function endsRequest(sources: Sources, handler: ts.Expression, resolved: Resolved | null): boolean {
  if (/not_?found|404/i.test(nameOf(handler))) return true
  // Vite's development server answers every page.
  if (nameOf(handler).endsWith('.middlewares')) return true
  const handles = parametersOf(sources, resolved)
  return handles !== null && handles < 3
}

function parametersOf(sources: Sources, resolved: Resolved | null): number | null {
  const node = resolved?.node
  return node && sources.ts.isFunctionLike(node) ? node.parameters.length : null
}

function nameOf(handler: ts.Expression): string {
  return handler.getText().replace(/\([\s\S]*$/, '(')
}

/** A Router, another app, or a function's result that its name says to be one. */
export function isRouter(
  sources: Sources,
  file: string,
  handler: ts.Expression,
  resolved: Resolved | null,
): boolean {
  const { ts } = sources
  const node = resolved?.node
  if (node && (ts.isCallExpression(node) || ts.isNewExpression(node))) {
    if (/(^|\.)Router$/.test(node.expression.getText())) return true
    if (isExpressCall(sources, resolved.file, node)) return true
    if (routerOf(sources, resolved.file, node)) return true
  }
  const isFunction = node ? ts.isFunctionLike(node) : false
  return !isFunction && /rout(er|es?)s?(\(|$)/i.test(nameOf(handler))
}

/** The variable that holds a router, with the code around it: what `mountCalls` looks through. */
export function routerOf(
  sources: Sources,
  file: string,
  handler: ts.Node,
): { file: string; scope: ts.Node; variable: string } | null {
  const { ts } = sources
  if (ts.isCallExpression(handler)) {
    const maker = resolveExpression(sources, file, handler.expression)
    if (!maker?.node || !ts.isFunctionLike(maker.node)) return null
    const variable = routerVariableIn(sources, maker.node)
    return variable === null ? null : { file: maker.file, scope: maker.node, variable }
  }
  const name = ts.isIdentifier(handler) ? handler.text : null
  const meaning = name === null ? null : sources.meaningOf(file, name)
  if (meaning?.kind !== 'local') return null
  const source = sources.parse(meaning.file)
  if (!source || !ts.isVariableDeclaration(meaning.node)) return null
  const value = sources.valueOf(meaning.node)
  if (value && ts.isCallExpression(value) && !/Router$/.test(value.expression.getText())) {
    return routerOf(sources, meaning.file, value)
  }
  return { file: meaning.file, scope: source, variable: meaning.node.name.getText() }
}

function routerVariableIn(sources: Sources, scope: ts.Node): string | null {
  let variable: string | null = null
  sources.walk(scope, (node) => {
    if (variable !== null || !sources.ts.isVariableDeclaration(node) || !node.initializer) return
    const value = sources.unwrap(node.initializer)
    if (!sources.ts.isCallExpression(value)) return
    if (/(^|\.)Router$/.test(value.expression.getText())) variable = node.name.getText()
  })
  return variable
}
