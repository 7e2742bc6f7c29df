import { cp, readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { execa } from 'execa'
import pg from 'pg'
import type { Result } from '../../src/types.js'
import { discard } from '../support/discard.js'
import { startEmbeddedPostgres } from '../support/embedded-postgres.js'
import { freePort } from '../support/free-port.js'
import { commitAll } from '../support/git.js'
import { hostCopy, projectRoot, runCli } from '../support/host-copy.js'
import { factsOf } from '../hosts/facts.js'
import { environmentOf, migrate, startHost } from '../hosts/running-host.js'
import { loadPolar, type BrowserPolar } from './polar.js'

export interface BrowserApp {
  /** Where a browser finds it. */
  url: string
  /** The generated repository. */
  folder: string
  polar: BrowserPolar
  /** Makes an account and signs in, with `email` and `password` as JSON. */
  signUpPath: string
  database: pg.Client
  /** Runs a line of TypeScript in the repository's root, as a job of the app's own. */
  runJob(code: string): Promise<void>
  /** What the server has printed. */
  output(): string
  stop(): Promise<void>
}

/** Where the host's front end makes accounts. */
const SIGN_UP_PATHS: Record<string, string> = {
  'express-pg-react': '/api/auth/signup',
  'express4-session-tailwind': '/api/account/signup',
}

/** Front ends that the host's own server does not serve, by fixture. */
const FRONT_END_SERVERS: Record<string, string> = {
  'express4-session-tailwind': 'npx vite preview --host 127.0.0.1 --strictPort --port $PORT',
}

/**
 * Adds billing to a copy of a fixture host, builds it and runs it as in production, over an
 * embedded PostgreSQL and a stand-in of Polar.
 *
 * @param name of the fixture; what fixtures/browser has for it comes on top
 * @param request in words, as the command takes it, and options
 */
export async function startAppWithBilling(name: string, ...request: string[]): Promise<BrowserApp> {
  const facts = factsOf(name)
  const folder = await hostCopy({ of: name })
  const stops: (() => unknown)[] = [() => discard(folder)]
  const stop = async (): Promise<void> => {
    for (const one of stops.splice(0).reverse()) await one()
  }
  try {
    const more = join(projectRoot, 'fixtures/browser', name)
    if (existsSync(more)) await cp(more, folder, { recursive: true })
    await commitAll(folder)
    const result = await addBilling(folder, request)
    const standIn = result.changes.find(({ path }) => path.endsWith('support/billing/polar.ts'))
    const polar = await loadPolar(join(folder, dirname(standIn?.path ?? '')))
    await polar.start()
    stops.push(() => polar.stop())

    const embedded = await startEmbeddedPostgres(folder)
    stops.push(() => embedded.stop())
    const database = new pg.Client({ connectionString: embedded.url })
    await database.connect()
    stops.push(() => database.end())
    for (const file of facts.schema ?? []) {
      await database.query(await readFile(join(folder, file), 'utf8'))
    }

    const port = facts.port ?? (await freePort())
    const frontEnd = FRONT_END_SERVERS[name]
    const frontEndPort = frontEnd === undefined ? port : await freePort()
    const url = `http://127.0.0.1:${frontEndPort}`
    const env = {
      ...environmentOf(facts, embedded.url),
      ...polar.environment,
      NODE_ENV: 'production',
      BILLING_EMAILS: 'off',
      FRONTEND_URL: url,
    }
    await migrate(folder, facts, ['npm run migrate', 'npm run build'], env)
    const server = await startHost(folder, { ...facts, port }, env)
    stops.push(() => server.stop())
    if (frontEnd !== undefined) {
      const served = await startHost(folder, { start: frontEnd, port: frontEndPort }, {})
      stops.push(() => served.stop())
    }
    polar.deliverTo(`${server.url}/api/webhooks/polar`)
    const signUpPath = SIGN_UP_PATHS[name] ?? ''
    const runJob = async (code: string): Promise<void> => {
      await execa('npx', ['tsx', '-e', code], { cwd: folder, env })
    }
    const output = (): string => server.output()
    return { url, folder, polar, signUpPath, database, runJob, output, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function addBilling(folder: string, request: string[]): Promise<Result> {
  const run = await runCli(folder, [...request, '--yes', '--no-verify', '--json'])
  const result = run.events().at(-1) as unknown as Result
  if (run.exitCode !== 0) throw new Error(`The command ended with ${run.exitCode}:\n${run.stdout}`)
  return result
}
