import type { ts } from 'ts-morph'
import { propertyOf, resolveExpression } from '../../source/expression.js'
import type { Sources } from '../../source/sources.js'
import { conditionText, settingOf, variable, type Setting } from './setting.js'
import { partsOfUrl } from './url-parts.js'

/** What a connection is made from, under the names that node-postgres has for it. */
export type OptionName =
  'connectionString' | 'host' | 'port' | 'user' | 'password' | 'database' | 'ssl'

export interface ConnectionOptions {
  values: Map<OptionName, Setting>
  /** What is given as well, but could not be followed. */
  unknown: OptionName[]
}

/** Names that drivers have for the same thing. */
const NAMES: Record<string, OptionName> = {
  connectionString: 'connectionString',
  url: 'connectionString',
  clientUrl: 'connectionString',
  connectionUrl: 'connectionString',
  connectionURL: 'connectionString',
  uri: 'connectionString',
  host: 'host',
  hostname: 'host',
  port: 'port',
  user: 'user',
  username: 'user',
  password: 'password',
  pass: 'password',
  database: 'database',
  dbName: 'database',
  ssl: 'ssl',
}
const MAX_HOPS = 8
const checkedTls: Setting = { expression: 'true', variables: [], fixed: [] }
const uncheckedTls: Setting = {
  expression: '{ rejectUnauthorized: false }',
  variables: [],
  fixed: [],
}

/** Certificates and the like stay in the host; whether they are checked must not change. */
export function tlsOf(compiler: typeof ts, value: ts.Node): Setting | null {
  if (!compiler.isObjectLiteralExpression(value)) return null
  return /rejectUnauthorized:\s*false/.test(value.getText()) ? uncheckedTls : checkedTls
}

export function noOptions(): ConnectionOptions {
  return { values: new Map(), unknown: [] }
}

/** Options that leave everything to one variable with a connection string. */
export function ofVariable(name: string): ConnectionOptions {
  return { values: new Map([['connectionString', variable(name)]]), unknown: [] }
}

/**
 * The options of a connection, read from an object or a connection string, wherever the host's
 * code has them. Null when what is given is neither.
 */
export function connectionOptions(
  sources: Sources,
  file: string,
  node: ts.Node,
  hops = MAX_HOPS,
): ConnectionOptions | null {
  const { ts } = sources
  const bare = ts.isExpression(node) ? sources.unwrap(node) : node
  if (hops === 0) return null
  if (ts.isObjectLiteralExpression(bare)) return ofObject(sources, file, bare, hops)
  if (ts.isConditionalExpression(bare)) {
    const condition = settingOf(sources, file, bare.condition)
    const yes = connectionOptions(sources, file, bare.whenTrue, hops - 1)
    const no = connectionOptions(sources, file, bare.whenFalse, hops - 1)
    return condition && yes && no ? chosen(condition, yes, no) : (yes ?? no)
  }
  const behind = behindName(sources, file, bare)
  if (behind) return connectionOptions(sources, behind.file, behind.node, hops - 1)
  const returned = returnedBy(sources, file, bare)
  if (returned) return connectionOptions(sources, returned.file, returned.node, hops - 1)
  const url = settingOf(sources, file, bare)
  return url && ofUrl(url)
}

