import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

interface EmbeddedPostgresModule {
  startEmbeddedPostgres: () => Promise<{ port: number; stop: () => Promise<void> }>
}

export interface EmbeddedPostgres {
  url: string
  stop(): Promise<void>
}

const SOURCES = fileURLToPath(
  new URL('../deep/templates/stacks/tests/vitest/tests/support/', import.meta.url),
)
const FILES = ['embedded-postgres.ts', 'wire-server.ts', 'wire-messages.ts']

/**
 * A PostgreSQL in this process that any client can connect to, made of the host's PGlite, which
 * the integration brings. The deep suite's modules for it stand among the host's packages.
 */
export async function startEmbeddedPostgres(host: string): Promise<EmbeddedPostgres> {
  const folder = join(host, 'node_modules/.cache/integrate-polar-tests')
  await mkdir(folder, { recursive: true })
  for (const file of FILES) await copyFile(join(SOURCES, `${file}.hbs`), join(folder, file))
  const url = pathToFileURL(join(folder, 'embedded-postgres.ts')).href
  const { startEmbeddedPostgres: start } = (await import(url)) as EmbeddedPostgresModule
  const { port, stop } = await start()
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop }
}
