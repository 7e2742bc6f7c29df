import { poolsMade } from '../../../host/database/connection/shared-pool.js'
import { driverCalls } from '../../../host/database/connection/driver-calls.js'
import { stackOver } from '../layer.js'
import { applyKysely } from './tables.js'

/** Its PostgresDialect is given a Pool of node-postgres, which may be one that no module exports. */
export const kysely = stackOver({
  name: 'kysely',
  label: 'Kysely',
  packages: ['kysely'],
  onlyPostgres: false,
  ownsSchema: false,
  connection(context, server) {
    const [made] = driverCalls(context, server, { packages: ['kysely'], names: ['Kysely'] })
    if (!made) return null
    const [pool] = poolsMade(context, server)
    const evidence = context.sources.evidence(made.file, made.node)
    const dialect = /new (Mysql|Sqlite|Mssql)Dialect/.exec(made.node.getText())?.[1] ?? null
    return { options: pool?.options ?? null, evidence, dialect }
  },
  tables: applyKysely,
})
