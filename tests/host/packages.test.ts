import { describe, expect, it } from 'vitest'
import { layoutOf } from '../../src/render/layout.js'
import {
  assumptionsOf,
  packageJson,
  problemsOf,
  profileOf,
  smallHost,
  smallHostIn,
  writeHost,
  type Files,
} from './support/small-host.js'

/** A React front end as one package of several. */
function frontEndIn(dir: string, changes: Files = {}): Files {
  const manifest = { name: dir, dependencies: { react: '^19', 'react-dom': '^19' } }
  const files: Files = {
    'package.json': JSON.stringify(manifest),
    'tsconfig.json': '{}',
    'index.html': '<script type="module" src="/src/main.tsx"></script>',
    'src/main.tsx': "import { App } from './App'\n",
    'src/App.tsx': 'export const App = () => null\n',
    ...changes,
  }
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${dir}/${path}`, text]))
}

/** A server that has nothing to do with payments. */
const OTHER_SERVER: Files = {
  'package.json': packageJson({ name: 'hooks', dependencies: { pg: undefined } }),
  'src/app.ts': "import express from 'express'\nexport const app = express()\napp.use(hooks)\n",
  'src/db.ts': null,
}

const WORKSPACE = (...globs: string[]): Files => ({
  'package.json': JSON.stringify({ name: 'notes', private: true, workspaces: globs }),
  'package-lock.json': '{}',
})

describe('a repository of several packages', () => {
  it('has its server and front end in folders beside each other', async () => {
    const host = await profileOf(writeHost({ ...smallHostIn('server'), ...frontEndIn('client') }))
    expect(host.packages.map(({ dir }) => dir)).toEqual(['client', 'server'])
    expect(host.server.package).toMatchObject({
      dir: 'server',
      manifest: 'server/package.json',
      installDir: 'server',
    })
    expect(host.server).toMatchObject({
      dir: { value: 'server/src' },
      start: 'server/src/index.ts',
    })
    expect(host.server.scripts.value.command).toBe('tsx')
    expect(host.client).toMatchObject({
      dir: { value: 'client/src' },
      package: { dir: 'client', installDir: 'client', modules: { value: 'commonjs' } },
    })
    expect(host.database.migrations.value).toMatchObject({ dir: 'server/migrations' })
    expect(host.tests.dir.value).toBe('server/tests')
    expect(host.env.exampleFile).toBe('server/.env.example')
  })

  it('has the server in its root, and the front end below it', async () => {
    const host = await profileOf(smallHost(frontEndIn('web')))
    expect(host.server.package.dir).toBe('')
    expect(host.client?.package).toMatchObject({ dir: 'web', name: 'web' })
  })

  it('is installed in the root where that is a workspace', async () => {
    const root = writeHost({
      ...WORKSPACE('apps/*'),
      ...smallHostIn('apps/api', { 'package-lock.json': null }),
      ...frontEndIn('apps/web'),
    })
    const host = await profileOf(root)
    expect(host.name).toBe('notes')
    expect(host.server.package).toMatchObject({ dir: 'apps/api', installDir: '' })
    expect(host.client?.package).toMatchObject({ dir: 'apps/web', installDir: '' })
  })

  it.each<[string, Files]>([
    ['pnpm', { 'pnpm-workspace.yaml': "packages:\n  # all\n  - 'modules/**'\n  - '!**/old'\n" }],
    ['pnpm, in one line', { 'pnpm-workspace.yaml': "packages: ['modules/*/*']\n" }],
    ['lerna', { 'lerna.json': '{ "packages": ["modules/backend/*"] }' }],
    ['yarn', { 'package.json': '{ "workspaces": { "packages": ["modules/backend/api"] } }' }],
  ])('is found by the workspaces of %s', async (_, files) => {
    const root = writeHost({
      'package.json': '{}',
      'package-lock.json': '{}',
      ...files,
      ...smallHostIn('modules/backend/api'),
      ...smallHostIn('modules/backend/old', OTHER_SERVER),
    })
    const host = await profileOf(root)
    expect(host.server.package).toMatchObject({ dir: 'modules/backend/api', installDir: '' })
  })

  it('may keep its packages for the database in another one of the workspace', async () => {
    const root = writeHost({
      ...WORKSPACE('apps/*', 'packages/*'),
      ...smallHostIn('apps/api', {
        'package-lock.json': null,
        'package.json': packageJson({ dependencies: { pg: undefined, '@notes/db': '*' } }),
      }),
      'packages/db/package.json': '{ "name": "@notes/db", "dependencies": { "pg": "^8" } }',
    })
    expect((await profileOf(root)).database.stack.value).toBe('pg')
  })

  it.each<[string, object]>([
    ['its source', { exports: './src/index.ts' }],
    ['what is built of it', { main: './dist/index.js', types: './dist/index.d.ts' }],
    ['each by a condition', { exports: { '.': { types: './dist/index.d.ts' }, './x': './x.js' } }],
    ['nothing that it says', {}],
  ])('shares what another package exports by %s', async (_, manifest) => {
    const root = writeHost({
      ...WORKSPACE('apps/*', 'packages/*'),
      ...smallHostIn('apps/api', {
        'package-lock.json': null,
        'package.json': packageJson({ dependencies: { pg: undefined, '@notes/db': '*' } }),
        'src/db.ts': null,
        'src/notes.ts': `import { Router } from 'express'
import { pool } from '@notes/db'
export const notes = Router()
notes.get('/', async (req, res) => res.json(await pool.query('select 1')))
`,
      }),
      'packages/db/package.json': JSON.stringify({
        name: '@notes/db',
        dependencies: { pg: '^8' },
        ...manifest,
      }),
      'packages/db/src/index.ts': "export * from './pool.js'\n",
      'packages/db/src/pool.ts': `import { Pool } from 'pg'
export const pool = new Pool({ connectionString: process.env.DATABASE_URL })
`,
    })
    const host = await profileOf(root)
    expect(host.database.connection?.value).toMatchObject({ file: 'packages/db/src/index.ts' })
    const layout = layoutOf(host)
    expect(layout.hostSpecifierOf('packages/db/src/index.ts', 'apps/api/src/billing/a.ts')).toBe(
      '@notes/db',
    )
  })

  it('is not the examples and tests that lie in it', async () => {
    const root = smallHost({ ...smallHostIn('examples/basic'), ...frontEndIn('e2e/page') })
    expect((await profileOf(root)).packages.map(({ dir }) => dir)).toEqual([''])
  })

  it('is called as its folder where packages are only called by what they are', async () => {
    const named = { 'package.json': packageJson({ name: 'server' }) }
    const root = writeHost(smallHostIn('server', named))
    expect((await profileOf(root)).name).toBe(root.split('/').at(-1))
  })
})

it('may have one package for all its apps, as with Nx', async () => {
  const dependencies = { react: '^19', 'react-dom': '^19' }
  const root = writeHost({
    ...smallHostIn('apps/notes-api', { 'package.json': null }),
    ...frontEndIn('apps/notes-web'),
    'apps/notes-web/package.json': null,
    'nx.json': '{}',
    'tsconfig.json': '{}',
    'package.json': packageJson({ dependencies, scripts: { dev: 'nx run-many -t serve' } }),
  })
  const host = await profileOf(root)
  expect(host.server).toMatchObject({ package: { dir: '' }, dir: { value: 'apps/notes-api/src' } })
  expect(host.client?.dir.value).toBe('apps/notes-web/src')
})

it('writes the front end as its own files are written', async () => {
  const double = 'import { App } from "./App";\nconst app = App();\nexport const a = app;\n'
  const root = writeHost({
    ...smallHostIn('server'),
    ...frontEndIn('client', { 'src/main.tsx': double }),
  })
  const { format, clientFormat } = await profileOf(root)
  expect(format.options).toMatchObject({ semi: false, singleQuote: true })
  expect(clientFormat?.options).toMatchObject({ semi: true, singleQuote: false })
  expect((await profileOf(smallHost())).clientFormat).toBeNull()
})

it('says of a repository without an Express server what its server is, and nothing beside', async () => {
  const fastify = '{ "dependencies": { "fastify": "^5" } }'
  const root = writeHost({ 'package.json': '{}', 'apps/api/package.json': fastify })
  expect(await problemsOf(root)).toMatchObject([
    { code: 'server_not_supported', evidence: [{ file: 'apps/api/package.json' }] },
  ])
  const none = writeHost({ 'a/package.json': '{}', 'b/package.json': '{}' })
  expect(await problemsOf(none)).toMatchObject([
    {
      code: 'no_server',
      message: 'No Express server was found: no package.json of the repository depends on express.',
    },
  ])
})

describe('of several servers', () => {
  it('the one with a database is taken', async () => {
    const root = writeHost({ ...smallHostIn('api'), ...smallHostIn('hooks', OTHER_SERVER) })
    expect((await profileOf(root)).server.package.dir).toBe('api')
  })

  const two = { ...smallHostIn('api'), ...smallHostIn('shop') }

  it('a person chooses', async () => {
    expect(await problemsOf(writeHost(two))).toMatchObject([
      {
        code: 'server_ambiguous',
        message: 'Several packages have an Express server: api/ and shop/.',
        flag: '--server-dir',
        choices: ['api', 'shop'],
      },
    ])
    expect((await profileOf(writeHost(two), { serverDir: 'shop' })).server.package.dir).toBe('shop')
  })

  it('the one that the person stands in is taken', async () => {
    expect((await profileOf(writeHost(two), { from: 'shop/src' })).server.package.dir).toBe('shop')
  })
})

describe('of several front ends', () => {
  it('the main one is taken, not an admin beside it, nor an app for phones', async () => {
    const phones = '{ "dependencies": { "react": "^19", "expo": "^54" } }'
    const root = writeHost({
      ...smallHostIn('server'),
      ...frontEndIn('client'),
      ...frontEndIn('admin'),
      'app/package.json': phones,
    })
    expect((await profileOf(root)).client?.package.dir).toBe('client')
    expect((await profileOf(root, { clientDir: 'admin' })).client?.package.dir).toBe('admin')
  })

  it('one that cannot be worked on, in a package of its own, is left to its owner', async () => {
    const next = '{ "dependencies": { "react": "^19", "react-dom": "^19", "next": "^15" } }'
    const root = writeHost({ ...smallHostIn('server'), 'web/package.json': next })
    expect((await profileOf(root)).client).toBeNull()
    expect(await assumptionsOf(root)).toContainEqual({
      field: 'host.client',
      value: "none: billing's API is added, without pages",
      reason: 'the front end in web/ is made with Next.js, which is not supported yet',
    })
  })

  it('a person chooses', async () => {
    const root = writeHost({ ...smallHostIn('api'), ...frontEndIn('shop'), ...frontEndIn('web') })
    expect(await problemsOf(root)).toMatchObject([
      { code: 'client_ambiguous', flag: '--client-dir', choices: ['shop', 'web'] },
    ])
    expect((await profileOf(root, { client: 'none' })).client).toBeNull()
  })
})
