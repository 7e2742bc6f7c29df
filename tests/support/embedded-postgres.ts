import { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketServer } from '@electric-sql/pglite-socket'

export interface EmbeddedPostgres {
  url: string
  query<Row>(sql: string): Promise<Row[]>
  stop(): Promise<void>
}

/** A PostgreSQL in this process that any client can connect to. */
export async function startEmbeddedPostgres(): Promise<EmbeddedPostgres> {
  const db = await PGlite.create()
  const server = new PGLiteSocketServer({ db, port: 0, host: '127.0.0.1', maxConnections: 40 })
  await server.start()
  return {
    url: `postgres://postgres:postgres@${server.getServerConn()}/postgres`,
    query: async <Row>(sql: string) => (await db.query<Row>(sql)).rows,
    stop: async () => {
      await server.stop()
      await db.close()
    },
  }
}
