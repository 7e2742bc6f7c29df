import { sellsSubscriptions } from '../../polar/sold-tiers.js'
import type { Mailer } from '../../types.js'
import type { EnvVariable, Feature } from '../contribution.js'
import { envExampleEdit } from '../env-example.js'

const SWITCH: EnvVariable = {
  name: 'BILLING_EMAILS',
  value: 'on',
  comment: 'off: no billing email is sent from here (tests, staging)',
}
const SENDER: EnvVariable = {
  name: 'BILLING_EMAIL_FROM',
  value: '',
  comment: 'Sender of emails on failed payments: Acme <billing@acme.com>',
}
const SERVER: EnvVariable = {
  name: 'SMTP_URL',
  value: '',
  comment: 'Mail server: smtps://user:password@host:465, or smtp://… with STARTTLS',
}

/** The email about a failed payment, with the day until which access stays. */
export const failedPayments: Feature = {
  name: 'failed-payments',
  appliesTo: sellsSubscriptions,
  contribute({ host, data }) {
    const env = variablesFor(data.mailer)
    return {
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

/** A function of the host's knows its sender and its server itself, a transporter its server. */
function variablesFor(mailer: Mailer | null): EnvVariable[] {
  if (mailer === null) return [SWITCH, SERVER, SENDER]
  return mailer.kind === 'nodemailer' ? [SWITCH, SENDER] : [SWITCH]
}
