import { describe, expect, it } from 'vitest'
import { detectHost } from '../../src/host/index.js'
import { planIntegration } from '../../src/plan/plan.js'
import { hostFiles } from '../../src/tree/host-files.js'
import { StagedTree } from '../../src/tree/staged-tree.js'
import { billingSpec, paid } from '../support/profiles.js'
import { packageJson, smallHost, type Files } from './support/small-host.js'

interface Shape {
  files: Files
  /** Where billing's router is to stand, and what the app is called there. */
  site: [file: string, variable: string]
  /** A line of that file which has to stand above billing's router. */
  above: string
}

const SETUP = (app: string): string => `${app}.use(express.json())
${app}.use(cookieParser())
${app}.use('/api/notes', requireAuth, notes)
`
const IMPORTS = `import express from 'express'
import cookieParser from 'cookie-parser'
import { requireAuth } from './auth.js'
import { notes } from './notes.js'
`
const BARE = `import express from 'express'
import { createServer } from 'node:http'
import { Server } from 'socket.io'
const app = express()
const server = createServer(app)
const io = new Server(server)
io.use(socketLogin)
`
const REQUIRES = `const express = require('express')
const cookieParser = require('cookie-parser')
const { requireAuth } = require('./auth')
const { notes } = require('./notes')
`

/** One entry that completes an app of src/socket.ts. */
const completed = (socket: string, start: string, variable = 'app'): Shape => ({
  files: {
    'src/app.ts': null,
    'src/socket.ts': socket,
    'src/index.ts': `${IMPORTS}${start}\n${SETUP(variable)}server.listen(3000)\n`,
  },
  site: ['src/index.ts', variable],
  above: `${variable}.use(cookieParser())`,
})

const commonJs = (socket: string, start: string, variable = 'app'): Shape => ({
  files: {
    'package.json': packageJson({
      type: 'commonjs',
      scripts: { dev: 'nodemon src/index.js' },
      devDependencies: { vitest: '^4.0.0' },
    }),
    'tsconfig.json': null,
    'src/app.ts': null,
    'src/index.ts': null,
    'src/auth.ts': null,
    'src/notes.ts': null,
    'src/db.ts': null,
    'src/auth.js':
      'exports.requireAuth = (req, res, next) => {\n  if (!req.cookies.session) return res.status(401).end()\n  req.user = { id: verify(req.cookies.session) }\n  next()\n}\n',
    'src/db.js':
      "const { Pool } = require('pg')\nexports.pool = new Pool({ connectionString: process.env.DATABASE_URL })\n",
    'src/notes.js':
      "const { Router } = require('express')\nconst { pool } = require('./db')\nconst notes = Router()\nnotes.get('/', async (req, res) => res.json(await pool.query('select 1', [req.user.id])))\nexports.notes = notes\n",
    'src/socket.js': socket,
    'src/index.js': `${REQUIRES}${start}\n${SETUP(variable)}server.listen(3000)\n`,
  },
  site: ['src/index.js', variable],
  above: `${variable}.use(cookieParser())`,
})

