import { describe, expect, it } from 'vitest'
import type { AppSource } from '../../src/types.js'
import { packageJson, problemsOf, profileOf, smallHost, type Files } from './support/small-host.js'

const IMPORTS = `import express from 'express'
import bodyParser from 'body-parser'
import { notes } from './notes.js'
`

async function mountsOf(app: string, changes: Files = {}) {
  const { server } = await profileOf(smallHost({ 'src/app.ts': app, ...changes }))
  return server.mounts.map(({ kind, path }) => `${kind} ${path ?? ''}`.trim())
}

async function exportedFrom(app: string): Promise<AppSource['exported']> {
  const { server } = await profileOf(
    smallHost({ 'src/app.ts': `${IMPORTS}${app}`, 'src/index.ts': "import './app.js'\n" }),
  )
  return server.app.value.exported
}

describe('mounts', () => {
  it.each([
    ['app.use(express.json())', 'body-parser'],
    ['app.use(express.urlencoded({ extended: true }))', 'body-parser'],
    ['app.use(bodyParser.json())', 'body-parser'],
    ['const parse = express.json(); app.use(parse)', 'body-parser'],
    [
      "app.use((req, res, next) => (req.path === '/hook' ? next() : express.json()(req, res, next)))",
      'body-parser',
    ],
    ["app.use('/api/notes', notes)", 'router /api/notes'],
    ["const PREFIX = '/api'; app.use(`${PREFIX}/notes`, notes)", 'router /api/notes'],
    ["app.use(express.static('dist'))", 'static'],
    ["app.get('/health', (req, res) => res.send('ok'))", 'route /health'],
    ["app.route('/health').get((req, res) => res.send('ok'))", 'route /health'],
    ["app.use('/health', (req, res) => res.send('ok'))", 'route /health'],
    ["app.get('*', (req, res) => res.sendFile('index.html'))", 'catch-all *'],
    ["app.get('/*', (req, res) => res.sendFile('index.html'))", 'catch-all /*'],
    ["app.get('/{*splat}', (req, res) => res.sendFile('index.html'))", 'catch-all /{*splat}'],
    ['app.get(/^\\/(?!api).*/, (req, res) => res.sendFile(index))', 'catch-all /^\\/(?!api).*/'],
    ['app.use((req, res) => res.status(404).end())', 'catch-all'],
    ["app.use('/api', (req, res) => res.status(404).end())", 'catch-all /api'],
    ["app.all('/api/*rest', (req, res) => res.status(404).end())", 'catch-all /api/*rest'],
    ['app.use((err, req, res, next) => res.status(500).end())', 'error-handler'],
    ['app.use(Sentry.Handlers.errorHandler())', 'error-handler'],
    ['app.use(morgan.errorHandler)', 'middleware'],
    ['app.use(helmet())', 'middleware'],
    ['app.use(unknown)', 'middleware'],
    ['app.use(vite.middlewares)', 'catch-all'],
    ["app.use('/hooks/stripe', express.raw({ type: '*/*' }))", 'body-parser /hooks/stripe'],
    ["app.post('/hooks/stripe', express.raw({ type: '*/*' }), hook)", 'route /hooks/stripe'],
    ['app.use(...guards, notes)', 'router'],
    ['app.use((req, res, next) => next())', 'middleware'],
  ])('%s is %s', async (statement, expected) => {
    const app = `${IMPORTS}export const app = express()\n${statement}\n`
    expect((await mountsOf(app)).filter((mount) => mount !== '')).toEqual([expected])
  })

  it('are as many as a mount has paths', async () => {
    const app = `${IMPORTS}export const app = express()\napp.use(['/api', '/v1'], notes)\n`
    expect(await mountsOf(app)).toEqual(['router /api', 'router /v1'])
  })

  it('do not include settings and what other objects are asked for', async () => {
    const app = `${IMPORTS}export const app = express()
app.set('trust proxy', 1)
const proxy = app.get('trust proxy')
cache.use(notes)
app.use('/api/notes', notes)
`
    expect(await mountsOf(app)).toEqual(['router /api/notes'])
  })

  it('follow the functions that the app is handed to, in the order of the calls', async () => {
    const app = `${IMPORTS}import { registerRoutes } from './routes.js'
export function createApp() {
  const app = express()
  parsers(app)
  registerRoutes(app, {})
  app.use((err, req, res, next) => next(err))
  return app
}
function parsers(server) { server.use(express.json()) }
`
    const routes = `import { notes } from './notes.js'
export function registerRoutes(app, options) { app.use('/api/notes', notes) }
`
    expect(await mountsOf(app, { 'src/routes.ts': routes, ...STARTS_FACTORY })).toEqual([
      'body-parser',
      'router /api/notes',
      'error-handler',
    ])
  })

  it('follow chains in the order in which they run', async () => {
    const app = `${IMPORTS}export const app = express()
app.use(express.json()).use('/api/notes', notes).use((err, req, res, next) => next(err))
`
    expect(await mountsOf(app)).toEqual(['body-parser', 'router /api/notes', 'error-handler'])
  })

  it('are not of an app that Babel compiles to what other tools cannot load', async () => {
    const app = {
      'src/app.ts': `${IMPORTS}export const app = express()\n`,
      'src/index.ts': "import { app } from './app.js'\napp.listen(3000)\n",
    }
    const manifest = packageJson({ devDependencies: { '@babel/node': '^7.0.0' } })
    const plain = await profileOf(smallHost(app))
    expect(plain.server.app.value.exported).not.toBeNull()
    const compiled = await profileOf(smallHost({ ...app, 'package.json': manifest }))
    expect(compiled.server.app.value.exported).toBeNull()
  })

  it('include those that the entry adds to the app it imports', async () => {
    const { server } = await profileOf(
      smallHost({
        'src/app.ts': `${IMPORTS}export const app = express()\napp.use(express.json())\n`,
        'src/index.ts': `import { app } from './app.js'
import { notes } from './notes.js'
app.use('/api/notes', notes)
app.listen(3000)
`,
      }),
    )
    expect(server.app.value.exported).toBeNull()
    expect(server.mounts.map(({ kind, file }) => [kind, file])).toEqual([
      ['body-parser', 'src/app.ts'],
      ['router', 'src/index.ts'],
    ])
  })

  it('of an app kept in a class are found', async () => {
    const app = `${IMPORTS}export class Server {
  app = express()
  constructor() { this.app.use(express.json()); this.app.use('/api/notes', notes) }
}
`
    const start = {
      'src/index.ts': "import { Server } from './app.js'\nnew Server().app.listen(1)\n",
    }
    expect(await mountsOf(app, start)).toEqual(['body-parser', 'router /api/notes'])
  })
})

