import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../../host/context.js'
import {
  connectionOptions,
  noOptions,
  type ConnectionOptions,
  type OptionName,
} from '../../../host/database/connection/options.js'
import { driverCalls, type DriverCall } from '../../../host/database/connection/driver-calls.js'
import { ofEitherCall } from '../../../host/database/connection/either-call.js'
import { settingOf } from '../../../host/database/connection/setting.js'
import type { Sources } from '../../../host/source/sources.js'
import { callOptions, textIn } from '../driver-connection.js'
import { configuredIn, type Configured } from '../environments.js'
import { stackOver } from '../layer.js'
import { applySequelize } from './tables.js'

const CONFIGS = [
  'config/config',
  'config/database',
  'db/config',
  'src/config/config',
  'src/config/database',
  'database/config',
  'src/database/config',
  'server/config/config',
]
const ENDINGS = ['.json', '.js', '.cjs', '.ts']

export const sequelize = stackOver({
  name: 'sequelize',
  label: 'Sequelize',
  packages: ['sequelize', 'sequelize-typescript', '@sequelize/core'],
  onlyPostgres: false,
  // `sync` changes only the tables of models.
  ownsSchema: false,
  connection(context, server) {
    const { sources } = context
    const calls = driverCalls(context, server, {
      packages: ['sequelize', 'sequelize-typescript', '@sequelize/core'],
      names: ['Sequelize', 'default'],
    })
    const made = calls.find(({ node }) => sources.ts.isNewExpression(node))
    const config = configOf(context)
    const place = made ?? config
    if (!place) return null
    const atCall = made ? ofEitherCall(sources, made, (each) => optionsAt(sources, each)) : null
    const isKnown = atCall && atCall.values.size > 0
    const last = made?.node.arguments?.at(-1)
    return {
      options: isKnown ? atCall : (config?.options ?? atCall),
      evidence: sources.evidence(place.file, place.node),
      dialect:
        (made && last ? textIn(sources, made.file, last, 'dialect') : null) ??
        config?.dialect ??
        null,
    }
  },
  tables: applySequelize,
})

/** `new Sequelize(url, options)`, `new Sequelize(options)`, `new Sequelize(database, user, password, options)` */
function optionsAt(sources: Sources, { file, node }: DriverCall): ConnectionOptions | null {
  const given = [...(node.arguments ?? [])]
  const [first] = given
  if (!first) return null
  if (given.length < 3) return callOptions(sources, { file, node })
  const options = (given[3] && connectionOptions(sources, file, given[3])) ?? noOptions()
  const names: OptionName[] = ['database', 'user', 'password']
  for (const [index, name] of names.entries()) set(sources, options, file, name, given[index])
  return options
}

function set(
  sources: Sources,
  options: ConnectionOptions,
  file: string,
  name: OptionName,
  node: ts.Node | undefined,
): void {
  const setting = node && settingOf(sources, file, node)
  if (setting) options.values.set(name, setting)
  else options.unknown.push(name)
}

function configOf(context: DetectionContext): Configured | null {
  const paths = CONFIGS.flatMap((name) => ENDINGS.map((ending) => name + ending))
  const rc = context.files.firstFile([context.path('.sequelizerc'), '.sequelizerc'])
  const named =
    rc === null
      ? []
      : [
          ...(context.files.read(rc) ?? '').matchAll(
            /config['"]?\s*:.*['"]([\w./-]+\.(?:json|c?js|ts))['"]/g,
          ),
        ]
  const given = named.map(([, path = '']) => context.path(path))
  const file = context.files.firstFile([
    ...given,
    ...paths.map((path) => context.path(path)),
    ...paths,
  ])
  return file === null ? null : configuredIn(context, file, 'dialect')
}
