import type { HostProfile } from '../../types.js'

/**
 * Billing's migrations are run by a script of its own, started like the server: where the host has
 * no tool for them, and only the server's own code knows how its database is reached.
 */
export function runsOwnMigrations({ database, env }: HostProfile): boolean {
  if (database.migrations.value.tool !== 'none') return false
  // node-pg-migrate reads the file of variables with dotenv, and without it reads none.
  const isUnread = env.file !== null && !env.dotenv
  return database.connection === null || database.urlVariable === null || isUnread
}
