import type { ts } from 'ts-morph'
import type { Evidence } from '../../../../types.js'
import type { Resolved } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'
import { requestPaths, type RequestPath } from './request-paths.js'
import { fromRow, fromToken, type UserValue } from './verified-user.js'

export interface UserExpression {
  /** 'req.user.id' */
  expression: string
  evidence: Evidence[]
  /** Why it is only likely; null when the host's code says so. */
  doubt: string | null
  /** The middleware itself says of nobody who it is. */
  isAnonymous?: true
  /** What it puts on the request is known, and the user's address is not in it. */
  lacksAddress?: true
}

const ENOUGH_READS = 12
/**
 * Names of a property that identifies a user. Where several stand together the first is meant: what
 * has a user's id beside an id of its own is a session or a token, not the user.
 */
const ID_NAMES = ['userId', 'user_id', 'userID', 'id', 'uid', 'sub', '_id', 'accountId', 'memberId']
/** Parts of the request that the caller writes, and those that are no place for a login. */
const NOT_A_LOGIN =
  /^req\.(body|params|query|headers|header|cookies|signedCookies|ip|app|path|url|originalUrl|method|file|files|log|get|hostname|baseUrl|rawBody|socket|csrfToken)\b/

/**
 * The expression by which the host names the logged-in user: what its middleware sets, and how
 * its routes read that.
 *
 * @param routeFiles gives the modules of the routes, as often as it is asked
 */
export function userExpression(
  sources: Sources,
  middleware: Resolved,
  routeFiles: () => Iterable<string>,
): UserExpression {
  const node = middleware.node
  const own = node
    ? requestPaths(sources, middleware.file, node).filter(({ path }) => !NOT_A_LOGIN.test(path))
    : []
  const reads = routeReads(sources, routeFiles())
  const set = own.filter(({ assigned }) => assigned !== null)
  const named = set.find(({ path, assigned }) => isUserId(path) || isIdValue(sources, assigned))
  if (named) return sure(named.path, [named.evidence])

  const seen = own.filter(({ path }) => !isUserId(path)).map(toUser)
  const bases = (set.length > 0 ? set : seen).filter(({ path }) => !CONTAINER.test(path))
  for (const base of [...bases, ...impliedBases(sources, middleware)]) {
    const found =
      fromReads(base, reads) ??
      fromKeys(base, reads) ??
      fromLiteral(sources, base) ??
      fromBetterAuth(middleware, base) ??
      fromValue(sources, middleware, base, routeFiles) ??
      (base.assigned ? fromTypes(sources, middleware, base) : null)
    if (found) return found
  }
  const read = own.find(({ path }) => isUserId(path))
  if (read) return sure(read.path, [read.evidence])
  const inSession = own.some(({ path }) => CONTAINER.test(path))
    ? mostUsed(reads, inContainer)
    : null
  if (inSession) return inSession
  const base = [...bases, ...impliedBases(sources, middleware)][0]?.path ?? 'req.user'
  return {
    expression: `${base}.id`,
    evidence: [],
    doubt: `nothing in the host's code reads the user's id from ${base}`,
    ...(own.length === 0 && node && keepsToItself(sources, node) ? { isAnonymous: true } : {}),
  }
}

/** What holds more than the user: a cart, the id of the session itself. */
const CONTAINER = /^req\.(session|res\.locals)$/
const USER =
  /^(.*user.*|.*account.*|auth.*|member|profile|passport|claims|token|payload|jwt|decoded|identity|principal|person|me|customer|client|oidc)$/i

/** Whether a path below the session or the response's locals names a user, not something of one. */
export function isUserIn(path: string): boolean {
  const [, below = ''] = /^req\.(?:session|res\.locals)\.(.+)$/.exec(path) ?? []
  const names = below.split('.')
  const id = names.pop() ?? ''
  if (names.length === 0) return id !== 'id' && isUserId(path)
  return isUserId(path) && names.every((name) => USER.test(name))
}

