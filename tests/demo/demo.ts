/**
 * Takes a throw-away copy of the fixture host, adds billing to it, and runs the app on an embedded
 * PostgreSQL. `--exit` (or CI) checks the running app and ends.
 */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { freePort } from '../support/free-port.js'
import { executable, fixtureHost, REQUEST } from '../support/host-copy.js'
import { startEmbeddedPostgres } from '../support/embedded-postgres.js'
import { startApp } from '../support/running-app.js'
import { selfCheck } from './self-check.js'

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
  const env = {
    DATABASE_URL: database.url,
    JWT_SECRET: 'only-for-the-demo',
    POLAR_ACCESS_TOKEN: 'polar_oat_only_for_the_demo',
    POLAR_WEBHOOK_SECRET: SECRET,
    POLAR_API_URL: `http://127.0.0.1:${await freePort()}`,
    ...PRODUCTS,
  }
  await execa('npm', ['run', 'migrate'], { cwd: folder, env })
  await execa('npm', ['run', 'build'], { cwd: folder })
  const app = await startApp(folder, env)
  cleanups.push(() => app.stop())

  for (const line of await selfCheck(app.url, database.url, SECRET, PRODUCTS)) say(line)
  say(`Running: ${app.url}/pricing shows the three tiers. The code is in ${folder}`)

  if (endAfterCheck) {
    await cleanUp()
  } else {
    say('No Polar stands behind it: to buy something, put a sandbox token and products into .env.')
    say('Ctrl-C ends it and removes the folder.')
    await new Promise<void>((resolve) => process.once('SIGINT', resolve))
    await cleanUp()
  }
} catch (error) {
  await cleanUp()
  throw error
}

function say(text: string): void {
  console.log(`\n> ${text}`)
}
