import { describe, expect, it } from 'vitest'
import { packageJson, profileOf, smallHost, smallHostIn, writeHost } from './support/small-host.js'

const DOTENV = packageJson({ dependencies: { dotenv: '^17.0.0' } })

/** The small host with this as the beginning of the module that starts it. */
function startingWith(text: string, changes = {}) {
  return {
    'package.json': DOTENV,
    'src/index.ts': `${text}\nimport { app } from './app.js'\napp.listen(3000)\n`,
    ...changes,
  }
}

describe('the environment of a host', () => {
  it.each([
    ["import 'dotenv/config'", '.env'],
    ["import dotenv from 'dotenv'\ndotenv.config()", '.env'],
    ["import { config } from 'dotenv'\nconfig({ path: 'config/.env' })", 'config/.env'],
    ["import * as dotenv from 'dotenv'\ndotenv.config({ path: ['.env.local', '.env'] })", '.env'],
    [
      "import dotenv from 'dotenv'\ndotenv.config({ path: path.join(__dirname, '..', 'env', '.env') })",
      'env/.env',
    ],
    ["process.loadEnvFile('deploy/.env')", 'deploy/.env'],
    [
      "import dotenv from 'dotenv'\nconst here = dirname(fileURLToPath(import.meta.url))\ndotenv.config({ path: resolve(here, '../conf/.env') })",
      'conf/.env',
    ],
    ["import { config } from './config.js'\nconfig()", null],
  ])('is read by %j', async (text, file) => {
    const { env } = await profileOf(smallHost(startingWith(text)))
    expect(env.file?.value ?? null).toBe(file)
  })

  it.each([
    ['tsx watch --env-file=.env.dev src/index.ts', 'server/.env.dev'],
    ['node --env-file-if-exists .env --import tsx src/index.ts', 'server/.env'],
    ['dotenv -e ../.env -- tsx src/index.ts', '.env'],
    ['dotenv -- tsx src/index.ts', 'server/.env'],
    ['tsx -r dotenv/config src/index.ts', 'server/.env'],
    ['tsx src/index.ts', null],
  ])('is read by the script %j', async (dev, file) => {
    const files = smallHostIn('server', { 'package.json': packageJson({ scripts: { dev } }) })
    const { env } = await profileOf(writeHost(files))
    expect(env.file?.value ?? null).toBe(file)
  })

  it('may be read from the folder above the package, and has its example there', async () => {
    const root = writeHost({
      ...smallHostIn(
        'server',
        startingWith("import dotenv from 'dotenv'\ndotenv.config({ path: '../.env' })"),
      ),
      '.env.example': '',
    })
    const { env } = await profileOf(root)
    expect(env).toMatchObject({
      exampleFile: '.env.example',
      exists: true,
      file: { value: '.env' },
    })
  })

  it('names what lets everybody in during development', async () => {
    const example =
      'PORT=1\nAUTH_BYPASS=true\nSKIP_AUTH=\nAUTH_SECRET=a\nLOGIN_DISABLED=1\nNODE_AUTH=b\nMONO_AUTH=c\n'
    const { env } = await profileOf(smallHost({ '.env.example': example }))
    expect(env.bypasses).toEqual(['AUTH_BYPASS', 'SKIP_AUTH', 'LOGIN_DISABLED'])
  })

  it('has its example made beside the file that is read', async () => {
    const text = "import dotenv from 'dotenv'\ndotenv.config({ path: '../.env' })"
    const { env } = await profileOf(writeHost(smallHostIn('server', startingWith(text))))
    expect(env).toMatchObject({ exampleFile: '.env.example', exists: false })
  })
})

describe('a script of billing', () => {
  it('loads the environment itself where only the start of the server does', async () => {
    const { server } = await profileOf(smallHost(startingWith("import 'dotenv/config'")))
    expect(server.scripts.value.command).toBe('tsx -r dotenv/config')
  })

  it('is told of a file that is not the usual one', async () => {
    const text = "import dotenv from 'dotenv'\ndotenv.config({ path: '../.env' })"
    const { server } = await profileOf(writeHost(smallHostIn('server', startingWith(text))))
    expect(server.scripts.value.command).toBe('DOTENV_CONFIG_PATH=../.env tsx -r dotenv/config')
  })

  it('has it loaded by the module of the database where that loads it', async () => {
    const files = startingWith('', {
      'src/db.ts': `import 'dotenv/config'
import { Pool } from 'pg'
export const pool = new Pool({ connectionString: process.env.DATABASE_URL })
`,
    })
    const { env, server } = await profileOf(smallHost(files))
    expect(env.file?.value).toBe('.env')
    expect(server.scripts.value.command).toBe('tsx')
  })

  it('is started with the options of the server', async () => {
    const dev = 'tsx watch --env-file=.env src/index.ts'
    const changes = { 'package.json': packageJson({ scripts: { dev } }) }
    const { server } = await profileOf(smallHost(changes))
    expect(server.scripts.value.command).toBe('tsx --env-file=.env')
  })
})
