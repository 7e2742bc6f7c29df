import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { startEmbeddedPostgres } from './embedded-postgres.js'

export interface TestDatabase {
  url: string
  drop(): Promise<void>
}

/** An empty database: a new one on the server of TEST_DATABASE_URL, else one embedded by the host. */
export async function testDatabase(host: string): Promise<TestDatabase> {
  const server = process.env['TEST_DATABASE_URL']
  if (server === undefined || server === '') {
    const embedded = await startEmbeddedPostgres(host)
    return { url: embedded.url, drop: () => embedded.stop() }
  }
  const name = `integrate_polar_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => onServer(server, `drop database ${name} with (force)`) }
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
