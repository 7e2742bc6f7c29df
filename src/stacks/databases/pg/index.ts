import { poolsMade } from '../../../host/database/connection/shared-pool.js'
import { stackOver } from '../layer.js'

/** node-postgres itself: the app's Pool is shared where a module exports it. */
export const pg = stackOver({
  name: 'pg',
  label: 'node-postgres',
  packages: ['pg'],
  onlyPostgres: true,
  ownsSchema: false,
  connection(context, server) {
    const [first] = poolsMade(context, server)
    if (!first) return null
    const evidence = context.sources.evidence(first.file, first.node)
    return { options: first.options, evidence, dialect: null }
  },
})
