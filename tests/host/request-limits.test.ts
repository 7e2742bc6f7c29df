import { describe, expect, it } from 'vitest'
import type { RequestLimit } from '../../src/types.js'
import { profileOf, smallHost, type Files } from './support/small-host.js'

const IMPORTS = `import express from 'express'
import cors from 'cors'
import csurf from 'csurf'
import { notes } from './notes.js'
import { corsOptions, loadSession } from './settings.js'
`

const SETTINGS: Files = {
  'src/settings.ts': `export const corsOptions = { origin: true, methods: ['GET'] }
export function loadSession(req, res, next) { next() }
`,
}

async function limitsOf(statements: string): Promise<RequestLimit[]> {
  const app = `${IMPORTS}export const app = express()\n${statements}\n`
  const { server } = await profileOf(smallHost({ ...SETTINGS, 'src/app.ts': app }))
  return server.limits
}

describe('limits of requests', () => {
  it.each([
    ["app.use(cors({ methods: ['GET'] }))", 'cors', 'src/app.ts', 7],
    ['const options = { methods: [] }; app.use(cors(options))', 'cors', 'src/app.ts', 7],
    ['app.use(cors(corsOptions))', 'cors', 'src/settings.ts', 1],
    [
      "app.use((req, res, next) => { res.header('Access-Control-Allow-Methods', 'GET'); next() })",
      'cors',
      'src/app.ts',
      7,
    ],
    ['app.use(csurf({ cookie: true }))', 'csrf', 'src/app.ts', 7],
    ["const protect = csurf(); app.use('/api', protect)", 'csrf', 'src/app.ts', 7],
    ['app.use(csrfProtection)', 'csrf', 'src/app.ts', 7],
  ])('%s', async (statement, kind, file, line) => {
    expect(await limitsOf(statement)).toMatchObject([{ kind, file, line }])
  })

  it('are none where everything is let through, or only another path is limited', async () => {
    const statements = "app.use(cors())\napp.use('/admin', csurf())\napp.use(loadSession)"
    expect(await limitsOf(statements)).toEqual([])
  })

  it('are none behind the routers', async () => {
    expect(await limitsOf("app.use('/api/notes', notes)\napp.use(csurf())")).toEqual([])
  })
})
