import type { DatabaseProfile, Found } from '../../types.js'
import type { DetectionContext } from '../context.js'
import type { DetectedServer } from '../server/stack.js'
import { detectConnection } from './connection.js'
import { hostSchema } from './host-schema.js'
import { detectMigrations } from './migrations.js'
import { qualifiedName } from './schema.js'
import type { DatabaseStack } from './stack.js'
import { detectUsers } from './users-table.js'

export const pg: DatabaseStack = { name: 'pg', package: 'pg', detect }

function detect(context: DetectionContext, server: DetectedServer): DatabaseProfile | null {
  const connection = detectConnection(context, server)
  const migrations = detectMigrations(context, server.profile.dir.value)
  const schema = hostSchema(context, server)
  const users = detectUsers(context, schema)
  if (!connection) return null
  return {
    stack: stackOf(context),
    ...connection,
    migrations,
    users,
    tables: schema.tables.map(qualifiedName),
  }
}

function stackOf({ manifest, overrides }: DetectionContext): Found<string> {
  if (overrides.database !== undefined) return { value: 'pg', source: 'flag', evidence: [] }
  return { value: 'pg', source: 'detected', evidence: [manifest.evidence('pg')] }
}