const SHAPES: Record<string, Shape> = {
  'exported where it is declared': completed(
    "import express from 'express'\nimport { createServer } from 'node:http'\nexport const app = express()\nexport const server = createServer(app)\n",
    "import { app, server } from './socket.js'",
  ),
  'exported by name beside a server of sockets': completed(
    `${BARE}export { io, app, server }\n`,
    "import { io, app, server } from './socket.js'\nio.use(countSockets)",
  ),
  'exported as the default': completed(
    `${BARE}export { server }\nexport default app\n`,
    "import app, { server } from './socket.js'",
  ),
  'imported under another name': completed(
    `${BARE}export { app, server }\n`,
    "import { app as api, server } from './socket.js'",
    'api',
  ),
  'imported with its module': completed(
    `${BARE}export { app, server }\n`,
    "import * as socket from './socket.js'\nconst { server } = socket",
    'socket.app',
  ),
  'made by a factory': completed(
    "import express from 'express'\nimport { createServer } from 'node:http'\nexport function createApp() {\n  const app = express()\n  return app\n}\n",
    "import { createServer } from 'node:http'\nimport { createApp } from './socket.js'\nconst api = createApp()\nconst server = createServer(api)",
    'api',
  ),
  'made by a factory that gives a server back as well': completed(
    "import express from 'express'\nimport { createServer } from 'node:http'\nexport function createAll() {\n  const app = express()\n  return { app, server: createServer(app) }\n}\n",
    "import { createAll } from './socket.js'\nconst { app: api, server } = createAll()",
    'api',
  ),
  'kept by a class': completed(
    "import express from 'express'\nexport class Api {\n  app\n  constructor() {\n    this.app = express()\n  }\n}\n",
    "import { createServer } from 'node:http'\nimport { Api } from './socket.js'\nconst api = new Api()\nconst server = createServer(api.app)",
    'api.app',
  ),
  'passed on by an index': {
    ...completed(`${BARE}export { app, server }\n`, "import { app, server } from './lib/index.js'"),
    files: {
      ...completed(
        `${BARE}export { app, server }\n`,
        "import { app, server } from './lib/index.js'",
      ).files,
      'src/lib/index.ts': "export * from '../socket.js'\n",
    },
  },
  'completed in a module between': {
    files: {
      'src/app.ts': null,
      'src/socket.ts': `${BARE}export { app, server }\n`,
      'src/setup.ts': `${IMPORTS}import { app, server } from './socket.js'\n${SETUP('app')}export { server }\n`,
      'src/index.ts': "import { server } from './setup.js'\nserver.listen(3000)\n",
    },
    site: ['src/setup.ts', 'app'],
    above: 'app.use(cookieParser())',
  },
  'with its parsers where it is made, and its cookies and routers in the entry': {
    files: {
      'src/app.ts':
        "import express from 'express'\nimport cors from 'cors'\nexport const app = express()\napp.use(cors())\napp.use(express.json())\n",
      'src/index.ts': `${IMPORTS}import { app } from './app.js'
app.use(cookieParser())
app.use('/api/notes', requireAuth, notes)
app.listen(3000)
`,
    },
    site: ['src/index.ts', 'app'],
    above: 'app.use(cookieParser())',
  },
  'with routers in both': {
    files: {
      'src/app.ts': `${IMPORTS}import { open } from './open.js'
export const app = express()
app.use(express.json())
app.use('/api/open', open)
`,
      'src/open.ts': "import { Router } from 'express'\nexport const open = Router()\n",
      'src/index.ts': `${IMPORTS}import { app } from './app.js'
app.use(cookieParser())
app.use('/api/notes', requireAuth, notes)
app.listen(3000)
`,
    },
    site: ['src/index.ts', 'app'],
    above: 'app.use(cookieParser())',
  },
  'with open routers where it is made, and routes behind cookies in the entry': {
    files: {
      'src/app.ts': `${IMPORTS}import { open } from './open.js'
export const app = express()
app.use(express.json())
app.use('/api/open', open)
`,
      'src/open.ts': "import { Router } from 'express'\nexport const open = Router()\n",
      'src/index.ts': `${IMPORTS}import { app } from './app.js'
app.use(cookieParser())
app.get('/api/me', requireAuth, (req, res) => res.json(req.user))
app.listen(3000)
`,
    },
    site: ['src/index.ts', 'app'],
    above: 'app.use(cookieParser())',
  },
  'that is complete, and only gets its pages in the entry': {
    files: {
      'src/app.ts': `${IMPORTS}export const app = express()\n${SETUP('app')}`,
      'src/index.ts': `import express from 'express'
import { app } from './app.js'
app.use(express.static('dist'))
app.get('/health', (req, res) => res.send('ok'))
app.listen(3000)
`,
    },
    site: ['src/app.ts', 'app'],
    above: 'app.use(cookieParser())',
  },
  'that ends the way of the API where it is made': {
    files: {
      'src/app.ts': `${IMPORTS}export const app = express()
${SETUP('app')}app.use((req, res) => res.status(404).end())
`,
      'src/index.ts': `import { app } from './app.js'
import { notes } from './notes.js'
app.use('/api/later', notes)
app.listen(3000)
`,
    },
    site: ['src/app.ts', 'app'],
    above: 'app.use(cookieParser())',
  },
  'assigned to module.exports': commonJs(
    `const express = require('express')\nconst app = express()\nmodule.exports = app\n`,
    "const server = require('node:http').createServer()\nconst app = require('./socket')",
  ),
  'of an object that is assigned': commonJs(
    `const express = require('express')\nconst app = express()\nconst server = require('node:http').createServer(app)\nmodule.exports = { app, server }\n`,
    "const { app, server } = require('./socket')",
  ),
  'taken from exports under another name': commonJs(
    `const express = require('express')\nconst app = express()\nexports.app = app\nexports.server = require('node:http').createServer(app)\n`,
    "const { app: api, server } = require('./socket')",
    'api',
  ),
  'required with its module': commonJs(
    `const express = require('express')\nconst app = express()\nexports.app = app\n`,
    "const socket = require('./socket')\nconst server = require('node:http').createServer(socket.app)",
    'socket.app',
  ),
}

describe('billing on an app of another file', () => {
  it.each(Object.entries(SHAPES))('%s', async (_, { files, site: [file, variable], above }) => {
    const manifest = packageJson({ devDependencies: { vitest: '^4.0.0' } })
    const root = smallHost({ 'package.json': manifest, ...files })
    const detection = await detectHost(root)
    if (detection.status !== 'ok') throw new Error(JSON.stringify(detection.problems, null, 2))
    const { host } = detection
    expect(host.server.api).toMatchObject({ file, variable })

    const tree = new StagedTree(hostFiles(root))
    const spec = billingSpec([paid('Pro', 2_900)])
    const { plan } = await planIntegration({ spec, host, assumptions: [], tree, now: 0 })
    expect(plan.mounts.filter(({ byHand }) => byHand)).toEqual([])
    const text = tree.read(file) ?? ''
    const mount = text.indexOf(`${variable}.use('/api/billing'`)
    expect(text.indexOf(above)).toBeGreaterThan(-1)
    expect(mount).toBeGreaterThan(text.indexOf(above))
    expect(text.match(/'\/api\/billing'/g)).toHaveLength(1)
  })
})
