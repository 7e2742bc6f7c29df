import type { ts } from 'ts-morph'
import type { Evidence } from '../../../../types.js'
import type { Resolved } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'

/** What a middleware puts on the request: the id itself, or what has it under a name. */
export interface UserValue {
  /** 'userId'; null when it is the id itself. */
  key: string | null
  /** Whether the user's address stands beside it; it may where not all of it is written out. */
  hasAddress: boolean
  evidence: Evidence[]
}

/** Which names identify a user: of several that stand together, the first. */
type IdNames = readonly string[]

const MAX_FILES = 60

/**
 * What the host puts into its tokens where the middleware takes the user from one: the key of the
 * payload that `jwt.sign({ userId: user.id })` names. Null when no token, or not all of them, say.
 *
 * @param value what the middleware puts on the request: `decoded`, `decoded.user`
 */
export function fromToken(
  sources: Sources,
  middleware: Resolved,
  value: ts.Expression,
  files: Iterable<string>,
  names: IdNames,
): UserValue | null {
  const path = middleware.node && pathInToken(sources, middleware.node, value)
  if (!path) return null
  const found: UserValue[] = []
  for (const { file, payload } of payloadsIn(sources, files)) {
    const part = partOf(sources, payload, path)
    const key = part && keyOf(sources, part, names)
    if (!part || key === undefined) continue
    found.push({
      key,
      hasAddress: mayHaveAddress(sources, part),
      evidence: [sources.evidence(file, part)],
    })
  }
  const [first, ...others] = found
  if (!first || others.some(({ key }) => key !== first.key)) return null
  return { ...first, hasAddress: found.some(({ hasAddress }) => hasAddress) }
}

const ADDRESS = /e_?mail/i

function mayHaveAddress({ ts }: Sources, part: ts.Expression): boolean {
  if (!ts.isObjectLiteralExpression(part)) return false
  return part.properties.some(
    (property) => ts.isSpreadAssignment(property) || ADDRESS.test(property.name?.getText() ?? ''),
  )
}

/** The path below the verified token at which a value stands: `decoded.user` is at ['user']. */
function pathInToken(sources: Sources, scope: ts.Node, value: ts.Expression): string[] | null {
  const { ts } = sources
  const path: string[] = []
  let holder = sources.unwrap(value)
  while (ts.isPropertyAccessExpression(holder)) {
    path.unshift(holder.name.text)
    holder = sources.unwrap(holder.expression)
  }
  if (!ts.isIdentifier(holder)) return verifies(sources, holder) ? path : null
  const name = holder.text
  let found: string[] | null = null
  sources.walk(scope, (node) => {
    if (ts.isVariableDeclaration(node) && node.initializer && verifies(sources, node.initializer)) {
      const taken = takenAs(sources, node.name, name)
      if (taken) found = [...taken, ...path]
    }
    // `jwt.verify(token, secret, (error, user) => …)`
    if (!ts.isCallExpression(node) || !VERIFY.test(node.expression.getText())) return
    const callback = node.arguments.find(
      (argument) => ts.isArrowFunction(argument) || ts.isFunctionExpression(argument),
    )
    const parameter =
      callback && ts.isFunctionLike(callback) ? callback.parameters[1]?.name : undefined
    const taken = parameter && takenAs(sources, parameter, name)
    if (taken) found = [...taken, ...path]
  })
  return found
}

const VERIFY = /(^|\.)verify\w*$/

function verifies(sources: Sources, expression: ts.Expression): boolean {
  const { ts } = sources
  let node = sources.unwrap(expression)
  if (ts.isAwaitExpression(node)) node = sources.unwrap(node.expression)
  return ts.isCallExpression(node) && VERIFY.test(node.expression.getText())
}

/** The path at which a pattern takes a name: ['user'] of `{ user }`, [] of the name itself. */
function takenAs({ ts }: Sources, pattern: ts.BindingName, name: string): string[] | null {
  if (ts.isIdentifier(pattern)) return pattern.text === name ? [] : null
  if (!ts.isObjectBindingPattern(pattern)) return null
  const element = pattern.elements.find((each) => each.name.getText() === name)
  return element ? [(element.propertyName ?? element.name).getText()] : null
}