const STARTS_FACTORY = {
  'src/index.ts': "import { createApp } from './app.js'\ncreateApp().listen(3000)\n",
}

describe('the app', () => {
  it.each([
    ['export const app = express()', { name: 'app', kind: 'instance', default: false }],
    ['const app = express()\nexport default app', { name: 'app', kind: 'instance', default: true }],
    [
      'const app = express()\nexport { app as server }',
      { name: 'server', kind: 'instance', default: false },
    ],
    [
      'export function createApp() { const app = express(); return app }',
      { name: 'createApp', kind: 'factory', default: false },
    ],
    [
      'export const build = () => { const app = express(); return app }',
      { name: 'build', kind: 'factory', default: false },
    ],
    [
      'export default function () { const app = express(); return app }',
      { name: 'createApp', kind: 'factory', default: true },
    ],
    [
      "export const app = express()\nif (process.env.NODE_ENV !== 'test') app.listen(1)",
      { name: 'app', kind: 'instance', default: false },
    ],
    [
      'function make() { const app = express(); return app }\nexport const app = make()',
      { name: 'app', kind: 'instance', default: false },
    ],
    [
      'function make() { const app = express(); return app }\nexport default make()',
      { name: 'app', kind: 'instance', default: true },
    ],
  ])('can be imported: %s', async (app, exported) => {
    expect(await exportedFrom(`${app}\nuse(notes)\n`)).toEqual(exported)
  })

  it.each([
    ['it is not exported', 'const app = express()'],
    ['it listens', 'export const app = express()\napp.listen(3000)'],
    ['it listens later', 'export const app = express()\nconnect().then(() => app.listen(3000))'],
    [
      'a function that is called listens',
      'export const app = express()\nstart()\nfunction start() { app.listen(1) }',
    ],
    [
      'its maker needs something',
      'export function createApp(db: Db) { const app = express(); return app }',
    ],
    [
      'its maker listens',
      'export function createApp() { const app = express(); app.listen(1); return app }',
    ],
  ])('cannot be imported where %s', async (_, app) => {
    expect(await exportedFrom(`${app}\nuse(notes)\n`)).toBeNull()
  })

  it.each([
    ['^4.21.2', 4],
    ['5.x', 5],
    ['latest', 5],
  ])('is of Express %s', async (range, major) => {
    const root = smallHost({ 'package.json': packageJson({ dependencies: { express: range } }) })
    expect((await profileOf(root)).server.major).toBe(major)
  })

  it.each([
    [
      'the script of a built server',
      { main: 'dist/index.js', scripts: { dev: 'tsc -w', start: 'node dist/index.js' } },
      'start',
    ],
    ['nodemon', { scripts: { dev: 'nodemon --exec tsx src/index.ts' } }, 'dev'],
    [
      'one of several scripts',
      { scripts: { dev: 'vite', 'dev:api': 'tsx watch ./src/index.ts', test: 'node src/x.ts' } },
      'dev:api',
    ],
  ])('is found from %s', async (_, changes, script) => {
    const { server } = await profileOf(smallHost({ 'package.json': packageJson(changes) }))
    expect(server).toMatchObject({ startScript: script, dir: { value: 'src' } })
  })

  it('is what a build is made of, not a file of the same name that was left beside it', async () => {
    const root = smallHost({
      'package.json': packageJson({ scripts: { start: 'node dist/index.js' } }),
      'index.ts': "import express from 'express'\nconst app = express()\napp.listen(1)\n",
    })
    expect((await profileOf(root)).server.app.value.file).toBe('src/app.ts')
  })

  it('has its source in `src` where all but the app lies there', async () => {
    const root = smallHost({
      'package.json': packageJson({ scripts: { start: 'node app.js', dev: undefined } }),
      'app.js':
        "import express from 'express'\nimport { notes } from './src/routes/notes.js'\nconst app = express()\napp.use('/api/notes', notes)\napp.listen(1)\n",
      'src/routes/notes.js': "import { Router } from 'express'\nexport const notes = Router()\n",
    })
    expect((await profileOf(root)).server.dir.value).toBe('src')
  })

  it('is found by the usual names where no script starts it', async () => {
    const root = smallHost({ 'package.json': packageJson({ scripts: { dev: 'turbo dev' } }) })
    expect((await profileOf(root)).server.app.value.file).toBe('src/app.ts')
  })

  it.each([
    [
      {
        'src/index.ts': "import './loaders/express.js'\n",
        'src/loaders/express.ts':
          "import express from 'express'\nimport '../notes.js'\nexport const app = express()\n",
      },
      'src',
    ],
    [
      {
        'package.json': packageJson({ scripts: { dev: 'tsx app/bin/www.ts' } }),
        'app/bin/www.ts': "import { app } from '../index.js'\napp.listen(3000)\n",
        'app/index.ts':
          "import express from 'express'\nimport './routes/notes.js'\nexport const app = express()\n",
        'app/routes/notes.ts': "import '../../src/notes.js'\n",
      },
      'app',
    ],
    [
      {
        'src/index.ts': null,
        'src/app.ts': null,
        'app.ts':
          "import express from 'express'\nimport './src/notes.js'\nexport const app = express()\n",
      },
      '',
    ],
  ])('says where the source lies', async (changes: Files, dir) => {
    expect((await profileOf(smallHost(changes))).server.dir.value).toBe(dir)
  })

  it.each([
    [{}, 'middleware'],
    [{ 'src/middlewares/auth.ts': '' }, 'middlewares'],
    [{ 'src/middlewares/auth.ts': '', 'src/middleware/log.ts': '' }, 'middleware'],
  ])('says what the folder of middlewares is called: %j', async (changes: Files, folder) => {
    expect((await profileOf(smallHost(changes))).server.folders.middleware).toBe(folder)
  })

  it('says what other folders are called, also in capitals', async () => {
    const changes = { 'src/controller/a.ts': '', 'src/Models/b.ts': '', 'src/routers/c.ts': '' }
    expect((await profileOf(smallHost(changes))).server.folders).toMatchObject({
      controllers: 'controller',
      models: 'Models',
      routes: 'routers',
      services: 'services',
    })
  })

  it.each([
    [
      'fs.readdirSync(__dirname).forEach((file) => require(path.join(__dirname, file)))',
      'billing/models',
    ],
    ["module.exports = { User: require('./user') }", 'models'],
  ])('keeps out of a folder that is loaded as a whole: %s', async (index, folder) => {
    const changes = { 'src/models/index.js': index, 'src/models/user.js': '' }
    expect((await profileOf(smallHost(changes))).server.folders.models).toBe(folder)
  })

  it('follows path aliases', async () => {
    const root = smallHost({
      'tsconfig.json':
        '{\n // aliases\n "compilerOptions": { "paths": { "@/*": ["./src/*"] }, }\n}',
      'src/index.ts': "import { app } from '@/app'\napp.listen(1)\n",
    })
    expect((await profileOf(root)).server.app.value.file).toBe('src/app.ts')
  })
})

