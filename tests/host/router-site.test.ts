import { describe, expect, it } from 'vitest'
import { packageJson, profileOf, smallHost, type Files } from './support/small-host.js'

const APP = (body: string, imports = ''): string => `import express from 'express'
import { notes } from './notes.js'
${imports}
export const app = express()
app.use(express.json())
${body}
`

const notFound = '(req, res) => res.status(404).end()'

async function siteOf(changes: Files): Promise<string> {
  const { file, variable, setup } = (await profileOf(smallHost(changes))).server.api
  return `${variable} in ${setup === null ? '' : `${setup} of `}${file}`
}

async function setupsOf(changes: Files): Promise<Record<string, string[]>> {
  const { setups } = (await profileOf(smallHost(changes))).server.api
  return Object.fromEntries(
    setups.map(({ call, mounts }) => [
      call,
      mounts.map(({ kind, path, isExact }) => `${kind} ${path}${isExact ? ' exactly' : ''}`),
    ]),
  )
}

describe('the code that routers are mounted in', () => {
  it('is where the app is made', async () => {
    expect(await siteOf({ 'src/app.ts': APP("app.use('/api/notes', notes)") })).toBe(
      'app in src/app.ts',
    )
  })

  it('is where the app is made, when a function mounts routers and another what ends', async () => {
    const imports = "import { registerRoutes, registerEnd } from './routes.js'"
    const routes = `import { notes } from './notes.js'
export function registerRoutes(app) { app.use('/api/notes', notes) }
export function registerEnd(app) { app.use(${notFound}) }
`
    const app = APP('registerRoutes(app); registerEnd(app)', imports)
    expect(await siteOf({ 'src/app.ts': app, 'src/routes.ts': routes })).toBe('app in src/app.ts')
  })

  it.each([
    [
      'a named function',
      'registerRoutes(app)',
      "import { registerRoutes } from './routes.js'",
      `export async function registerRoutes(server) { server.use('/api/notes', notes); server.use(${notFound}) }`,
      'server in registerRoutes of src/routes.ts',
    ],
    [
      'a default export that takes an object apart',
      'await load({ expressApp: app })',
      "import load from './routes.js'",
      `export default async ({ expressApp }) => { expressApp.use('/api/notes', notes); expressApp.use(${notFound}) }`,
      'expressApp in default of src/routes.ts',
    ],
    [
      'a function that is loaded in place',
      "const routes = await import('./routes.js'); routes.default(app)",
      '',
      `export default function (app) { app.use('/api/notes', notes); app.use(${notFound}) }`,
      'app in default of src/routes.ts',
    ],
  ])('is %s that ends the way of requests', async (_, call, imports, code, expected) => {
    const routes = `import { notes } from './notes.js'\n${code}\n`
    expect(await siteOf({ 'src/app.ts': APP(call, imports), 'src/routes.ts': routes })).toBe(
      expected,
    )
  })

  it('is the function that a function hands the app on to', async () => {
    const files = {
      'src/app.ts': APP('load(app)', "import load from './loaders.js'"),
      'src/loaders.ts': `import { express } from './express.js'
export default async (app) => { await express({ app }) }
`,
      'src/express.ts': `import { notes } from './notes.js'
export const express = ({ app }) => { app.use('/api/notes', notes); app.use(${notFound}) }
`,
    }
    expect(await siteOf(files)).toBe('app in express of src/express.ts')
  })
})

describe('the functions that are given the app', () => {
  it('are known by what they mount, each thing once', async () => {
    const files = {
      'src/app.ts': APP('setupAuth(app)', "import { setupAuth } from './setup.js'"),
      'src/setup.ts': `import session from 'express-session'
export function setupAuth(app) {
  app.use(session({ secret: 'x' }))
  app.post('/api/login', (req, res) => res.end())
  app.post('/api/login', (req, res) => res.end())
}
`,
    }
    expect(await setupsOf(files)).toEqual({
      setupAuth: ['middleware null', 'route /api/login exactly'],
    })
  })

  it('mount nothing, or give the app to code that is not found', async () => {
    const files = {
      'src/app.ts': APP(
        'attach(app); swagger(app)',
        "import { attach, swagger } from './setup.js'",
      ),
      'src/setup.ts': `import { setup } from 'swagger-thing'
export function attach(app) { app.locals.io = 1 }
export function swagger(app) { setup(app) }
`,
    }
    expect(await setupsOf(files)).toEqual({ attach: [], swagger: ['unknown null'] })
  })

  it('may be a class that keeps the app', async () => {
    const files = {
      'src/app.ts': APP('new Routes(app).mount()', "import { Routes } from './routes.js'"),
      'src/routes.ts': `import { notes } from './notes.js'
export class Routes {
  constructor(private readonly app) {}
  mount() { this.app.use('/api/notes', notes) }
}
`,
    }
    expect(await setupsOf(files)).toEqual({ Routes: ['router /api/notes'] })
  })

  const KEEPING = (constructor: string): string => `import { notes } from './notes.js'
export class Routes {
  ${constructor}
  mount() { this.app.use('/api/notes', notes) }
}
`
  const KEPT = APP(
    'const routes = new Routes(app)\napp.use(express.json())\nroutes.mount()',
    "import { Routes } from './routes.js'",
  )

  it('may be a method of an object that was given the app before', async () => {
    const files = {
      'src/app.ts': KEPT,
      'src/routes.ts': KEEPING('constructor(private readonly app) {}'),
    }
    expect(await setupsOf(files)).toEqual({ Routes: [], 'routes.mount': ['router /api/notes'] })
    const { server } = await profileOf(smallHost(files))
    expect(server.api.setups[1]).toMatchObject({ call: 'routes.mount', isKept: true })
    const kinds = server.mounts.map(({ kind }) => kind)
    expect(kinds.indexOf('router')).toBeGreaterThan(kinds.indexOf('body-parser'))
  })

  it.each([
    'constructor(private readonly app) { this.mount() }',
    "constructor(private readonly app) { this.app.use('/api/notes', notes) }",
  ])('are the constructor where that mounts: %s', async (constructor) => {
    const files = { 'src/app.ts': KEPT, 'src/routes.ts': KEEPING(constructor) }
    expect(Object.keys(await setupsOf(files))).toEqual(['Routes'])
  })
})

describe('the program that listens', () => {
  it('is not one that says so in a comment', async () => {
    const root = smallHost({
      'src/index.ts': "// app.listen(3000)\nimport { run } from './run.js'\nrun()\n",
      'src/run.ts': "import { app } from './app.js'\nexport const run = () => app.listen(3000)\n",
    })
    expect((await profileOf(root)).server.start).toBe('src/run.ts')
  })

  it('may have no ending', async () => {
    const root = smallHost({
      'package.json': packageJson({ scripts: { dev: 'nodemon ./bin/www' } }),
      'bin/www': "#!/usr/bin/env node\nimport { app } from '../src/app.js'\napp.listen(3000)\n",
      'src/index.ts': null,
    })
    expect((await profileOf(root)).server.start).toBe('bin/www')
  })
})
