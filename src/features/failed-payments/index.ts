import { sellsSubscriptions } from '../../polar/sold-tiers.js'
import type { Mailer } from '../../types.js'
import type { EnvVariable, Feature } from '../contribution.js'
import { envExampleEdit } from '../env-example.js'

const SMTP = 'server/services/smtp-mailer.ts'
const TRANSPORTER = 'server/services/transporter-mailer.ts'
const APP = 'server/services/app-mailer.ts'
const FIELDS = 'server/services/mail-fields.ts'
/** It takes the e-mails of an app that has no mailer of its own. */
const SMTP_SERVER = 'tests/support/smtp-server.ts'
const WAYS = [SMTP, TRANSPORTER, APP, FIELDS, SMTP_SERVER]

const SWITCH: EnvVariable = {
  name: 'BILLING_EMAILS',
  value: 'on',
  comment: 'off: no billing e-mail is sent from here (tests, staging)',
}
const SENDER: EnvVariable = {
  name: 'BILLING_EMAIL_FROM',
  value: '',
  comment: 'Sender of e-mails on failed payments: Acme <billing@acme.com>',
}
const SERVER: EnvVariable = {
  name: 'SMTP_URL',
  value: '',
  comment: 'Mail server: smtps://user:password@host:465, or smtp://… with STARTTLS',
}

/** The e-mail that tells a customer of a failed payment, and until when access stays. */
export const failedPayments: Feature = {
  name: 'failed-payments',
  appliesTo: sellsSubscriptions,
  contribute({ host, data }) {
    const env = variablesFor(data.mailer)
    return {
      wants: (logical) => !passedOver(data.mailer).includes(logical),
      packages: {
        dependencies: data.mailer ? {} : { nodemailer: '^10.6.0' },
        devDependencies: {},
      },
      anyVersion: ['nodemailer'],
      env,
      edits: [envExampleEdit(host, env)],
    }
  },
}

/** The ways to send that are not this host's. */
function passedOver(mailer: Mailer | null): string[] {
  const kept = filesFor(mailer?.kind ?? null)
  return WAYS.filter((file) => !kept.includes(file))
}

function filesFor(kind: Mailer['kind'] | null): string[] {
  if (kind === 'function') return [APP]
  return kind === 'nodemailer' ? [TRANSPORTER, FIELDS] : [SMTP, FIELDS, SMTP_SERVER]
}

/** A function of the host's knows its sender and its server itself, a transporter its server. */
function variablesFor(mailer: Mailer | null): EnvVariable[] {
  if (mailer === null) return [SWITCH, SERVER, SENDER]
  return mailer.kind === 'nodemailer' ? [SWITCH, SENDER] : [SWITCH]
}
