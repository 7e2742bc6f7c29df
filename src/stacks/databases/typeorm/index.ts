import type { DetectionContext } from '../../../host/context.js'
import { ENV_EXAMPLES } from '../../../host/env-examples.js'
import {
  connectionOptions,
  ofVariable,
  type ConnectionOptions,
} from '../../../host/database/connection/options.js'
import { driverCalls } from '../../../host/database/connection/driver-calls.js'
import { textIn } from '../driver-connection.js'
import { configuredIn, type Configured } from '../environments.js'
import { stackOver } from '../layer.js'
import { applyEntities } from '../entities.js'

const CONFIGS = ['ormconfig.js', 'ormconfig.ts', 'ormconfig.json', 'src/ormconfig.ts']

/** `synchronize` and `dropSchema` work on the PostgreSQL schema of the entities. */
export const typeorm = stackOver({
  name: 'typeorm',
  label: 'TypeORM',
  packages: ['typeorm'],
  onlyPostgres: false,
  ownsSchema: true,
  connection(context, server) {
    const { sources } = context
    const [made] = driverCalls(context, server, {
      packages: ['typeorm'],
      names: ['DataSource', 'createConnection', 'createConnections'],
    })
    const config = configOf(context)
    const place = made ?? config
    if (!place) return null
    const given = made?.node.arguments?.[0]
    const atCall = made && given ? connectionOptions(sources, made.file, given) : null
    const options = atCall && atCall.values.size > 0 ? atCall : (config?.options ?? null)
    const text = (...names: string[]): string | null =>
      made && given ? textIn(sources, made.file, given, ...names) : null
    const schema = text('schema') ?? config?.schema ?? null
    return {
      options: options ?? ofEnvironment(context),
      evidence: sources.evidence(place.file, place.node),
      dialect: text('type') ?? config?.dialect ?? null,
      schema: schema === 'public' ? null : schema,
    }
  },
  tables: applyEntities,
})

function configOf(context: DetectionContext): Configured | null {
  const file = context.files.firstFile([...CONFIGS.map((name) => context.path(name)), ...CONFIGS])
  return file === null ? null : configuredIn(context, file, 'type')
}

/** Before 0.3 it read its connection from these variables by itself. */
function ofEnvironment(context: DetectionContext): ConnectionOptions | null {
  const examples = ENV_EXAMPLES.map((name) => context.files.read(context.path(name)) ?? '')
  return examples.some((text) => /^TYPEORM_URL=/m.test(text)) ? ofVariable('TYPEORM_URL') : null
}
