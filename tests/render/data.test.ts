import { describe, expect, test } from 'vitest'
import { templateData } from '../../src/render/data.js'
import { tableNames, usageTableNames } from '../../src/render/table-names.js'
import { priceVariable } from '../../src/render/variable-names.js'
import { billingSpec, hostProfile, paid, tier } from '../support/profiles.js'

describe('the variable of a Polar product', () => {
  test.each([
    ['pro', 'month', 1, 0, 'POLAR_PRODUCT_ID_PRO'],
    ['pro', 'year', 1, 0, 'POLAR_PRODUCT_ID_PRO'],
    ['pro', 'year', 1, 1, 'POLAR_PRODUCT_ID_PRO_YEARLY'],
    ['big-team', 'week', 1, 2, 'POLAR_PRODUCT_ID_BIG_TEAM_WEEKLY'],
    ['membership', 'month', 6, 1, 'POLAR_PRODUCT_ID_MEMBERSHIP_EVERY_6_MONTHS'],
  ] as const)('of %s by %s × %i, as price %i', (slug, interval, intervalCount, index, name) => {
    const price = { amount: 1, interval, intervalCount, perSeat: false }
    expect(priceVariable(slug, price, index, new Set())).toBe(name)
  })
})

describe('the names of the tables', () => {
  test('are the plain ones in a host that has none of them', () => {
    expect(tableNames(['users']).subscriptions).toBe('subscriptions')
  })

  test('all take the prefix when the host has one of them, whatever its case', () => {
    expect(tableNames(['users', 'Customers'])).toEqual({
      customers: 'billing_customers',
      subscriptions: 'billing_subscriptions',
      payments: 'billing_payment_history',
      webhookEvents: 'billing_webhook_events',
      history: 'billing_subscription_history',
      outbox: 'billing_outbox',
      leases: 'billing_leases',
    })
  })
})

describe("the names of usage's tables", () => {
  test('are the plain ones, whatever the other tables are called', () => {
    expect(usageTableNames(['users', 'customers'])).toEqual({
      ledger: 'api_usage',
      periods: 'usage_periods',
      days: 'usage_days',
      events: 'usage_events',
      alerts: 'usage_alerts',
    })
  })

  test('all take the prefix when the host has one of them, whatever its case', () => {
    expect(usageTableNames(['Usage_Events'])).toEqual({
      ledger: 'billing_api_usage',
      periods: 'billing_usage_periods',
      days: 'billing_usage_days',
      events: 'billing_usage_events',
      alerts: 'billing_usage_alerts',
    })
  })
})

describe('what the templates are told of the plans', () => {
  const yearly = { amount: 20_000, interval: 'year' as const, intervalCount: 1, perSeat: false }

  test('which is the cheapest and the most expensive by the year', () => {
    const weekly = { ...yearly, amount: 1_000, interval: 'week' as const }
    const spec = billingSpec([paid('Pro', 2_900), tier('Weekly', { prices: [weekly] })])
    const data = templateData(spec, hostProfile())
    expect(data.cheapest?.slug).toBe('pro')
    expect(data.mostExpensive?.slug).toBe('weekly')
  })

  test('that there is no second plan to move to', () => {
    const data = templateData(
      billingSpec([tier('Free', { free: true }), paid('Pro', 900)]),
      hostProfile(),
    )
    expect(data.cheapest?.slug).toBe('pro')
    expect(data.mostExpensive).toBeNull()
    expect(data.freePlan?.slug).toBe('free')
  })

  test('which plan is sold by two intervals', () => {
    const pro = paid('Pro', 2_000)
    const spec = billingSpec([{ ...pro, prices: [yearly, ...pro.prices] }])
    expect(templateData(spec, hostProfile()).intervalPair).toMatchObject({
      slug: 'pro',
      shorter: { interval: 'month' },
      longer: { interval: 'year' },
    })
    expect(templateData(billingSpec([pro]), hostProfile()).intervalPair).toBeNull()
  })
})

describe('what the templates are told of the host', () => {
  test('is that it has no logger and no mailer, or which', () => {
    const profile = hostProfile()
    const file = { file: 'server/log.ts', name: 'logger', default: false }
    const logger = { module: file, kind: 'pino' as const }
    const found = { value: logger, source: 'detected' as const, evidence: [] }
    const server = { ...profile.server, logger: found }
    expect(templateData(billingSpec([]), profile)).toMatchObject({ logger: null, mailer: null })
    expect(templateData(billingSpec([]), { ...profile, server }).logger).toEqual(logger)
  })
})

describe('whether the database is on this machine', () => {
  const asked = (expression: string): string | null => {
    const profile = hostProfile()
    const ssl = { option: 'ssl' as const, expression: 'isLocal ? false : true', variables: [] }
    const settings = [{ option: 'host' as const, expression, variables: [] }, ssl]
    const database = { ...profile.database, connection: null, urlVariable: null, settings }
    return templateData(billingSpec([]), { ...profile, database }).localTest
  }

  test.each([
    ["process.env['DB_HOST']", ".includes(process.env['DB_HOST'] ?? 'localhost')"],
    ["process.env['A'] || 'b'", ".includes((process.env['A'] || 'b') ?? 'localhost')"],
    ["isOn ? 'a' : 'b'", ".includes((isOn ? 'a' : 'b') ?? 'localhost')"],
  ])('is asked in code that can be read: %s', (expression, code) => {
    expect(asked(expression)).toContain(code)
  })
})

describe("the tests' own transporter", () => {
  const replaced = (file: string, kind: 'nodemailer' | 'function'): boolean => {
    const host = hostProfile()
    const module = { file, name: 'transporter', default: false }
    host.server.mailer = { value: { module, kind }, source: 'detected', evidence: [] }
    return templateData(billingSpec([paid('pro', 900)]), host).replacesTransporter
  }

  test('stands in for that of the app, whose module may ask for more than tests have', () => {
    expect(replaced('server/mail.ts', 'nodemailer')).toBe(true)
    expect(replaced('server/mail.ts', 'function')).toBe(false)
  })

  test('does not where the database is in the same module', () => {
    expect(replaced('server/db.ts', 'nodemailer')).toBe(false)
  })
})

describe('the variables that tests set to reach a database of their own', () => {
  test('are each what the host makes of it: an address, or a part of one', () => {
    const host = hostProfile()
    host.database.settings = [
      {
        option: 'connectionString',
        expression: "production ? process.env['DATABASE_URL'] : local",
        variables: ['DATABASE_URL', 'DB_HOST', 'DB_PORT'],
        parts: { DB_HOST: 'host', DB_PORT: 'port' },
      },
    ]
    const { testVariables, testsSetParts } = templateData(billingSpec([paid('Pro', 2_900)]), host)
    expect(testsSetParts).toBe(true)
    expect(testVariables).toEqual([
      { name: 'DATABASE_URL', part: 'databaseUrl' },
      { name: 'DB_HOST', part: 'hostname' },
      { name: 'DB_PORT', part: 'port' },
    ])
  })
})
