import { describe, expect, it } from 'vitest'
import { detectHost } from '../../src/host/index.js'
import { planIntegration } from '../../src/plan/plan.js'
import { hostFiles } from '../../src/tree/host-files.js'
import { StagedTree } from '../../src/tree/staged-tree.js'
import { billingSpec, paid } from '../support/profiles.js'
import { packageJson, profileOf, smallHost } from './support/small-host.js'

const AUTH = (read: string): string => `import type { RequestHandler } from 'express'
export const requireAuth: RequestHandler = (req, res, next) => {
  ${read}
  if (!user) return res.status(401).end()
  req.user = { id: user.id }
  next()
}
`
const APP = (mounts: string): string => `import express from 'express'
import cookieParser from 'cookie-parser'
import session from 'express-session'
import passport from 'passport'
import { requireAuth } from './auth.js'
import { notes } from './notes.js'
import { load } from './load.js'

export const app = express()
app.use(express.json())
${mounts}
app.use('/api/notes', requireAuth, notes)
`
const COOKIES = AUTH('const user = verify(req.cookies.token)')
const SESSION = AUTH('const { user } = req.session')
const PASSPORT = AUTH('const user = req.isAuthenticated() ? req.user : null')

function hostWith(auth: string, mounts: string, load = ''): string {
  const manifest = packageJson({ devDependencies: { vitest: '^4.0.0' } })
  return smallHost({
    'package.json': manifest,
    'src/auth.ts': auth,
    'src/app.ts': APP(mounts),
    'src/load.ts': load,
  })
}

async function needsOf(auth: string, mounts: string, load?: string): Promise<string[]> {
  return (await profileOf(hostWith(auth, mounts, load))).server.loginNeeds
}

describe('what the login reads of a request', () => {
  it.each([
    ['cookies', COOKIES, 'app.use(cookieParser())'],
    ['cookies', AUTH('const { cookies } = req\n  const user = verify(cookies.token)'), ''],
    ['session', SESSION, 'app.use(session({ secret }))'],
    ['passport', PASSPORT, 'app.use(passport.initialize())\napp.use(passport.session())'],
  ])('is missing where nothing puts it there: %s', async (need, auth, mounts) => {
    expect(await needsOf(auth, '')).toContain(need)
    if (mounts !== '') expect(await needsOf(auth, mounts)).toEqual([])
  })

  it('is not what it puts there itself', async () => {
    const auth = AUTH('const user = await sessionOf(req.headers)\n  req.session = user.session')
    expect(await needsOf(auth, '')).toEqual([])
  })

  it('is there where a function of the host puts it there', async () => {
    const load = `import cookieParser from 'cookie-parser'
export function load(app) { app.use(cookieParser()) }
`
    expect(await needsOf(COOKIES, 'load(app)', load)).toEqual([])
  })

  it('is there where a middleware of the host does so by another name', async () => {
    const load = `import parse from 'cookie'
export const load = (req, res, next) => { req.cookies = parse(req.headers.cookie); next() }
`
    expect(await needsOf(COOKIES, 'app.use(load)', load)).toEqual([])
  })

  it('is not said to be missing where something is mounted that cannot be seen into', async () => {
    expect(await needsOf(COOKIES, 'for (const each of all) app.use(each)')).toEqual([])
    expect(await needsOf(COOKIES, 'setUpSomewhere(app)')).toEqual([])
  })

  it('is nothing that must be put there where it reads headers', async () => {
    expect(await needsOf(AUTH('const user = verify(req.headers.authorization)'), '')).toEqual([])
  })

  it('is a step where it is missing', async () => {
    const root = hostWith(COOKIES, '')
    const detection = await detectHost(root)
    if (detection.status !== 'ok') throw new Error(JSON.stringify(detection.problems))
    const tree = new StagedTree(hostFiles(root))
    const spec = billingSpec([paid('Pro', 2_900)])
    const input = { spec, host: detection.host, assumptions: [], tree, now: 0 }
    const { plan } = await planIntegration(input)
    expect(plan.manualSteps).toMatchObject([
      {
        file: 'src/app.ts',
        snippet: 'app.use(cookieParser())',
        reason: expect.stringContaining('requireAuth reads the cookies of a request') as string,
      },
    ])
  })
})

describe('a login that reads the Authorization header alone', () => {
  it.each([
    ["const [, token] = req.headers.authorization?.split(' ') ?? []", true],
    ["const token = req.get('Authorization')", true],
    ['const token = req.cookies.token ?? req.headers.authorization', false],
    ['const { userId } = req.session', false],
  ])('is told from others: %s', async (reads, expected) => {
    const auth = `export const requireAuth = (req, res, next) => { ${reads}; if (!token) return res.status(401).end(); req.user = { id: 1 }; next() }`
    const { server } = await profileOf(hostWith(auth, ''))
    expect(server.loginInHeader).toBe(expected)
  })
})
