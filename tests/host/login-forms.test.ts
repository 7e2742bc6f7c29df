import { describe, expect, it } from 'vitest'
import {
  assumptionsOf,
  packageJson,
  profileOf,
  smallHost,
  type Files,
} from './support/small-host.js'

/** A host whose routes for notes use a login in some form. */
function host(auth: string, notes: string, more: Files = {}): string {
  return smallHost({
    'src/app.ts': `import express from 'express'
import session from 'express-session'
import { notes } from './notes.js'

export const app = express()
app.use(express.json())
app.use(session({ secret: 'secret' }))
app.use('/api/notes', notes)
`,
    'src/auth.ts': auth,
    'src/notes.ts': `import { Router } from 'express'
import './db.js'
${notes}`,
    ...more,
  })
}

async function loginOf(...args: Parameters<typeof host>): Promise<string | null> {
  const { login } = (await profileOf(host(...args))).server
  if (!login) return null
  const { middleware, userId } = login.value
  if (!middleware) return `in place, ${userId}`
  const { file, name, use, cast } = middleware
  const how = middleware.default ? 'default' : 'by name'
  return `${name}${use}${cast ? ' as RequestHandler' : ''} (${how}) of ${file}, ${userId}`
}

const CHECK = `const claims = verify(req.headers.authorization)
  if (!claims) return res.status(401).json({ error: 'Unauthorized' })`

const routes = (login: string, read = 'req.user.id'): string => `
export const notes = Router()
notes.get('/', ${login}, (req, res) => res.json(list(${read})))
`

describe('a login that is not an exported function', () => {
  it.each([
    [
      'is made by a function',
      `export const requireAuth = () => (req, res, next) => { ${CHECK}; req.user = claims; next() }`,
      `import { requireAuth } from './auth.js'${routes('requireAuth()')}`,
      'requireAuth() (by name) of src/auth.ts, req.user.id',
    ],
    [
      'is made for a role that everybody has',
      `export function authorize(...roles) { return (req, res, next) => { ${CHECK}; req.user = claims; next() } }`,
      `import { authorize } from './auth.js'${routes("authorize('user')")}`,
      "authorize('user') (by name) of src/auth.ts, req.user.id",
    ],
    [
      'is a static method',
      `export class Auth { static verify(req, res, next) { ${CHECK}; req.user = claims; next() } }`,
      `import { Auth } from './auth.js'${routes('Auth.verify')}`,
      'Auth.verify (by name) of src/auth.ts, req.user.id',
    ],
    [
      'is a method of an exported instance',
      `class AuthMiddleware { handle = (req, res, next) => { ${CHECK}; req.userId = claims.sub; next() } }
export default new AuthMiddleware()`,
      `import auth from './auth.js'${routes('auth.handle', 'req.userId')}`,
      'auth.handle (default) of src/auth.ts, req.userId',
    ],
    [
      'is a property of an exported object',
      `const protect = (req, res, next) => { ${CHECK}; req.user = claims; next() }
export default { protect }`,
      `import auth from './auth.js'${routes('auth.protect')}`,
      'auth.protect (default) of src/auth.ts, req.user.id',
    ],
    [
      'is taken from a module as a whole',
      `export const protect = (req, res, next) => { ${CHECK}; req.user = claims; next() }`,
      `import * as auth from './auth.js'${routes('auth.protect')}`,
      'protect (by name) of src/auth.ts, req.user.id',
    ],
    [
      'is made by express-jwt under another name',
      `import { expressjwt as jwt } from 'express-jwt'
export const isSignedIn = jwt({ secret: 'x', userProperty: 'auth', algorithms: ['HS256'] })`,
      `import { isSignedIn } from './auth.js'${routes('isSignedIn', 'req.auth.id')}`,
      'isSignedIn (by name) of src/auth.ts, req.auth.id',
    ],
    [
      'is passport in place',
      'export {}',
      `import passport from 'passport'${routes("passport.authenticate('jwt', { session: false })")}`,
      "passport.authenticate('jwt', { session: false }) (default) of passport, req.user.id",
    ],
    [
      'asks for a request of its own type',
      `import type { Request, Response } from 'express'
interface AuthRequest extends Request { user: { id: number } }
export const auth = (req: AuthRequest, res: Response, next: () => void) => { ${CHECK}; req.user = claims; next() }`,
      `import { auth } from './auth.js'${routes('auth')}`,
      'auth as RequestHandler (by name) of src/auth.ts, req.user.id',
    ],
    [
      'answers 403',
      `export const verifyToken = (req, res, next) => { if (!ok(req)) return res.status(403).end(); req.user = { id: 1 }; next() }`,
      `import { verifyToken } from './auth.js'${routes('verifyToken')}`,
      'verifyToken (by name) of src/auth.ts, req.user.id',
    ],
    [
      'redirects',
      `export const ensureLoggedIn = (req, res, next) => { if (!req.session.userId) return res.redirect('/login'); next() }`,
      `import { ensureLoggedIn } from './auth.js'${routes('ensureLoggedIn', 'req.session.userId')}`,
      'ensureLoggedIn (by name) of src/auth.ts, req.session.userId',
    ],
  ])('%s', async (_, auth, notes, expected) => {
    const more = { 'package.json': packageJson({ dependencies: { passport: '^0.7.0' } }) }
    expect(await loginOf(auth, notes, more)).toBe(expected)
  })

  it('is never one that lets in only some, or by which a person logs in', async () => {
    const auth = `export const auth = (role) => (req, res, next) => { ${CHECK}; next() }`
    const notes = `import passport from 'passport'
import { auth } from './auth.js'
export const notes = Router()
notes.get('/', auth('admin'), (req, res) => res.json([]))
notes.post('/login', passport.authenticate('local'), (req, res) => res.json([]))
notes.get('/all', auth(Role.ANY), (req, res) => res.json([]))
`
    expect(await loginOf(auth, notes)).toBe(null)
    const [login] = await assumptionsOf(host(auth, notes))
    expect(login?.reason).toContain('only some that may let in less: auth in src/auth.ts')
  })
})

