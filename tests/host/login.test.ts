import { describe, expect, it } from 'vitest'
import {
  assumptionsOf,
  profileOf,
  problemsOf,
  smallHost,
  type Files,
} from './support/small-host.js'

const SIGNATURE = '(req, res, next) =>'

async function loginOf(changes: Files) {
  const host = await profileOf(smallHost(changes))
  return host.server.login?.value ?? null
}

/** How the user is named, with a middleware of this body and a route that does this. */
async function userIdOf(body: string, route = 'res.json([])') {
  const login = await loginOf(hostWith(body, route))
  return login?.userId
}

function hostWith(body: string, route: string): Files {
  return {
    'src/auth.ts': `export const requireAuth = ${SIGNATURE} { ${body}; next() }\n`,
    'src/notes.ts': `import { Router } from 'express'
import { pool } from './db.js'
export const notes = Router()
notes.get('/', async (req, res) => { ${route} })
`,
  }
}

const REJECT = 'if (!claims) return res.status(401).end()'

describe('the expression that names the user', () => {
  it.each([
    ['an object with an id', 'req.user = { id: claims.sub }', 'req.user.id'],
    ['an object with a user id', 'req.auth = { userId: claims.sub }', 'req.auth.userId'],
    ['an id of its own', 'req.userId = claims.sub', 'req.userId'],
    ['an object within an object', 'req.auth = { user: { id: 1 } }', 'req.auth.user.id'],
    ['a request that is cast', '(req as AuthRequest).user = { id: 1 }', 'req.user.id'],
    ['Object.assign', 'Object.assign(req, { user: { id: 1 } })', 'req.user.id'],
    ['the response', 'res.locals.user = { id: 1 }', 'req.res.locals.user.id'],
  ])('is found where the middleware sets %s', async (_, statement, expected) => {
    expect(await userIdOf(`${REJECT}; ${statement}`)).toBe(expected)
  })

  it.each([
    ['if (!req.session?.memberId) return res.status(401).end()', 'req.session.memberId'],
    ['if (!req.session.userId) return res.status(401).end()', 'req.session.userId'],
    ['if (!req.session?.user?.id) return res.sendStatus(401)', 'req.session.user.id'],
    [
      'const { userId } = req.session; if (!userId) return res.sendStatus(401)',
      'req.session.userId',
    ],
    ['if (!req.auth?.userId) throw new UnauthorizedError()', 'req.auth.userId'],
  ])('is found where the middleware only looks: %s', async (body, expected) => {
    expect(await userIdOf(body)).toBe(expected)
  })

  it.each([
    ['user: { userId: user.id } }', 'req.user = decoded.user', 'req.user.userId'],
    ['user: user.id }', 'req.user = decoded.user', 'req.user'],
    ['sub: user.id, role }', 'req.user = decoded', 'req.user.sub'],
    ['id: session.id, userId: user.id }', 'req.user = decoded', 'req.user.userId'],
    ['userId }', 'const { userId, role } = decoded; req.auth = decoded', 'req.auth.userId'],
  ])('is what tokens are signed with: %s', async (payload, set, expected) => {
    const signed = `const token = jwt.sign({ ${payload}, secret); res.json({ token })`
    const verified = `const decoded = jwt.verify(token, secret); if (!decoded) return res.status(401).end()`
    expect(await userIdOf(`${verified}; ${set}`, signed)).toBe(expected)
    const called = `if (!token) return res.status(401).end(); jwt.verify(token, secret, (error, decoded) => { ${set} })`
    expect(await userIdOf(called, signed)).toBe(expected)
  })

  it.each([
    ['{ id: user.id }', true],
    ['{ id: user.id, email: user.email }', false],
    ['{ id: user.id, ...rest }', false],
  ])('says whether an address stands beside it: %s', async (payload, lacksAddress) => {
    const body = `const decoded = jwt.verify(token, secret); if (!decoded) return res.status(401).end(); req.user = decoded; next()`
    const login = await loginOf({
      'src/auth.ts': `export const requireAuth = ${SIGNATURE} { ${body} }\n`,
      'src/notes.ts': `import { Router } from 'express'
import { pool } from './db.js'
export const notes = Router()
notes.get('/', async (req, res) => { res.json(jwt.sign(${payload}, secret)) })
`,
    })
    expect(login?.lacksAddress ?? false).toBe(lacksAddress)
  })

  it('is left as likely where tokens are signed in different ways, or with no id', async () => {
    const verified = `const decoded = jwt.verify(token, secret); ${REJECT}; req.user = decoded`
    for (const payloads of [
      ['{ sub: user.id }', '{ userId: user.id }'],
      ['{ email: user.email }'],
    ]) {
      const signed = payloads.map((payload) => `jwt.sign(${payload}, secret)`).join('; ')
      expect(await userIdOf(verified, signed)).toBe('req.user.id')
    }
  })

  it.each([
    ['select user_id, email from users where user_id = $1', 'req.user.user_id'],
    ['SELECT u.email, u.id AS uid FROM users u', 'req.user.uid'],
    ['select * from users where users.user_id = $1', 'req.user.user_id'],
    ['select * from users where "userId" = $1', 'req.user.userId'],
    ['select * from users where token = $1', 'req.user.id'],
    ['select * from users', 'req.user.id'],
    ['SELECT id, user_id FROM sessions WHERE token = $1', 'req.user.user_id'],
    ['SELECT s.id, s."userId" FROM sessions s', 'req.user.userId'],
  ])('is the column of the row that is selected: %s', async (sql, expected) => {
    const found = `const result = await pool.query('${sql}', [1]); ${REJECT}; req.user = result.rows[0]`
    expect(await userIdOf(found)).toBe(expected)
  })

  it.each([
    ['SELECT id, email FROM users WHERE id = $1', 'detected'],
    ['SELECT id, expires_at FROM user_sessions WHERE token = $1', 'assumed'],
    ['select * from api_keys where id = $1', 'assumed'],
  ])('is not the id of what lets the user in: %s', async (sql, source) => {
    const body = `const result = await pool.query('${sql}', [1]); ${REJECT}; req.user = result.rows[0]`
    const { server } = await profileOf(smallHost(hostWith(body, 'res.json([])')))
    expect(server.login?.source).toBe(source)
  })

  it.each([
    ['pool.query(q, [req.user!.id])', 'req.user.id'],
    ['pool.query(q, [(req as any).user.userId])', 'req.user.userId'],
    ['const { sub } = req.user; pool.query(q, [sub])', 'req.user.sub'],
    ['const user = req.user!; pool.query(q, [user._id.toString()])', 'req.user._id'],
    ['const { user } = req as AuthRequest; pool.query(q, [user.uid])', 'req.user.uid'],
  ])(
    'is read off routes where the middleware sets something opaque: %s',
    async (route, expected) => {
      expect(await userIdOf(`${REJECT}; req.user = claims`, route)).toBe(expected)
    },
  )

  it('is what routes read most, not what one of them reads', async () => {
    const route = 'q(req.user.accountId); q(req.user.id); q(req.user.id)'
    expect(await userIdOf(`${REJECT}; req.user = claims`, route)).toBe('req.user.id')
  })

  it('is never something that the caller sends', async () => {
    const route = 'q(req.params.id); q(req.body.userId); q(req.query.userId)'
    expect(await userIdOf(`${REJECT}; req.user = { id: req.body.id }`, route)).toBe('req.user.id')
  })

  it.each([
    ['if (!req.session || !req.session.user) return res.status(401).end()'],
    ['if (!req.session) return res.status(401).end()'],
  ])('is not something else that the session holds: %s', async (body) => {
    const route = 'q(req.session.cart.id); q(req.session.cart.id); q([req.session.user.id])'
    expect(await userIdOf(body, route)).toBe('req.session.user.id')
  })

  it('is not the id of the session', async () => {
    const body = 'if (!req.session) return res.status(401).end()'
    expect(await userIdOf(body, 'q([req.session.id])')).toBe('req.user.id')
  })

  it.each([
    ['verify(req.headers.authorization, secret, (err) => err && res.status(401).end())', true],
    ['const user = decode(req); if (!user) return res.status(401).end()', undefined],
    ['const claims = verify(token); if (!claims) return res.status(401).end()', true],
    [
      'const claims = verify(t); if (!claims) return res.status(401).end(); req.user = claims',
      undefined,
    ],
  ])('is nowhere if the middleware puts nothing on the request: %s', async (body, expected) => {
    const login = await loginOf({
      'src/auth.ts': `export const requireAuth = ${SIGNATURE} { ${body}; next() }\n`,
      'src/notes.ts':
        "import { Router } from 'express'\nimport './db.js'\nexport const notes = Router()\n",
    })
    expect(login?.isAnonymous).toBe(expected)
  })

  it('is taken from the declared type where nothing reads it', async () => {
    const login = await loginOf({
      'src/auth.ts': `interface Claims { email: string; userId: string }
declare global { namespace Express { interface Request { user?: Claims } } }
export const requireAuth = ${SIGNATURE} { ${REJECT}; req.user = verify(token); next() }
`,
      'src/notes.ts': `import { Router } from 'express'
export const notes = Router()
import './db.js'
`,
    })
    expect(login?.userId).toBe('req.user.userId')
  })

  it('is assumed, and said so, where the host does not show it', async () => {
    const root = smallHost({
      'src/auth.ts': `import passport from 'passport'
export const requireAuth = passport.authenticate('jwt', { session: false })
`,
      'src/notes.ts': `import { Router } from 'express'
import './db.js'
export const notes = Router()
`,
    })
    const host = await profileOf(root)
    expect(host.server.login).toMatchObject({ source: 'assumed', value: { userId: 'req.user.id' } })
    expect(await assumptionsOf(root)).toContainEqual(
      expect.objectContaining({ field: 'host.login.userId', value: 'req.user.id' }),
    )
  })
})

