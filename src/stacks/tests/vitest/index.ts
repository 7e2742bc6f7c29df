import type { Stack } from '../../../features/contribution.js'
import { runVitest } from './run.js'

/** They import the host's app, which not every host exports. */
const OF_THE_HOST_APP = ['tests/support/host-app.ts', 'tests/integration/host-app.test.ts']
/** It takes the e-mails of an app that has no mailer of its own. */
const OF_SMTP = ['tests/support/smtp-server.ts']

const OF_SUBSCRIPTIONS = [
  'tests/integration/billing-cancellation.test.ts',
  'tests/integration/billing-pauses.test.ts',
  'tests/integration/billing-plan-changes.test.ts',
  'tests/services/access.test.ts',
  'tests/services/billing-email.test.ts',
  'tests/services/failed-payments.test.ts',
  'tests/services/protected-routes.test.ts',
  'tests/services/subscription-refetch.test.ts',
  'tests/services/subscription-sync.test.ts',
  'tests/services/subscription.service.test.ts',
  'tests/support/plans.ts',
  'tests/support/polar-rules.ts',
  'tests/support/smtp-server.ts',
  'tests/webhooks/event-order.test.ts',
  'tests/webhooks/subscription-events.test.ts',
]
/** What `subscription-sync` proves as well, where orders alone are synced. */
const OF_ORDERS_ALONE = ['tests/services/order-sync.test.ts']

/** The generated tests, on an embedded PostgreSQL or the one of TEST_DATABASE_URL. */
export const vitest: Stack = {
  name: 'vitest',
  kind: 'tests',
  contribute: ({ data }) => ({
    wants: (logical) =>
      !(data.appExport === null && OF_THE_HOST_APP.includes(logical)) &&
      !(data.mailer !== null && OF_SMTP.includes(logical)) &&
      !(data.sells.subscriptions ? OF_ORDERS_ALONE : OF_SUBSCRIPTIONS).includes(logical),
    packages: {
      dependencies: {},
      devDependencies: { '@electric-sql/pglite': '^0.5.0' },
    },
  }),
  runTests: runVitest,
}