function ofObject(
  sources: Sources,
  file: string,
  object: ts.ObjectLiteralExpression,
  hops: number,
): ConnectionOptions {
  const { ts } = sources
  let options = noOptions()
  for (const property of object.properties) {
    if (ts.isSpreadAssignment(property)) {
      options = over(options, spread(sources, file, property.expression, hops))
      continue
    }
    const key = property.name?.getText().replace(/^['"]|['"]$/g, '') ?? ''
    if (key === 'connection' || key === 'dialectOptions' || key === 'driverOptions') {
      const inner = propertyOf(sources, object, key)
      const given = inner && connectionOptions(sources, file, inner, hops - 1)
      if (given) options = over(options, given)
      continue
    }
    const name = NAMES[key]
    const value = name && propertyOf(sources, object, key)
    if (!name || !value) continue
    const setting = settingOf(sources, file, value)
    if (!setting) {
      options.unknown.push(name)
      const tls = name === 'ssl' ? tlsOf(ts, value) : null
      if (tls) options.values.set('ssl', tls)
    } else if (name === 'connectionString') options = over(options, ofUrl(setting))
    else if (name !== 'ssl' || !/^(false|undefined)$/.test(setting.expression)) {
      options.values.set(name, setting)
    }
  }
  return options
}

/** `...config`, `...(isProduction ? { ssl } : {})`, `...(isProduction && { ssl })` */
function spread(
  sources: Sources,
  file: string,
  expression: ts.Expression,
  hops: number,
): ConnectionOptions {
  const { ts } = sources
  const bare = sources.unwrap(expression)
  const isAnd =
    ts.isBinaryExpression(bare) && bare.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
  if (!isAnd) return connectionOptions(sources, file, bare, hops - 1) ?? noOptions()
  const condition = settingOf(sources, file, bare.left)
  const given = connectionOptions(sources, file, bare.right, hops - 1)
  return condition && given ? chosen(condition, given, noOptions()) : noOptions()
}

function behindName(
  sources: Sources,
  file: string,
  node: ts.Node,
): { file: string; node: ts.Node } | null {
  const { ts } = sources
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return null
  const resolved = resolveExpression(sources, file, node)
  const value = resolved?.node
  const isOptions =
    value &&
    (ts.isObjectLiteralExpression(value) ||
      ts.isConditionalExpression(value) ||
      ts.isCallExpression(value))
  return isOptions ? { file: resolved.file, node: value } : null
}

/** `getConfig()`, `Object.freeze({ … })`, `defineConfig({ … })`, `parse(url)` */
function returnedBy(
  sources: Sources,
  file: string,
  node: ts.Node,
): { file: string; node: ts.Node } | null {
  const { ts } = sources
  if (ts.isFunctionLike(node)) return returnOf(sources, file, node)
  if (!ts.isCallExpression(node)) return null
  const called = resolveExpression(sources, file, node.expression)
  if (called?.node && ts.isFunctionLike(called.node)) {
    return returnOf(sources, called.file, called.node)
  }
  const [argument] = node.arguments
  const isLiteral = argument && ts.isStringLiteralLike(argument)
  return argument && !isLiteral ? { file, node: argument } : null
}

function returnOf(
  sources: Sources,
  file: string,
  node: ts.Node,
): { file: string; node: ts.Node } | null {
  const { ts } = sources
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return { file, node: node.body }
  let found: ts.Node | null = null
  sources.walk(node, (child) => {
    if (child !== node && ts.isFunctionLike(child)) return 'skip'
    if (!found && ts.isReturnStatement(child) && child.expression) found = child.expression
    return undefined
  })
  return found && { file, node: found }
}

/** A connection string that is put together from parts is the parts. */
export function ofUrl(url: Setting): ConnectionOptions {
  const parts = partsOfUrl(url)
  if (parts) return { values: parts, unknown: [] }
  // Put together in another order, it is no one variable's value.
  const isWhole = !url.template || url.template.filter((part) => part !== '').length === 1
  const setting = isWhole ? url : { ...url, variables: [], fixed: [url.expression] }
  return { values: new Map([['connectionString', setting]]), unknown: [] }
}

function over(below: ConnectionOptions, above: ConnectionOptions): ConnectionOptions {
  return {
    values: new Map([...below.values, ...above.values]),
    unknown: [...below.unknown, ...above.unknown],
  }
}

/** One of two, by a condition of the host's. */
export function chosen(
  condition: Setting,
  yes: ConnectionOptions,
  no: ConnectionOptions,
): ConnectionOptions {
  const values = new Map<OptionName, Setting>()
  for (const name of new Set([...yes.values.keys(), ...no.values.keys()])) {
    const [one, other] = [yes.values.get(name), no.values.get(name)]
    const setting = one && other && one.expression === other.expression ? one : null
    values.set(name, setting ?? choice(condition, one, other))
  }
  return { values, unknown: [...yes.unknown, ...no.unknown] }
}

function choice(condition: Setting, one?: Setting, other?: Setting): Setting {
  const text = (setting?: Setting): string => (setting ? setting.expression : 'undefined')
  return {
    expression: `${conditionText(condition)} ? ${text(one)} : ${text(other)}`,
    variables: [...new Set([...(one?.variables ?? []), ...(other?.variables ?? [])])],
    fixed: [...(one?.fixed ?? []), ...(other?.fixed ?? [])],
  }
}