function inContainer({ path }: RequestPath): boolean {
  return isUserIn(path)
}

/** Whether its code gives the request to no other, which could say who the user is. */
function keepsToItself(sources: Sources, node: ts.Node): boolean {
  const { ts } = sources
  if (!ts.isFunctionLike(node)) return false
  const request = node.parameters[0]?.name.getText()
  let keeps = true
  sources.walk(node, (each) => {
    if (!ts.isCallExpression(each)) return
    if (each.arguments.some((argument) => argument.getText() === request)) keeps = false
  })
  return keeps
}

/** Where only a property of the user is looked at, such as a role: the user. */
function toUser(read: RequestPath): RequestPath {
  const [, container = 'req', rest = read.path] =
    /^(req\.session|req\.res\.locals|req)\.(.+)$/.exec(read.path) ?? []
  const [user = ''] = rest.split('.')
  return rest.includes('.') ? { ...read, path: `${container}.${user}` } : read
}

function sure(expression: string, evidence: Evidence[]): UserExpression {
  return { expression, evidence, doubt: null }
}

/** Whether a path ends in what a user is identified by. */
export function isUserId(path: string): boolean {
  return ID_NAMES.includes(path.slice(path.lastIndexOf('.') + 1))
}

/** What well-known packages set, where the host's own code sets nothing. */
function impliedBases(sources: Sources, { node }: Resolved): RequestPath[] {
  const code = node?.getText() ?? ''
  const property = /\b(?:user|request)Property:\s*['"](\w+)['"]/.exec(code)?.[1]
  const path = property
    ? `req.${property}`
    : /express_?jwt|\bauth\(|jwtCheck|\balgorithms:/i.test(code)
      ? 'req.auth'
      : /passport|isAuthenticated/.test(code)
        ? 'req.user'
        : null
  return path === null
    ? []
    : [{ path, evidence: { file: '', line: 1 }, assigned: null, isKey: false }]
}

function routeReads(sources: Sources, files: Iterable<string>): RequestPath[] {
  const reads: RequestPath[] = []
  for (const file of files) {
    if (reads.length >= ENOUGH_READS) break
    const source = sources.parse(file)
    const paths = source ? requestPaths(sources, file, source) : []
    const ids = paths.filter(
      ({ path, assigned, isKey }) => assigned === null && (isUserId(path) || isKey),
    )
    reads.push(...ids.filter(({ path }) => !NOT_A_LOGIN.test(path)))
  }
  return reads
}

/** The id that routes read most often below what the middleware sets. */
function fromReads(base: RequestPath, reads: RequestPath[]): UserExpression | null {
  return mostUsed(reads, ({ path }) => path.startsWith(`${base.path}.`) && isUserId(path))
}

function mostUsed(
  reads: RequestPath[],
  counts: (read: RequestPath) => boolean,
): UserExpression | null {
  const some = reads.filter(counts)
  const [most] = [...new Set(some.map(({ path }) => path))]
    .map((path) => ({ path, uses: some.filter((read) => read.path === path) }))
    .sort((a, b) => b.uses.length - a.uses.length)
  const first = most?.uses[0]
  return most && first ? sure(most.path, [first.evidence]) : null
}

/** The user is kept as the id alone: `query(sql, [req.user])`. */
function fromKeys(base: RequestPath, reads: RequestPath[]): UserExpression | null {
  const read = reads.find(({ path, isKey }) => base.assigned && path === base.path && isKey)
  return read ? sure(base.path, [read.evidence]) : null
}

/** `req.user = payload.id`, `= Number(claims.sub)`, `= userId` */
function isIdValue(sources: Sources, value: ts.Expression | null): boolean {
  const { ts } = sources
  if (value === null) return false
  const bare = sources.unwrap(value)
  if (ts.isIdentifier(bare)) return isUserId(bare.text)
  if (ts.isPropertyAccessExpression(bare)) return isUserId(bare.name.text)
  const [argument] = ts.isCallExpression(bare) ? bare.arguments : []
  const converts =
    ts.isCallExpression(bare) && /^(Number|String|parseInt)$/.test(bare.expression.getText())
  return converts && argument !== undefined && isIdValue(sources, argument)
}

/** `req.user = { id: claims.sub }`: the key in the object it is set to. */
function fromLiteral(sources: Sources, base: RequestPath): UserExpression | null {
  const key = base.assigned && idKey(sources, base.assigned, '')
  return key ? sure(`${base.path}.${key}`, [base.evidence]) : null
}

function idKey(sources: Sources, value: ts.Expression, prefix: string): string | null {
  const { ts } = sources
  if (!ts.isObjectLiteralExpression(value)) return null
  const properties = value.properties.flatMap((property) =>
    property.name && ts.isIdentifier(property.name) ? [property] : [],
  )
  const names = properties.map((property) => property.name?.getText() ?? '')
  const id = ID_NAMES.find((name) => names.includes(name))
  if (id !== undefined) return prefix + id
  for (const property of properties) {
    if (!ts.isPropertyAssignment(property)) continue
    const nested = idKey(sources, property.initializer, `${prefix}${property.name.getText()}.`)
    if (nested !== null) return nested
  }
  return null
}

/** `req.user = session.user` of Better Auth: its users all have an `id`. */
function fromBetterAuth({ node }: Resolved, base: RequestPath): UserExpression | null {
  const value = base.assigned?.getText() ?? ''
  const suffix = /\.user!?$/.test(value) ? 'id' : /^session$/.test(value) ? 'user.id' : null
  const asks = /\.api\s*\.getSession\(/.test(node?.getText() ?? '')
  return asks && suffix !== null ? sure(`${base.path}.${suffix}`, [base.evidence]) : null
}

/** What the middleware verifies or selects says which part of it is the id. */
function fromValue(
  sources: Sources,
  middleware: Resolved,
  { path, assigned, evidence }: RequestPath,
  files: () => Iterable<string>,
): UserExpression | null {
  if (!assigned) return null
  const value: UserValue | null =
    fromRow(sources, middleware, assigned, ID_NAMES) ??
    fromToken(sources, middleware, assigned, files(), ID_NAMES)
  if (!value) return null
  const expression = value.key === null ? path : `${path}.${value.key}`
  const found = sure(expression, [evidence, ...value.evidence])
  return value.hasAddress ? found : { ...found, lacksAddress: true }
}

/** The type that what is set has, or that the request's property is declared with. */
function fromTypes(
  sources: Sources,
  middleware: Resolved,
  base: RequestPath,
): UserExpression | null {
  const { ts } = sources
  const source = sources.parse(middleware.file)
  if (!source || !middleware.node) return null
  const property = base.path.slice(base.path.lastIndexOf('.') + 1)
  const types = new Set<string>()
  sources.walk(source, (node) => {
    if (ts.isPropertySignature(node) && node.name.getText() === property && node.type) {
      for (const name of node.type.getText().match(/[A-Z]\w*/g) ?? []) types.add(name)
    }
  })
  sources.walk(middleware.node, (node) => {
    if (ts.isTypeReferenceNode(node)) types.add(node.typeName.getText())
  })
  for (const type of types) {
    const id = idMember(sources, middleware.file, type)
    if (id) return sure(`${base.path}.${id.name}`, [base.evidence, id.evidence])
  }
  return null
}

function idMember(
  sources: Sources,
  file: string,
  type: string,
): { name: string; evidence: Evidence } | null {
  const { ts } = sources
  const meaning = sources.meaningOf(file, type)
  if (meaning?.kind !== 'local') return null
  const members: ts.PropertySignature[] = []
  sources.walk(meaning.node, (node) => {
    if (ts.isPropertySignature(node)) members.push(node)
  })
  for (const name of ID_NAMES) {
    const member = members.find((candidate) => candidate.name.getText() === name)
    if (member) return { name, evidence: sources.evidence(meaning.file, member) }
  }
  return null
}
