import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../host/context.js'
import {
  chosen,
  connectionOptions,
  ofVariable,
  type ConnectionOptions,
} from '../../host/database/connection/options.js'
import type { Setting } from '../../host/database/connection/setting.js'
import { propertyOf, stringValue } from '../../host/source/expression.js'
import { defaultOf, objectBehind } from './driver-connection.js'

const IN_PRODUCTION: Setting = {
  expression: "process.env['NODE_ENV'] === 'production'",
  variables: [],
  fixed: [],
}

/** What a file with a configuration for each environment says, in one. */
export interface Configured {
  options: ConnectionOptions | null
  dialect: string | null
  schema: string | null
  file: string
  node: ts.Node
}

/**
 * Reads `{ development: { … }, production: { … } }`, or one configuration for all.
 *
 * @param dialectKey where the kind of database stands: 'client', 'dialect'
 */
export function configuredIn(
  context: DetectionContext,
  file: string,
  dialectKey: string,
): Configured | null {
  const { sources } = context
  const given = file.endsWith('.json') ? jsonIn(context, file) : defaultOf(sources, file)
  const whole = given && objectBehind(sources, given.file, given.node)
  if (!whole) return null
  const one = (name: string) => {
    const inner = propertyOf(sources, whole.node, name)
    return inner && objectBehind(sources, whole.file, inner)
  }
  const development = one('development') ?? one('staging') ?? one('local')
  const production = one('production')
  const read = (place: { file: string; node: ts.Node } | null): ConnectionOptions | null => {
    if (!place) return null
    const variable = propertyOf(sources, place.node, 'use_env_variable')
    const name = variable && stringValue(sources, place.file, variable)
    return name ? ofVariable(name) : connectionOptions(sources, place.file, place.node)
  }
  const [local, deployed] = [read(development), read(production)]
  const either =
    local && deployed && local.values.size > 0 && deployed.values.size > 0
      ? chosen(IN_PRODUCTION, deployed, local)
      : (deployed ?? local)
  const place = production ?? development ?? whole
  const text = (key: string): string | null => {
    for (const at of [place, development, whole]) {
      const value = at && propertyOf(sources, at.node, key)
      const found = value && stringValue(sources, at.file, value)
      if (found) return found
    }
    return null
  }
  return {
    options: either ?? read(whole),
    dialect: text(dialectKey),
    schema: text('searchPath') ?? text('schema'),
    file: place.file,
    node: place.node,
  }
}

/** JSON is read as the expression that it is. */
function jsonIn(
  { sources, files }: DetectionContext,
  file: string,
): { file: string; node: ts.Node } | null {
  const { ts } = sources
  const source = ts.createSourceFile(
    file,
    `(${files.read(file) ?? ''})`,
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TS,
  )
  const [statement] = source.statements
  if (!statement || !ts.isExpressionStatement(statement)) return null
  return { file, node: sources.unwrap(statement.expression) }
}
