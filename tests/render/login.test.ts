import { describe, expect, test } from 'vitest'
import { templateData } from '../../src/render/data.js'
import { renderTemplate } from '../../src/render/engine.js'
import { layoutOf } from '../../src/render/layout.js'
import { openLibrary } from '../../src/render/library.js'
import type { Login, LoginMiddleware } from '../../src/types.js'
import { billingSpec, hostProfile, paid } from '../support/profiles.js'

const HTTP = 'server/billing/http.ts'
const ROUTES = 'server/routes/billing.routes.ts'
const SPEC = billingSpec([paid('Pro', 2_900)])

const requireAuth: LoginMiddleware = {
  file: 'server/auth.ts',
  name: 'requireAuth',
  default: false,
  package: false,
  use: '',
  cast: false,
}

/** Billing's two modules that know of the login, as text on single spaces. */
function rendered(login: Login | null): string {
  const profile = hostProfile()
  const value = login && { value: login, source: 'detected' as const, evidence: [] }
  const host = { ...profile, server: { ...profile.server, login: value } }
  const data = templateData(SPEC, host)
  return [HTTP, ROUTES]
    .map((path) =>
      renderTemplate(openLibrary(), `stacks/servers/express/${path}`, data, layoutOf(host), path),
    )
    .join('\n')
    .replace(/\s+/g, ' ')
}

describe('the login of billing', () => {
  test("is the host's middleware under the name that billing has for it", () => {
    const code = rendered({ middleware: requireAuth, userId: 'req.user.id' })
    expect(code).toContain("import { requireAuth as requireLogin } from '../auth.js'")
    expect(code).not.toContain('const requireLogin')
  })

  test.each([
    ['auth', "import { auth } from '../lib/auth.js'", 'auth.api.getSession('],
    ['log', "import { log as betterAuth } from '../lib/auth.js'", 'betterAuth.api.getSession('],
  ])('asks Better Auth for the session, exported as %s', (name, imported, asks) => {
    const betterAuth = { file: 'server/lib/auth.ts', name, default: false }
    const code = rendered({ middleware: null, betterAuth, userId: 'req.user.id' })
    expect(code).toContain("import { fromNodeHeaders } from 'better-auth/node'")
    expect(code).toContain(imported)
    expect(code).toContain(asks)
    expect(code).toContain("next(session ? undefined : new BillingError('unauthenticated'))")
    expect(code).toContain("requireLogin } from '../billing/http.js'")
  })

  test('is closed to everybody where none was recognised', () => {
    const code = rendered(null)
    expect(code).toContain(
      'const requireLogin: RequestHandler = (_req, _res, next) => { next(new B',
    )
  })

  test.each<[string, Partial<LoginMiddleware>, string[]]>([
    [
      'made by a call',
      { use: '()' },
      [
        "import { requireAuth } from '../auth.js'",
        'export const requireLogin: RequestHandler = requireAuth()',
      ],
    ],
    [
      "of a package's default export",
      {
        file: 'passport',
        name: 'passport',
        default: true,
        package: true,
        use: ".authenticate('jwt', { session: false })",
      },
      [
        "import passport from 'passport'",
        "requireLogin: RequestHandler = passport.authenticate('jwt', { session: false })",
      ],
    ],
    [
      'that asks for a request of its own type',
      { cast: true },
      ['export const requireLogin = requireAuth as RequestHandler'],
    ],
    [
      "under a name that billing's module has itself",
      { name: 'log', use: '.in' },
      ["import { log as login } from '../auth.js'", 'requireLogin: RequestHandler = login.in'],
    ],
  ])('is one %s', (_, middleware, expected) => {
    const code = rendered({ middleware: { ...requireAuth, ...middleware }, userId: 'req.user.id' })
    for (const text of expected) expect(code).toContain(text)
    expect(code).toMatch(/import \{[^}]*requireLogin,? \} from '\.\.\/billing\/http\.js'/)
  })

  test('asks the session where routes look for themselves', () => {
    const code = rendered({ middleware: null, userId: 'req.session.userId' })
    expect(code).toContain(
      'requireLogin: RequestHandler = (req, _res, next) => { if (currentUserId(',
    )
    expect(code).toMatch(/import \{[^}]*requireLogin,? \} from '\.\.\/billing\/http\.js'/)
  })
})
