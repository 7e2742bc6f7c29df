import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { detectHost, type HostOverrides, type HostProblem } from '../../../src/host/index.js'
import type { Assumption, HostProfile } from '../../../src/types.js'

/** Path → text; null takes a file of the small host away. */
export type Files = Record<string, string | null>

const PACKAGE = {
  name: 'notes',
  type: 'module',
  scripts: { dev: 'tsx watch src/index.ts', migrate: 'node-pg-migrate up' },
  dependencies: { express: '^5.1.0', 'node-pg-migrate': '^8.0.0', pg: '^8.16.0' },
  devDependencies: { typescript: '^5.9.0' },
}

const SMALL_HOST: Files = {
  'package.json': JSON.stringify(PACKAGE, null, 2),
  'package-lock.json': '{}',
  'tsconfig.json': '{ "compilerOptions": { "module": "NodeNext" } }',
  'src/index.ts': `import { app } from './app.js'
app.listen(3000)
`,
  'src/app.ts': `import express from 'express'
import { requireAuth } from './auth.js'
import { notes } from './notes.js'

export const app = express()
app.use(express.json())
app.use('/api/notes', requireAuth, notes)
`,
  'src/auth.ts': `import type { RequestHandler } from 'express'
export const requireAuth: RequestHandler = (req, res, next) => {
  const user = verify(req.headers.authorization)
  if (!user) return res.status(401).end()
  req.user = { id: user.sub }
  next()
}
`,
  'src/notes.ts': `import { Router } from 'express'
import { pool } from './db.js'
export const notes = Router()
notes.get('/', async (req, res) => {
  res.json(await pool.query('select * from notes where user_id = $1', [req.user.id]))
})
`,
  'src/db.ts': `import { Pool } from 'pg'
export const pool = new Pool({ connectionString: process.env.DATABASE_URL })
`,
  'migrations/1700000000000_users.sql': `-- Up Migration
CREATE TABLE users (id uuid PRIMARY KEY, email text NOT NULL);
-- Down Migration
DROP TABLE users;
`,
}

/** A package.json like the small host's, with these keys merged into it. */
export function packageJson(changes: Record<string, unknown>): string {
  const merged: Record<string, unknown> = { ...PACKAGE }
  for (const [key, value] of Object.entries(changes)) {
    const before = merged[key]
    const isObject = typeof before === 'object' && typeof value === 'object' && value !== null
    merged[key] = isObject ? { ...before, ...value } : value
  }
  return JSON.stringify(merged, null, 2)
}

/** Writes a host to a folder that is removed after the test. */
export function writeHost(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'host-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    if (text === null) continue
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** The small host as one package of several, in a folder of its own. */
export function smallHostIn(dir: string, changes: Files = {}): Files {
  const files = Object.entries({ ...SMALL_HOST, ...changes })
  return Object.fromEntries(files.map(([path, text]) => [`${dir}/${path}`, text]))
}

export function smallHost(changes: Files = {}): string {
  return writeHost({ ...SMALL_HOST, ...changes })
}

export async function profileOf(root: string, overrides?: HostOverrides): Promise<HostProfile> {
  const detection = await detectHost(root, overrides)
  if (detection.status !== 'ok') throw new Error(JSON.stringify(detection.problems, null, 2))
  return detection.host
}

export async function assumptionsOf(root: string): Promise<Assumption[]> {
  const detection = await detectHost(root)
  if (detection.status !== 'ok') throw new Error(JSON.stringify(detection.problems, null, 2))
  return detection.assumptions
}

export async function problemsOf(root: string, overrides?: HostOverrides): Promise<HostProblem[]> {
  const detection = await detectHost(root, overrides)
  if (detection.status === 'ok') throw new Error('The host is supported.')
  return detection.problems
}
