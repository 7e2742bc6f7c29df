import { connectionOptions } from '../../../host/database/connection/options.js'
import { driverCalls } from '../../../host/database/connection/driver-calls.js'
import type { DetectionContext } from '../../../host/context.js'
import { defaultOf, textIn } from '../driver-connection.js'
import { stackOver } from '../layer.js'
import { applyEntities } from '../entities.js'

const CONFIGS = [
  'mikro-orm.config.ts',
  'mikro-orm.config.js',
  'src/mikro-orm.config.ts',
  'src/mikro-orm.config.js',
  'src/config/mikro-orm.config.ts',
  'src/orm.config.ts',
]
const PACKAGES = ['@mikro-orm/core', '@mikro-orm/postgresql', 'mikro-orm']

/** `schema:update` drops what no entity describes. */
export const mikroOrm = stackOver({
  name: 'mikro-orm',
  label: 'MikroORM',
  packages: PACKAGES,
  onlyPostgres: false,
  ownsSchema: true,
  connection(context, server) {
    const { sources } = context
    const [made] = driverCalls(context, server, { packages: PACKAGES, names: ['MikroORM', 'init'] })
    const config = configOf(context)
    const given = made?.node.arguments?.[0]
    const place = config ?? (made && given ? { file: made.file, node: given } : null)
    if (!place) return null
    return {
      options: connectionOptions(sources, place.file, place.node),
      evidence: sources.evidence(place.file, place.node),
      dialect: textIn(sources, place.file, place.node, 'type') ?? dialectOf(context),
      schema: textIn(sources, place.file, place.node, 'schema'),
    }
  },
  tables: applyEntities,
})

function configOf(context: DetectionContext) {
  const file = context.files.firstFile([...CONFIGS.map((name) => context.path(name)), ...CONFIGS])
  return file === null ? null : defaultOf(context.sources, file)
}

function dialectOf(context: DetectionContext): string | null {
  if (context.has('@mikro-orm/postgresql')) return 'postgresql'
  const other = context.manifest.packagesMatching(
    /^@mikro-orm\/(mysql|mariadb|sqlite|better-sqlite|mongodb|mssql|libsql)$/,
  )[0]
  return other?.split('/')[1] ?? null
}