function* payloadsIn(sources: Sources, files: Iterable<string>) {
  const { ts } = sources
  let left = MAX_FILES
  for (const file of files) {
    if (left === 0) return
    if (!/\bsign\(|SignJWT\(/.test(sources.files.read(file) ?? '')) continue
    const source = sources.parse(file)
    if (!source) continue
    left -= 1
    const payloads: ts.ObjectLiteralExpression[] = []
    sources.walk(source, (node) => {
      const signs =
        (ts.isCallExpression(node) && /(^|\.)sign$/.test(node.expression.getText())) ||
        (ts.isNewExpression(node) && node.expression.getText().endsWith('SignJWT'))
      const [payload] = signs ? (node.arguments ?? []) : []
      const literal = payload && literalOf(sources, source, payload)
      if (literal) payloads.push(literal)
    })
    for (const payload of payloads) yield { file, payload }
  }
}

/** The object that is written there, or in the file's constant of that name. */
function literalOf(
  sources: Sources,
  scope: ts.Node,
  value: ts.Expression,
): ts.ObjectLiteralExpression | null {
  const { ts } = sources
  const bare = sources.unwrap(value)
  if (ts.isObjectLiteralExpression(bare)) return bare
  if (!ts.isIdentifier(bare)) return null
  const found: ts.ObjectLiteralExpression[] = []
  sources.walk(scope, (node) => {
    if (!ts.isVariableDeclaration(node) || node.name.getText() !== bare.text) return
    const initializer = node.initializer && sources.unwrap(node.initializer)
    if (initializer && ts.isObjectLiteralExpression(initializer)) found.push(initializer)
  })
  return found.length === 1 ? (found[0] ?? null) : null
}

function partOf(
  sources: Sources,
  payload: ts.ObjectLiteralExpression,
  path: string[],
): ts.Expression | null {
  const { ts } = sources
  let part: ts.Expression = payload
  for (const name of path) {
    if (!ts.isObjectLiteralExpression(part)) return null
    const property = part.properties.find((each) => each.name?.getText() === name)
    if (property && ts.isPropertyAssignment(property)) part = sources.unwrap(property.initializer)
    else if (property && ts.isShorthandPropertyAssignment(property)) part = property.name
    else return null
  }
  return part
}

/** The name of the id in what a payload has there; null when it is the id; undefined when neither. */
function keyOf(sources: Sources, part: ts.Expression, names: IdNames): string | null | undefined {
  const { ts } = sources
  if (ts.isObjectLiteralExpression(part)) {
    const keys = part.properties.map((property) => property.name?.getText() ?? '')
    return names.find((name) => keys.includes(name))
  }
  const last = ts.isPropertyAccessExpression(part)
    ? part.name.text
    : ts.isIdentifier(part)
      ? part.text
      : ''
  return names.includes(last) ? null : undefined
}

/**
 * The id's column where the middleware puts a row of the users on the request that it selects by
 * the columns' names: `user_id` of "SELECT user_id, email FROM users …".
 *
 * @param value `result.rows[0]`, or the name it was given
 */
export function fromRow(
  sources: Sources,
  middleware: Resolved,
  value: ts.Expression,
  names: IdNames,
): UserValue | null {
  const { ts } = sources
  const { node, file } = middleware
  if (!node || !ROW.test(value.getText())) return null
  const selected: (Selected & { at: ts.Node })[] = []
  sources.walk(node, (each) => {
    if (!ts.isStringLiteralLike(each) && !ts.isTemplateExpression(each)) return
    const found = selectedBy(each.getText())
    if (found) selected.push({ ...found, at: each })
  })
  const [only, ...others] = selected
  const key = others.length === 0 ? names.find((name) => only?.columns.includes(name)) : undefined
  if (!only || key === undefined) return null
  if (OF_THE_ROW.test(key) && LETS_IN.test(only.table)) return null
  // A row of all columns may have it.
  const hasAddress = only.columns.length === 1 || only.columns.some((name) => ADDRESS.test(name))
  return { key, hasAddress, evidence: [sources.evidence(file, only.at)] }
}

const ROW = /\brows\s*(\?\.)?\[0\]$/
/** A row's own id, which is the user's only where the row is the user's. */
const OF_THE_ROW = /^_?id$/
/** Tables of what lets a user in, each row of which has an id that is not the user's. */
const LETS_IN = /session|token|key|grant|device|login|credential|membership/i
const COLUMN = '[\\w."]+(?:\\s+as\\s+"?\\w+"?)?'
const TABLE = 'from\\s+([\\w."]+)'
const SELECT = new RegExp(`\\bselect\\s+((?:${COLUMN}\\s*,\\s*)*${COLUMN})\\s+${TABLE}`, 'i')
/** A row with all of its columns has the one by which it is found. */
const SELECT_ALL = new RegExp(
  `\\bselect\\s+(?:\\w+\\.)?\\*\\s+${TABLE}[\\s\\S]*?\\bwhere\\s+([\\w."]+)\\s*=`,
  'i',
)

interface Selected {
  columns: string[]
  table: string
}

function selectedBy(sql: string): Selected | null {
  const [, listed, from] = SELECT.exec(sql) ?? []
  const [, fromAll, by] = SELECT_ALL.exec(sql) ?? []
  const names = (listed ?? by)?.split(',') ?? []
  const columns = names.flatMap((column) => /(\w+)"?\s*$/.exec(column)?.[1] ?? [])
  const table = from ?? fromAll
  return columns.length > 0 && table !== undefined ? { columns, table } : null
}