describe('a login that is called with roles', () => {
  const of = (maker: string, used: string): Promise<string | null> => {
    const set = `${CHECK}; req.user = { id: claims.sub, role: claims.role }`
    const auth = `export const authorize = ${maker.replace('CHECK', set)}`
    const notes = `import { Role } from './roles.js'
import { authorize } from './auth.js'
export const notes = Router()
notes.get('/', authorize(${used}), (req, res) => res.json([]))
notes.delete('/', authorize(Role.ADMIN), (req, res) => res.json([]))
`
    return loginOf(auth, notes)
  }

  it.each([
    [
      'any number of them',
      `(...roles) => (req, res, next) => {
  CHECK
  if (roles.length > 0 && !roles.includes(req.user.role)) return res.status(403).end()
  next()
}`,
    ],
    [
      'a list that may be left out',
      `(required?: string[]) => async (req, res, next) => {
  CHECK
  if (required?.length && !required.includes(req.user.role)) throw new Forbidden()
  next()
}`,
    ],
    [
      'a list that is empty unless it is given',
      `(required = []) => (req, res, next) => {
  CHECK
  if (!required.length || required.includes(req.user.role)) return next()
  res.status(403).end()
}`,
    ],
  ])('lets in everybody who is logged in when it is called with none of %s', async (_, maker) => {
    expect(await of(maker, 'Role.ADMIN, Role.USER')).toBe(
      'authorize() (by name) of src/auth.ts, req.user.id',
    )
  })

  it.each([
    [
      'which lets in nobody without roles',
      `(...roles) => (req, res, next) => {
  CHECK
  if (!roles.includes(req.user.role)) return res.status(403).end()
  next()
}`,
    ],
    [
      'which needs a role',
      `(role) => (req, res, next) => {
  CHECK
  if (role.length > 0 && role !== req.user.role) return res.status(403).end()
  next()
}`,
    ],
  ])('is not one %s', async (_, maker) => {
    expect(await of(maker, 'Role.ADMIN, Role.USER')).toBe(null)
  })
})

