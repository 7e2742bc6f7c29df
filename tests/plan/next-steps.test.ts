import { describe, expect, it } from 'vitest'
import { contributionsTo } from '../../src/plan/contributions.js'
import { templateData } from '../../src/render/data.js'
import { layoutOf } from '../../src/render/layout.js'
import type { BillingSpec, HostProfile } from '../../src/types.js'
import { billingSpec, hostProfile, packageProfile, paid } from '../support/profiles.js'

const course = { slug: 'course', name: 'Course', amount: 29_900 }
const code = { code: 'HELLO', percentOff: 25, amountOff: null, months: null }
const pro = billingSpec([paid('Pro', 2_900)])
const everything = {
  ...pro,
  products: [course],
  discounts: [{ ...code, duration: 'once' as const }],
}

function stepsOf(spec: BillingSpec, host: HostProfile = hostProfile()): string {
  const data = templateData(spec, host)
  return contributionsTo({ spec, host, data, layout: layoutOf(host) })
    .flatMap(({ nextSteps }) => nextSteps.map(({ code, text }) => `${code}: ${text}`))
    .join('\n')
}

describe('what is left for a person to do', () => {
  it('is what Polar must have, what the app must know, and the migration', () => {
    const steps = stepsOf(pro)
    expect(steps).toContain("products in Polar's sandbox")
    for (const name of ['POLAR_PRODUCT_ID_PRO', 'ACCESS_TOKEN', 'WEBHOOK_SECRET']) {
      expect(steps).toContain(name)
    }
    expect(steps).toContain('npm run migrate')
    expect(steps).not.toMatch(/discount|login/)
  })

  it('is the front end, where it gets none of its own', () => {
    expect(stepsOf(pro, hostProfile({ client: null }))).toContain("Call billing's API")
    expect(stepsOf(pro)).not.toContain("Call billing's API")
  })

  it('says in which folder a command is run, and where the variables are read', () => {
    const host = hostProfile()
    host.server.package = packageProfile({ dir: 'server', manifest: 'server/package.json' })
    const steps = stepsOf(pro, { ...host, env: { ...host.env, file: null } })
    expect(steps).toContain('Migrate the database: cd server && npm run migrate')
    expect(steps).toContain('Put POLAR_ACCESS_TOKEN into the environment of the server in server/')
  })

  it('names plans and products in one step, and codes where there are some', () => {
    const lines = stepsOf(everything).split('\n')
    const products = lines.filter((line) => line.includes('POLAR_PRODUCT_ID_'))
    expect(products).toHaveLength(1)
    expect(products[0]).toContain('POLAR_PRODUCT_ID_PRO, POLAR_PRODUCT_ID_COURSE')
    expect(lines.filter((line) => line.includes('POLAR_DISCOUNT_HELLO'))).toHaveLength(1)
  })

  it('is to write what no edit can, with the file and the reason', () => {
    const host = hostProfile()
    const closed = { ...host, server: { ...host.server, login: null } }
    const input = { spec: pro, host: closed, data: templateData(pro, closed) }
    const parts = contributionsTo({ ...input, layout: layoutOf(closed) })
    const [step] = parts.flatMap(({ steps }) => steps)
    expect(step?.file).toBe('server/routes/billing.routes.ts')
    expect(step?.reason).toContain('401 to everybody')
    expect(step?.isDone?.(" * A placeholder for the app's login: put your middleware")).toBe(false)
    expect(step?.isDone?.("import { requireUser } from '../auth.js'")).toBe(true)
  })

  it('is to check where the user stands, where that is only likely', () => {
    const host = hostProfile()
    const { login } = host.server
    expect(stepsOf(pro, host)).not.toContain('check_user')
    if (login) host.server.login = { ...login, source: 'assumed' }
    expect(stepsOf(pro, host)).toContain('none of your code reads req.user.id')
  })

  it.each([
    ['req.userId', null, true],
    ['req.user', null, true],
    // The rest of the user may stand beside the id.
    ['req.user.id', null, false],
    ['req.userId', 'email', false],
  ])(
    'is to say where addresses are, where neither login nor database has them: %s, %s',
    (...of) => {
      const [userId, emailColumn, isSaid] = of
      const host = hostProfile()
      const { login } = host.server
      if (login) host.server.login = { ...login, value: { ...login.value, userId } }
      const { users } = host.database
      if (users) host.database.users = { ...users, value: { ...users.value, emailColumn } }
      const file = 'server/billing/http.ts'
      expect(stepsOf(pro, host).includes(`Say in currentUserEmail of ${file}`)).toBe(isSaid)
    },
  )

  it('has a code for programs, the same for each run', () => {
    const codes = stepsOf(everything)
      .split('\n')
      .map((line) => line.split(':')[0])
    expect(codes).toEqual([
      ...['create_products', 'set_environment', 'create_webhook', 'create_discounts'],
      ...['run_migration', 'link_pages', 'describe_plans'],
    ])
  })
})
