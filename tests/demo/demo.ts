/**
 * Takes a throw-away copy of the fixture host, adds billing to it, and runs the app on an embedded
 * PostgreSQL. `--exit` (or CI) checks the running app and ends.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { execa } from 'execa'
import { freePort } from '../support/free-port.js'
import { executable, fixtureHost, REQUEST } from '../support/host-copy.js'
import { startEmbeddedPostgres } from '../support/embedded-postgres.js'
import { startApp, type RunningApp } from '../support/running-app.js'
import { selfCheck } from './self-check.js'
import { missingOfPolar, writeSettings } from './settings.js'

const SECRET = 'polar_whs_only_for_the_demo'
const PRODUCTS = {
  POLAR_PRODUCT_ID_PRO: '6d2c9e1f-0000-4000-8000-000000000001',
  POLAR_PRODUCT_ID_ENTERPRISE: '6d2c9e1f-0000-4000-8000-000000000002',
}

const endAfterCheck = process.argv.includes('--exit') || Boolean(process.env['CI'])
const folder = await mkdtemp(join(tmpdir(), 'integrate-polar-demo-'))
const cleanups: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })]

async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.reverse()) await cleanup()
  cleanups.length = 0
}

try {
  say(`A fresh copy of the example app, in ${folder}`)
  await cp(fixtureHost, folder, { recursive: true })
  await execa('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder })

  say(`integrate-polar "${REQUEST}" --yes`)
  await execa(process.execPath, [executable, REQUEST, '--yes'], { cwd: folder, stdio: 'inherit' })

  say('Migrating an embedded PostgreSQL, building the front end, starting the app')
  const database = await startEmbeddedPostgres(folder)
  cleanups.push(() => database.stop())
  const port = await freePort()
  const url = `http://localhost:${port}`
  await writeSettings(folder, {
    DATABASE_URL: database.url,
    JWT_SECRET: 'only-for-the-demo',
    FRONTEND_URL: url,
    PORT: String(port),
  })
  await execa('npm', ['run', 'migrate'], { cwd: folder })
  await execa('npm', ['run', 'build'], { cwd: folder })

  const checked = await startApp(folder, {
    FRONTEND_URL: url,
    POLAR_ACCESS_TOKEN: 'polar_oat_only_for_the_demo',
    POLAR_WEBHOOK_SECRET: SECRET,
    POLAR_API_URL: `http://127.0.0.1:${await freePort()}`,
    ...PRODUCTS,
  })
  const lines = await selfCheck(checked.url, database.url, SECRET, PRODUCTS).finally(() =>
    checked.stop(),
  )
  for (const line of lines) say(line)

  if (!endAfterCheck) await untilInterrupted(url, port)
  await cleanUp()
} catch (error) {
  await cleanUp()
  throw error
}

/** Runs the app with what stands in its .env, and again with what stands there at each Enter. */
async function untilInterrupted(url: string, port: number): Promise<void> {
  let app: RunningApp | null = await run(url, port)
  const terminal = createInterface({ input: process.stdin })
  const interrupted = new Promise<void>((resolve) => process.once('SIGINT', resolve))
  cleanups.push(async () => app?.stop())
  terminal.on('line', () => {
    terminal.pause()
    void (async () => {
      await app?.stop()
      app = await run(url, port)
      terminal.resume()
    })()
  })
  await interrupted
  terminal.close()
}

/** @returns null when the app refuses its settings, which is shown */
async function run(url: string, port: number): Promise<RunningApp | null> {
  const env = join(folder, '.env')
  let app: RunningApp
  try {
    app = await startApp(folder, { FRONTEND_URL: url }, port)
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n\nMend ${env} and press Enter.`)
    return null
  }
  const missing = await missingOfPolar(folder)
  say(`Running: ${url}/pricing shows the three tiers; sign up there with any address.`)
  if (missing.length === 0) {
    say('Connected to Polar: choose a plan, and pay with 4242 4242 4242 4242.')
  } else {
    say(
      [
        'Not connected to Polar: to choose a plan is answered that billing is not available. To buy one',
        `  1. set in ${env}`,
        `     ${missing.join(', ')}:`,
        `     ${join(folder, 'docs/billing/polar-integration.md')} says where they come from; the secret is`,
        `     that of: polar listen ${url}/api/webhooks/polar`,
        '  2. press Enter here, which starts the app again with them.',
      ].join('\n'),
    )
  }
  say('Enter starts the app again, Ctrl-C ends it and removes the folder.')
  return app
}

function say(text: string): void {
  console.log(`\n> ${text}`)
}
