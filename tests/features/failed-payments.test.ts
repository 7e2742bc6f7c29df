import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { failedPayments } from '../../src/features/failed-payments/index.js'
import { templateData } from '../../src/render/data.js'
import { layoutOf } from '../../src/render/layout.js'
import type { Mailer } from '../../src/types.js'
import { billingSpec, hostProfile, paid } from '../support/profiles.js'
import { rendered } from '../support/rendered.js'

const MAILER = 'server/billing/emails.ts'
const WAYS = { smtp: 'createTransport', transporter: 'transporter.sendMail', sender: 'mailFields' }

/** What the feature adds to a host that sends its emails with this. */
function contributionTo(kind: Mailer['kind'] | null) {
  const profile = hostProfile()
  const module = { file: 'server/mail.ts', name: 'mail', default: false }
  const mailer = kind && { value: { kind, module }, source: 'detected' as const, evidence: [] }
  const host = { ...profile, server: { ...profile.server, mailer } }
  const spec = billingSpec([paid('Pro', 2_900)])
  const layout = layoutOf(host, '1_add-billing-tables.sql')
  const part = failedPayments.contribute({ spec, host, data: templateData(spec, host), layout })
  const text = readFileSync(rendered(host, 'failed-payments', [MAILER])(MAILER), 'utf8')
  return {
    ways: Object.entries(WAYS).flatMap(([way, sign]) => (text.includes(sign) ? [way] : [])),
    variables: part.env?.map(({ name }) => name),
    packages: part.packages?.dependencies,
  }
}

describe('the email on a failed payment', () => {
  it('is sent over SMTP by a package that is added, where the host has no mailer', () => {
    expect(contributionTo(null)).toEqual({
      ways: ['smtp', 'sender'],
      variables: ['BILLING_EMAILS', 'SMTP_URL', 'BILLING_EMAIL_FROM'],
      packages: { nodemailer: '^10.6.0' },
    })
  })

  it('is sent through the host’s transporter, which has no sender of its own', () => {
    expect(contributionTo('nodemailer')).toEqual({
      ways: ['transporter', 'sender'],
      variables: ['BILLING_EMAILS', 'BILLING_EMAIL_FROM'],
      packages: {},
    })
  })

  it('is sent by the host’s own function, which needs nothing', () => {
    expect(contributionTo('function')).toEqual({
      ways: [],
      variables: ['BILLING_EMAILS'],
      packages: {},
    })
  })

  it('is there where plans are sold', () => {
    expect(failedPayments.appliesTo(billingSpec([paid('Pro', 900)]))).toBe(true)
    expect(failedPayments.appliesTo(billingSpec([]))).toBe(false)
  })
})
