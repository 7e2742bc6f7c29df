import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { hostProfile } from '../support/profiles.js'
import { rendered } from '../support/rendered.js'

const FILES = ['server/billing/emails.ts']

interface Mailbox {
  name: string
  address: string
}
interface Generated {
  isAddress: (text: string) => boolean
  sender: () => Mailbox | null
  mailFields: (
    message: { id: string; to: string; subject: string; text: string },
    from: Mailbox,
  ) => { from: Mailbox; to: Mailbox; subject: string; text: string; messageId: string }
  failedPaymentMessage: (failed: {
    plan: string | null
    accessUntil: Date | null
    billingUrl: string
  }) => { subject: string; text: string }
}

/** What sending needs beside the words: nothing of it is asked here. */
const NEIGHBORS = {
  'server/billing/errors.ts': `export class BillingError extends Error {
  constructor(code: string, message: string) { super(message) }
}`,
  'server/config/polar.config.ts': exporting('frontendUrl', 'graceDays'),
  'server/models/customer.model.ts': exporting('findRecipient'),
  'server/models/subscription.model.ts': exporting('findSubscription'),
  'server/billing/access.ts': exporting('accessEndOf'),
  'server/billing/database.ts': exporting('database'),
  'server/billing/log.ts': exporting('log', 'reasonOf'),
  'server/billing/plans.ts': exporting('findPlan'),
  'server/billing/outbox.ts': exporting('leaseEmail', 'markDone', 'retryLater'),
  'server/billing/polar-records.ts': exporting('fieldOf'),
  'server/billing/retry.ts': `export const repeatWhileDue = (step: unknown) => step
export const withDeadline = undefined`,
}

function exporting(...names: string[]): string {
  return names.map((name) => `export const ${name} = undefined`).join('\n')
}

async function generated(): Promise<Generated> {
  const profile = hostProfile()
  const module = { file: 'server/mail.ts', name: 'transporter', default: false }
  const mailer = {
    value: { kind: 'nodemailer' as const, module },
    source: 'detected' as const,
    evidence: [],
  }
  const host = { ...profile, server: { ...profile.server, mailer } }
  const place = rendered(host, 'failed-payments', FILES, NEIGHBORS)
  const modules = await Promise.all(
    FILES.map((file) => import(place(file)) as Promise<Partial<Generated>>),
  )
  return Object.assign({}, ...modules) as Generated
}

afterEach(() => {
  vi.unstubAllEnvs()
})

describe('an address', () => {
  it.each(['ann@example.com', 'a.b+c@mail.example.co.uk', 'jörg@müller.de', "o'neil@example.com"])(
    'is %s',
    async (text) => {
      expect((await generated()).isAddress(text)).toBe(true)
    },
  )

  it.each([
    '',
    'ann',
    'ann@',
    '@example.com',
    'a@b@c',
    'ann@example.com, eve@example.com',
    'ann@example.com;eve@example.com',
    'Ann <ann@example.com>',
    'ann@example.com\r\nBcc: eve@example.com',
    'ann@example.com\u0000',
    '"ann eve"@example.com',
    '-f@example.com',
    `${'a'.repeat(320)}@example.com`,
  ])('is not %j', async (text) => {
    expect((await generated()).isAddress(text)).toBe(false)
  })
})

describe('the fields of an email', () => {
  it('are one line each, whatever is written into them', async () => {
    const { mailFields, failedPaymentMessage } = await generated()
    const from = { name: 'Acme', address: 'billing@acme.com' }
    const broken = fc.string({
      unit: fc.constantFrom('a', ' ', '\r', '\n', '\0', '\u2028', '<', ':'),
    })
    fc.assert(
      fc.property(broken, (plan) => {
        const message = failedPaymentMessage({ plan, accessUntil: null, billingUrl: 'https://x' })
        const fields = mailFields({ id: 'i1', to: 'ann@example.com', ...message }, from)
        expect(fields.subject).not.toMatch(/[\r\n\0\u2028]/)
        expect(fields.to).toEqual({ name: '', address: 'ann@example.com' })
        expect(fields.from).toBe(from)
        expect(fields.text.split('\n\n')).toHaveLength(5)
      }),
    )
  })

  it('name the email alike in every attempt', async () => {
    const { mailFields } = await generated()
    const message = { id: 'i1', to: 'ann@example.com', subject: 's', text: 't' }
    const { messageId } = mailFields(message, { name: '', address: 'billing@acme.com' })
    expect(messageId).toBe('<i1@acme.com>')
  })
})

describe('the sender', () => {
  it.each([
    ['billing@acme.com', { name: '', address: 'billing@acme.com' }],
    ['Acme <billing@acme.com>', { name: 'Acme', address: 'billing@acme.com' }],
    [' "Acme, Inc" <billing@acme.com> ', { name: 'Acme, Inc', address: 'billing@acme.com' }],
    ['', null],
  ])('is read from %j', async (text, expected) => {
    vi.stubEnv('BILLING_EMAIL_FROM', text)
    expect((await generated()).sender()).toEqual(expected)
  })

  it.each([
    'Acme',
    'Acme <billing>',
    'a@acme.com\r\nBcc: b@acme.com',
    '<a@acme.com>, <b@acme.com>',
  ])('is refused when it is %j', async (text) => {
    vi.stubEnv('BILLING_EMAIL_FROM', text)
    const { sender } = await generated()
    expect(sender).toThrow('BILLING_EMAIL_FROM')
  })
})

describe('what a customer reads about a failed payment', () => {
  it('is the plan, until when access stays, and where to pay', async () => {
    const { subject, text } = (await generated()).failedPaymentMessage({
      plan: 'Pro',
      accessUntil: new Date('2026-12-01T23:59:00Z'),
      billingUrl: 'https://app.example.com/billing',
    })
    expect(subject).toBe('The payment for your Pro plan failed')
    expect(text).toContain('You keep access until December 1, 2026 (UTC).')
    expect(text).toContain('\nhttps://app.example.com/billing\n')
  })

  it('is that access is over, when it is, and no plan when none is known', async () => {
    const { subject, text } = (await generated()).failedPaymentMessage({
      plan: null,
      accessUntil: null,
      billingUrl: 'https://app.example.com/billing',
    })
    expect(subject).toBe('The payment for your subscription failed')
    expect(text).toContain('To get your subscription back, please update your payment method')
  })
})