describe('a login that routes look at themselves', () => {
  const session = {
    'package.json': packageJson({ dependencies: { 'express-session': '^1.18.0' } }),
  }

  it.each([
    [
      'if (!req.session.userId) return res.status(401).end(); q([req.session.userId])',
      'in place, req.session.userId',
    ],
    [
      'if (!req.session.user) return res.sendStatus(401); q([req.session.user.id])',
      'in place, req.session.user.id',
    ],
    [
      'if (!req.isAuthenticated()) return res.sendStatus(401); q([req.user.id])',
      'in place, req.user.id',
    ],
  ])('is asked for in place: %s', async (body, expected) => {
    const notes = `
export const notes = Router()
notes.get('/', (req, res) => { ${body} })
`
    expect(await loginOf('export {}', notes, session)).toBe(expected)
  })

  it('is asked for in place where the middleware for it is not exported', async () => {
    const notes = `
function isAuthenticated(req, res, next) {
  if (req.isAuthenticated()) return next()
  res.status(401).json({ message: 'Unauthorized' })
}
${routes('isAuthenticated')}`
    expect(await loginOf('export {}', notes, session)).toBe('in place, req.user.id')
  })

  it('stays closed without a session, and says what was seen', async () => {
    const notes = `
const auth = (req, res, next) => { ${CHECK}; req.user = claims; next() }
${routes('auth')}`
    const root = host('export {}', notes)
    expect((await profileOf(root)).server.login).toBe(null)
    const reasons = (await assumptionsOf(root)).map(({ reason }) => reason)
    expect(reasons[0]).toContain('auth in src/notes.ts is not exported')
  })
})

describe('a login that nothing mounted leads to', () => {
  it('is found in the router of a class', async () => {
    const auth = `export const AuthMiddleware = (req, res, next) => { ${CHECK}; req.user = claims; next() }`
    const notes = `import { AuthMiddleware } from './auth.js'
class NotesRoute {
  router = Router()
  constructor() {
    this.router.get('/notes', AuthMiddleware, (req, res) => res.json(list(req.user.id)))
  }
}
export const notes = new NotesRoute().router
`
    expect(await loginOf(auth, notes)).toBe('AuthMiddleware (by name) of src/auth.ts, req.user.id')
  })
})

describe('the user that is kept as the id alone', () => {
  it('is not some other property that is compared', async () => {
    const auth = `export const auth = (req, res, next) => {
  if (req.user.role !== 'user') return res.status(401).end()
  next()
}
`
    const notes = `import { auth } from './auth.js'
export const notes = Router()
notes.get('/', auth, (req, res) => { if (req.user.role === 'owner') res.json(q([req.user.id])) })
`
    expect(await loginOf(auth, notes)).toBe('auth (by name) of src/auth.ts, req.user.id')
  })

  it.each([
    ['req.user = claims.id', 'res.json(req.user)', 'req.user'],
    ['req.user = Number(claims.sub)', 'res.json([])', 'req.user'],
    ['req.user = claims.user', 'res.json(q(sql, [req.user]))', 'req.user'],
    ['req.user = claims.user', 'res.json(q(sql, [req.user.id]))', 'req.user.id'],
    [
      'const session = await auth.api.getSession({ headers: req.headers }); req.user = session.user',
      'res.json([])',
      'req.user.id',
    ],
    ['req.account = claims', 'if (note.ownerId !== req.account.sub) fail()', 'req.account.sub'],
  ])('%s; %s', async (set, read, expected) => {
    const auth = `export const auth = async (req, res, next) => { ${CHECK}; ${set}; next() }`
    const notes = `import { auth } from './auth.js'
export const notes = Router()
notes.get('/', auth, (req, res) => { ${read} })
`
    expect(await loginOf(auth, notes)).toBe(`auth (by name) of src/auth.ts, ${expected}`)
  })
})

