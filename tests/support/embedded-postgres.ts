import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

interface GeneratedSupport {
  startEmbeddedPostgres: () => Promise<{ port: number; stop: () => Promise<void> }>
}

export interface EmbeddedPostgres {
  url: string
  stop(): Promise<void>
}

/**
 * A PostgreSQL in this process that any client can connect to: the one that the generated tests
 * run on, taken from a host that has them.
 */
export async function startEmbeddedPostgres(host: string): Promise<EmbeddedPostgres> {
  const file = pathToFileURL(join(host, 'tests/support/embedded-postgres.ts')).href
  const { startEmbeddedPostgres: start } = (await import(file)) as GeneratedSupport
  const { port, stop } = await start()
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop }
}