describe('several apps', () => {
  const other =
    "import express from 'express'\nexport const metrics = express()\nmetrics.get('/m', (req, res) => res.end())\n"

  it('are told apart by --server-dir', async () => {
    const root = smallHost({
      'package.json': packageJson({
        scripts: { 'dev:api': 'tsx src/index.ts', dev: 'tsx admin/main.ts' },
      }),
      'admin/main.ts': other,
    })
    const [problem] = await problemsOf(root)
    expect(problem).toMatchObject({ code: 'app_ambiguous', flag: '--server-dir' })
    expect(problem?.evidence.map(({ file }) => file)).toEqual(['src/app.ts', 'admin/main.ts'])
    const host = await profileOf(root, { serverDir: 'src' })
    expect(host.server).toMatchObject({
      dir: { value: 'src', source: 'flag' },
      startScript: 'dev:api',
    })
  })

  it('in one file are named as such', async () => {
    const root = smallHost({
      'src/app.ts': `${IMPORTS}export const a = express()\na.use(notes)\nexport const b = express()\nb.use(notes)\n`,
      'src/index.ts': "import './app.js'\n",
    })
    expect(await problemsOf(root)).toMatchObject([{ code: 'app_ambiguous' }])
  })

  it('of which one is mounted on the other are one', async () => {
    const root = smallHost({
      'src/app.ts': `${IMPORTS}const api = express()\napi.use(notes)\nexport const app = express()\napp.use('/api', api)\n`,
    })
    const { server } = await profileOf(root)
    expect(server.app.value.variable).toBe('app')
    expect(server.mounts).toMatchObject([{ kind: 'router', path: '/api' }])
  })
})