describe('the login middleware', () => {
  const app = (mounts: string) => `import express from 'express'
import { requireAuth, requireAdmin, optionalAuth } from './auth.js'
import { notes } from './notes.js'
export const app = express()
${mounts}
`
  const auth = `
export function requireAuth(req, res, next) { if (!t) return res.status(401).end(); req.userId = t; next() }
export function requireAdmin(req, res, next) { if (!t) return res.status(401).end(); next() }
export function optionalAuth(req, res, next) { req.userId = t; next() }
`

  it('is not one that only looks at what a form has sent', async () => {
    const login = await loginOf({
      'src/auth.ts': `
export function validInfo(req, res, next) {
  const { email, password } = req.body
  if (req.path === '/login' && ![email, password].every(Boolean)) return res.status(401).end()
  next()
}
export const authorize = (req, res, next) => { try { req.user = verify(req.header('token')).user; next() } catch { res.status(403).end() } }
`,
      'src/notes.ts': `import { Router } from 'express'
import { authorize, validInfo } from './auth.js'
import { pool } from './db.js'
export const notes = Router()
notes.post('/register', validInfo, (req, res) => res.end())
notes.post('/login', validInfo, (req, res) => res.end())
notes.get('/me', authorize, async (req, res) => res.json(await pool.query(q, [req.user.id])))
`,
      'src/app.ts': `import express from 'express'
import { notes } from './notes.js'
export const app = express()
app.use('/api/notes', notes)
`,
    })
    expect(login?.middleware).toMatchObject({ name: 'authorize' })
  })

  it('is not the one for administrators, nor one that lets everybody in', async () => {
    const login = await loginOf({
      'src/auth.ts': auth,
      'src/app.ts': app(`app.use(optionalAuth)
app.use('/api/a', requireAdmin, notes)
app.use('/api/b', requireAdmin, notes)
app.use('/api/notes', requireAuth, notes)`),
    })
    expect(login?.middleware).toMatchObject({
      file: 'src/auth.ts',
      name: 'requireAuth',
      default: false,
    })
  })

  it('is found in the routers that use it', async () => {
    const login = await loginOf({
      'src/app.ts': app("app.use('/api/notes', notes)"),
      'src/notes.ts': `import { Router } from 'express'
import { requireAuth } from './auth.js'
import './db.js'
export const notes = Router()
notes.use(requireAuth)
notes.get('/', (req, res) => res.json(req.user.id))
`,
    })
    expect(login?.middleware?.name).toBe('requireAuth')
  })

  it('is found through a barrel, a router factory and a wrapper', async () => {
    const login = await loginOf({
      'src/app.ts': `import express from 'express'
import { createApi } from './api/index.js'
export const app = express()
app.use('/api', createApi())
`,
      'src/api/index.ts': `import { Router } from 'express'
import { protect } from '../middleware/index.js'
import '../db.js'
export function createApi() {
  const router = Router()
  router.get('/notes', protect, (req, res) => res.json(req.user.id))
  return router
}
`,
      'src/middleware/index.ts': "export * from './protect.js'\n",
      'src/middleware/protect.ts': `import asyncHandler from 'express-async-handler'
export const protect = asyncHandler(async (req, res, next) => {
  if (!token) { res.status(401); throw new Error('Not authorized') }
  req.user = await load(token)
  next()
})
`,
    })
    expect(login).toMatchObject({
      middleware: { file: 'src/middleware/protect.ts', name: 'protect', default: false },
      userId: 'req.user.id',
    })
  })

  it('may be a default export', async () => {
    const login = await loginOf({
      'src/app.ts': `import express from 'express'
import auth from './auth.js'
import { notes } from './notes.js'
export const app = express()
app.use('/api/notes', auth, notes)
`,
      'src/auth.ts': `export default function auth(req, res, next) {
  if (!req.session.userId) return next(createError(401))
  next()
}
`,
    })
    expect(login?.middleware).toMatchObject({ file: 'src/auth.ts', name: 'auth', default: true })
  })

  it('is named by the mount that asks for it everywhere', async () => {
    const host = await profileOf(
      smallHost({
        'src/auth.ts': auth,
        'src/app.ts': app("app.use('/api', requireAuth)\napp.use('/api/notes', notes)"),
      }),
    )
    expect(host.server.mounts.map(({ kind }) => kind)).toEqual(['login', 'router'])
  })

  it.each([
    [
      'has to be made first',
      `app.use('/api/notes', login(), notes)
function login() { return (req, res, next) => (req.user ? next() : res.sendStatus(401)) }`,
    ],
    [
      'stands in the module of the app',
      `export const guard = (req, res, next) => (req.user ? next() : res.sendStatus(401))
app.use('/api/notes', guard, notes)`,
    ],
    [
      'is not exported',
      "function guard(req, res, next) { if (!req.user) return res.sendStatus(401); next() }\napp.use('/api/notes', guard, notes)",
    ],
    ['is not there', "app.use('/api/notes', notes)"],
  ])('is none, and said so, when it %s', async (_, mounts) => {
    const root = smallHost({ 'src/app.ts': app(mounts) })
    expect((await profileOf(root)).server.login).toBeNull()
    const assumptions = await assumptionsOf(root)
    expect(assumptions).toContainEqual(
      expect.objectContaining({ field: 'host.login', value: 'none' }),
    )
  })

  it('is none where one lies there that no route has, and that is what is said', async () => {
    const root = smallHost({
      'src/auth.ts': auth,
      'src/app.ts': app("app.use('/api/notes', notes)"),
    })
    const [login] = (await assumptionsOf(root)).filter(({ field }) => field === 'host.login')
    expect(login?.reason).toContain('no route has a middleware that answers 401 without a login')
  })

  it('may answer through a function beside it', async () => {
    const login = await loginOf({
      'src/auth.ts': `const deny = (res) => res.status(401).end()
export const requireAuth = (req, res, next) => { if (!t) return deny(res); req.userId = t; next() }
`,
    })
    expect(login?.middleware?.name).toBe('requireAuth')
  })

  it('can be given by flag, with the expression', async () => {
    const root = smallHost({ 'src/auth.ts': auth })
    const flags = { login: 'src/auth.ts#optionalAuth', userId: 'req.account.id' }
    expect((await profileOf(root, flags)).server.login).toMatchObject({
      source: 'flag',
      value: {
        middleware: { file: 'src/auth.ts', name: 'optionalAuth' },
        userId: 'req.account.id',
      },
    })
  })

  it.each([
    [{ login: 'src/auth.ts#nobody' }, '--login'],
    [{ login: '../../etc/passwd#x' }, '--login'],
    [{ login: 'src/auth.ts#requireAuth', userId: 'process.exit(1)' }, '--user-id'],
  ])('is refused by flag when there is none: %j', async (flags, flag) => {
    const root = smallHost({ 'src/auth.ts': auth })
    expect(await problemsOf(root, flags)).toMatchObject([{ code: 'login_not_found', flag }])
  })
})
