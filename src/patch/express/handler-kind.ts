import type { ts as TS } from 'ts-morph'
import { bindings } from '../named-import.js'
import { oncePerFile, unwrap, walk, type Source } from '../source.js'

export type HandlerKind =
  | 'body-parser'
  | 'error-handler'
  | 'not-found'
  | 'static'
  /** May turn a request away: login, CSRF, rate limits, CORS. */
  | 'gate'
  | 'router'
  /** Only looks on or adds headers: logging, helmet, compression. */
  | 'harmless'
  | 'unknown'

const PARSER_METHODS = /^(json|urlencoded|raw|text)$/
const NAMES: [HandlerKind, RegExp][] = [
  // `morgan.errorHandler` logs the requests that have failed; it takes no error.
  ['harmless', /^(this\.)?morgan/i],
  [
    'body-parser',
    /body_?-?pars|pars\w{0,40}body|json_?pars|parse_?json|raw_?body|urlencoded|^multer|file_?upload|formidable|busboy/i,
  ],
  [
    'error-handler',
    /err(or)?s?_?(handl|middleware|convert|respon|log|boundary)|handle\w{0,40}err(or)?s?$|^on_?error|(^|\.)errors?$/i,
  ],
  [
    'not-found',
    /not_?found|404|^no_?route|unknown_?route|unmatched|fallback|catch_?all|serve_?spa|spa_?handler/i,
  ],
  ['router', /rout(er|ers|e|es|ing)$|controllers?$|(^|\.)api$/i],
  ['static', /(^|\.)static$|serve_?static|^sirv$/i],
  [
    'harmless',
    /helmet|morgan|log(ger|ging|s)?\b|logg|pino|winston|compress|cookie_?pars|request_?id|correlation|response_?time|trac(e|ing)|metrics|favicon|poweredby|sentry|track_?usage/i,
  ],
  [
    'gate',
    /auth|log_?in|session|passport|jwt|clerk|protect|csrf|csurf|lusca|rate|limit|slow_?down|throttl|guard|acl\b|verify|require|ensure|block|maintenance|cors/i,
  ],
]

/** What a handler is, by what it does where the file shows it, else by its name. */
export function handlerKind(source: Source, handler: TS.Expression, depth = 0): HandlerKind {
  const { ts } = source
  const node = unwrap(ts, handler)
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return functionKind(source, node)
  if (isParserCall(source, node)) return 'body-parser'
  if (isRouterCall(source, node)) return 'router'
  const name = nameOf(source, node)
  const declared = ts.isIdentifier(node) && depth < 3 ? declaration(source, node.text) : null
  if (declared && ts.isFunctionDeclaration(declared)) {
    const kind = functionKind(source, declared)
    return kind === 'unknown' ? kindOfName(name) : kind
  }
  if (declared) {
    const kind = handlerKind(source, declared as TS.Expression, depth + 1)
    return kind === 'unknown' ? kindOfName(name) : kind
  }
  const kind = kindOfName(name)
  return ['unknown', 'gate'].includes(kind) && comesFromRoutes(source, node) ? 'router' : kind
}

/** The dotted name of a handler, of the function a call calls, of the class `new` makes. */
export function nameOf(source: Source, node: TS.Expression): string {
  const { ts } = source
  if (ts.isIdentifier(node)) return node.text
  if (node.kind === ts.SyntaxKind.ThisKeyword) return 'this'
  if (ts.isPropertyAccessExpression(node)) {
    return `${nameOf(source, node.expression)}.${node.name.text}`
  }
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return nameOf(source, node.expression)
  return ''
}

export function kindOfName(name: string): HandlerKind {
  return NAMES.find(([, pattern]) => pattern.test(name))?.[0] ?? 'unknown'
}

type Handler = TS.SignatureDeclaration & { body?: TS.Node }

const functionKinds = new WeakMap<Handler, HandlerKind>()

/** Each function is read once, however often it is mounted. */
function functionKind(source: Source, node: Handler): HandlerKind {
  const kind = functionKinds.get(node) ?? readFunction(source, node)
  functionKinds.set(node, kind)
  return kind
}

function readFunction(source: Source, node: Handler): HandlerKind {
  if (node.parameters.length === 4) return 'error-handler'
  if (!node.body) return 'unknown'
  let parses = false
  walk(source.ts, node, (each) => {
    if (isParserCall(source, each)) parses = true
  })
  if (parses) return 'body-parser'
  return goesOn(source, node) ? 'unknown' : 'not-found'
}

/** Whether a handler can pass the request on: `next()`, or `next` given to somebody else. */
function goesOn(source: Source, node: TS.SignatureDeclaration): boolean {
  const { ts } = source
  const next = node.parameters[2]?.name
  if (!next) return node.parameters.length < 2
  if (!ts.isIdentifier(next)) return true
  let passes = false
  walk(ts, node, (each) => {
    if (!ts.isIdentifier(each) || each.text !== next.text || each === next) return
    const call = each.parent
    const isCall = ts.isCallExpression(call) && call.expression === each
    if (!isCall || call.arguments.length === 0) passes = true
  })
  return passes
}

function isParserCall(source: Source, node: TS.Node): boolean {
  const { ts } = source
  if (!ts.isCallExpression(node)) return false
  const callee = node.expression
  if (ts.isPropertyAccessExpression(callee)) {
    return (
      PARSER_METHODS.test(callee.name.text) &&
      ts.isIdentifier(callee.expression) &&
      parserModule(source, callee.expression.text, ['*', 'default'])
    )
  }
  if (!ts.isIdentifier(callee)) return false
  if (parserModule(source, callee.text, ['json', 'urlencoded', 'raw', 'text'])) return true
  return bindings(source).some((each) => each.local === callee.text && each.from === 'body-parser')
}

function parserModule(source: Source, local: string, imported: string[]): boolean {
  return bindings(source).some(
    (each) =>
      each.local === local &&
      (each.from === 'express' || each.from === 'body-parser') &&
      imported.includes(each.imported),
  )
}

function isRouterCall(source: Source, node: TS.Node): boolean {
  const { ts } = source
  if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return false
  return /(^|\.)Router$/.test(nameOf(source, node.expression))
}

function comesFromRoutes(source: Source, node: TS.Expression): boolean {
  const { ts } = source
  if (ts.isCallExpression(node) && nameOf(source, node) === 'require') {
    return /rout|controller|api/i.test(node.arguments[0]?.getText(source.file) ?? '')
  }
  const root = nameOf(source, node).split('.')[0]
  const from = bindings(source).find((each) => each.local === root)?.from ?? ''
  return /(^|\/)\.?(routes?|routers?|controllers?|api|endpoints?)(\/|$)|\.(routes?|router|controller)(\.|$)/i.test(
    from,
  )
}

/** The value or function a name stands for in this file. */
function declaration(source: Source, name: string): TS.Node | null {
  return declarations(source).get(name) ?? null
}

const declarations = oncePerFile((source): Map<string, TS.Node> => {
  const { ts, file } = source
  const found = new Map<string, TS.Node>()
  walk(ts, file, (node) => {
    const isVariable = ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)
    if (!isVariable && !ts.isFunctionDeclaration(node)) return
    const value = isVariable ? node.initializer : node
    const name = node.name?.getText(file)
    if (name !== undefined && value && !found.has(name)) found.set(name, value)
  })
  return found
})
