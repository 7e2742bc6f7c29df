import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const FILES: Record<string, string> = {
  'package.json': JSON.stringify({
    name: 'small',
    private: true,
    type: 'module',
    scripts: { dev: 'tsx src/server.ts', test: 'vitest run' },
    dependencies: { express: '^5.0.0', pg: '^8.0.0' },
    devDependencies: { typescript: '^5.0.0', vitest: '^3.0.0' },
  }),
  'tsconfig.json': '{"compilerOptions":{"module":"nodenext","strict":true}}',
  'src/db.ts': `import pg from 'pg'

export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL })
`,
  'src/app.ts': `import express from 'express'
import { pool } from './db.js'

export const app = express()
app.use(express.json())
app.get('/', async (req, res) => res.send((await pool.query('SELECT 1')).rows))
`,
  'src/server.ts': `import { app } from './app.js'

app.listen(3000)
`,
}

/** The least repository that is supported, for what does not depend on what a host is made of. */
export async function smallHost(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'integrate-polar-small-'))
  for (const [path, content] of Object.entries(FILES)) {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
  return folder
}