describe('a login that no route uses yet', () => {
  const template = (files: Files): string =>
    host('export {}', 'export const notes = Router()', {
      'src/middleware/authenticate.ts': `export const authenticate = async (req, res, next) => {
  const session = await sessionOf(req.headers)
  if (!session) return res.status(401).json({ error: 'Unauthorized' })
  req.user = { id: session.userId }
  next()
}
`,
      ...files,
    })

  it('is taken where nothing else answers 401, and said', async () => {
    const root = template({})
    const login = (await profileOf(root)).server.login?.value
    expect(login?.middleware).toMatchObject({
      file: 'src/middleware/authenticate.ts',
      name: 'authenticate',
    })
    expect(login?.userId).toBe('req.user.id')
    expect(await assumptionsOf(root)).toContainEqual({
      field: 'host.login',
      value: 'authenticate',
      reason:
        'no route uses it, but nothing else answers 401 without a login (src/middleware/authenticate.ts)',
    })
  })

  it.each([
    [
      'two could be it',
      `export const verifyToken = (req, res, next) => { ${CHECK}; req.user = { id: claims.sub }; next() }`,
    ],
  ])('is not taken where %s', async (_, other) => {
    const root = template({ 'src/middleware/token.ts': other })
    expect((await profileOf(root)).server.login).toBe(null)
  })

  it.each([
    ['puts nobody on the request', `(req, res, next) => { ${CHECK}; next() }`],
    [
      'answers the request itself',
      `(req, res, next) => { ${CHECK}; req.user = { id: 1 }; res.json(claims) }`,
    ],
  ])('is not one that %s', async (_, code) => {
    const root = template({
      'src/middleware/authenticate.ts': `export const authenticate = ${code}`,
    })
    expect((await profileOf(root)).server.login).toBe(null)
  })
})

describe('a login that puts the user where nothing of the kind is looked for', () => {
  it('is one of which the place of the user is only likely, and not taken from its own name', async () => {
    const auth = `export function requiresAuth() { return (req, res, next) => { ${CHECK}; req.body.jwt = claims; next() } }`
    const notes = `import { requiresAuth } from './auth.js'${routes('requiresAuth()', 'req.body.jwt.id')}`
    const { login } = (await profileOf(host(auth, notes))).server
    expect(login).toMatchObject({ source: 'assumed', value: { userId: 'req.user.id' } })
  })
})

describe('a login of Better Auth', () => {
  const betterAuth = (notes: string, more: Files = {}): string =>
    host(
      `import { betterAuth } from 'better-auth'
export const auth = betterAuth({ emailAndPassword: { enabled: true } })
`,
      `import { auth } from './auth.js'
export const notes = Router()
${notes}`,
      {
        'package.json': packageJson({ dependencies: { 'better-auth': '^1.3.0' } }),
        ...more,
      },
    )
  const ASKS = 'const session = await auth.api.getSession({ headers: req.headers })'

  it('is asked by billing itself where routes ask in place', async () => {
    const root = betterAuth(`notes.get('/', async (req, res) => { ${ASKS}; res.json(session) })`)
    const { login } = (await profileOf(root)).server
    expect(login).toEqual({
      value: {
        middleware: null,
        betterAuth: { file: 'src/auth.ts', name: 'auth', default: false },
        userId: 'req.user.id',
      },
      source: 'detected',
      evidence: [{ file: 'src/auth.ts', line: 2 }],
    })
  })

  it('is the middleware that asks it, where there is one', async () => {
    const root = betterAuth("notes.get('/', signedIn, (req, res) => res.json([]))", {
      'src/signed-in.ts': `import { auth } from './auth.js'
export const signedIn = async (req, res, next) => {
  ${ASKS}
  if (!session) return res.status(401).end()
  req.user = session.user
  next()
}
`,
      'src/notes.ts': `import { Router } from 'express'
import './db.js'
import { signedIn } from './signed-in.js'
export const notes = Router()
notes.get('/', signedIn, (req, res) => res.json([]))
`,
    })
    const login = (await profileOf(root)).server.login?.value
    expect(login?.middleware).toMatchObject({ name: 'signedIn' })
    expect(login?.betterAuth).toBe(undefined)
  })

  it('stays closed where a middleware may look at more than the session', async () => {
    const root = betterAuth(
      `const authorize = (...roles) => async (req, res, next) => {
  ${ASKS}
  if (!session || session.user.isBlocked) return res.status(401).end()
  next()
}
notes.get('/', authorize(Role.USER), (req, res) => res.json([]))`,
    )
    expect((await profileOf(root)).server.login).toBe(null)
  })
})
