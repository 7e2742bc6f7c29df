import type { DatabaseProfile, Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import type { DetectedServer } from '../../../servers/stack.js'
import { detectConnection } from './connection.js'
import { hostSchema } from '../../../../host/database/host-schema.js'
import { detectMigrations } from '../../../../host/database/migrations.js'
import { qualifiedName } from '../../../../host/database/schema.js'
import { detectUsers } from '../../../../host/database/users-table.js'

/** The host's Pool, how it migrates, and the tables that it has. */
export function detectPg(
  context: DetectionContext,
  server: DetectedServer,
): DatabaseProfile | null {
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
