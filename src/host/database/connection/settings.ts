import type { ConnectionSetting } from '../../../types.js'
import { group, variable, type Setting } from './setting.js'
import type { ConnectionOptions, OptionName } from './options.js'

/** What node-postgres reads by itself where it is given nothing. */
const STANDARD: Record<Part, string> = {
  host: 'PGHOST',
  port: 'PGPORT',
  user: 'PGUSER',
  password: 'PGPASSWORD',
  database: 'PGDATABASE',
}
const PARTS = ['host', 'port', 'user', 'password', 'database'] as const
type Part = (typeof PARTS)[number]

export interface OwnSettings {
  settings: ConnectionSetting[]
  /** The variables that stand for a password, or an address with one, in the host's code. */
  secrets: string[]
}

/**
 * The settings of a pool of billing's own that leads to the host's database. Where the host has a
 * fixed value, a variable can take its place, so that tests reach a database of their own.
 *
 * @param urlVariable what a connection string is to be read from that the host has in its code
 */
export function ownSettings({ values }: ConnectionOptions, urlVariable: string): OwnSettings {
  const url = values.get('connectionString')
  const ssl = sslSetting(values.get('ssl'))
  const hasParts = PARTS.some((part) => values.has(part))
  const settings: ConnectionSetting[] = []
  const secrets: string[] = []
  if (url) {
    const isSecret = url.fixed.some((text) => /:[^/@]+@/.test(text))
    const setting = replaceable('connectionString', url, urlVariable, isSecret)
    settings.push(setting)
    if (isSecret) secrets.push(...setting.variables)
  }
  if (!url || hasParts) {
    for (const part of PARTS) {
      const given = values.get(part)
      const isSecret = part === 'password' && (given?.fixed.some((text) => text !== '') ?? false)
      settings.push(
        given
          ? replaceable(part, given, STANDARD[part], isSecret)
          : { option: part, expression: null, variables: [STANDARD[part]] },
      )
      if (isSecret) secrets.push(STANDARD[part])
    }
  }
  return { settings: ssl ? [...settings, ssl] : settings, secrets }
}

/** The settings of the host's own Pool, for tests; null where they cannot lead it elsewhere. */
export function sharedSettings({ values, unknown }: ConnectionOptions): ConnectionSetting[] | null {
  const url = values.get('connectionString')
  const hasParts = PARTS.some((part) => values.has(part))
  const ssl = values.get('ssl')
  if (unknown.length > 0 || (ssl && !isOffInTests(ssl.expression))) return null
  const options: OptionName[] = [
    ...(url ? ['connectionString' as const] : []),
    ...(!url || hasParts ? PARTS : []),
  ]
  const settings: ConnectionSetting[] = []
  for (const option of options) {
    const given = values.get(option)
    if (given && (given.fixed.length > 0 || given.variables.length === 0)) return null
    const variables = given?.variables ?? [STANDARD[option as Part]]
    settings.push({
      option,
      expression: null,
      variables,
      ...(given?.parts && { parts: given.parts }),
    })
  }
  return ssl
    ? [...settings, { option: 'ssl', expression: ssl.expression, variables: [] }]
    : settings
}

function replaceable(
  option: OptionName,
  given: Setting,
  standard: string,
  isSecret: boolean,
): ConnectionSetting {
  if (given.fixed.length === 0) {
    const { variables, parts } = given
    const expression = typed(option, given.expression)
    return { option, expression, variables, ...(parts && { parts }) }
  }
  const [name] = given.variables
  if (isSecret) {
    const replaced = variable(option === 'connectionString' ? (name ?? standard) : standard)
    return { option, expression: replaced.expression, variables: replaced.variables }
  }
  const expression = `process.env['${standard}'] ?? ${group(given)}`
  return {
    option,
    expression: typed(option, expression),
    variables: [standard, ...given.variables],
  }
}

/** Ports are numbers, as TypeScript sees it: also where the host converts what may be missing. */
function typed(option: OptionName, given: string): string {
  if (option !== 'port') return given
  const expression = given.replace(/parseInt\(((?:[^()]|\([^()]*\))*?)(?:, 10)?\)/g, 'Number($1)')
  const isNumber = /^Number\([^()]*\)$|^\d+$/.test(expression)
  return isNumber ? expression : `Number(${expression.replace(/ (\d+)$/, " '$1'")})`
}

/**
 * What the host gives for TLS. Where that does not depend on whether it runs in production, a
 * database on the same machine is reached without: tests have one there that knows no TLS.
 */
function sslSetting(given: Setting | undefined): ConnectionSetting | null {
  if (!given) return null
  const switched = given.variables[0]
  // A variable is a text: what it says is asked for, not whether it says anything.
  const expression =
    switched === undefined ? tlsOptions(given.expression) : onVariable(switched, given.expression)
  const isPlain = isOffInTests(expression)
  return {
    option: 'ssl',
    expression: isPlain
      ? expression
      : `isLocal ? false : ${expression.includes('?') ? `(${expression})` : expression}`,
    variables: [],
  }
}

/** Names of other drivers' options, as node-postgres has them. */
function tlsOptions(expression: string): string {
  return (
    expression
      // Sequelize and Knex take it; node-postgres has no such option.
      .replace(/require: (true|false)(, )?/g, '')
      // Nobody takes it, and some write it all the same.
      .replace(/\bssl_?mode: '[\w-]+'(, )?/gi, '')
      .replace(/, *}/g, ' }')
      .replace(/{ +}/, 'true')
      // postgres.js has words for what node-postgres has options for.
      .replace(/(^|[?:] )'(require|allow|prefer)'/g, '$1{ rejectUnauthorized: false }')
      .replace(/(^|[?:] )'verify-full'/g, '$1true')
  )
}

function onVariable(name: string, expression: string): string {
  const isUnchecked = /rejectUnauthorized: false/.test(expression)
  const isAny = expression.includes('&&')
  const asked = isAny ? `process.env['${name}']` : `process.env['${name}'] === 'true'`
  return `${asked} ? ${isUnchecked ? '{ rejectUnauthorized: false }' : 'true'} : false`
}

/** On in production alone, or off for `localhost`, which is where tests have their database. */
function isOffInTests(expression: string): boolean {
  return /===? 'production'|localhost/.test(expression)
}
