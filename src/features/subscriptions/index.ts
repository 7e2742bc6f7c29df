import { sellsSubscriptions } from '../../polar/sold-tiers.js'
import type { EnvVariable, Feature } from '../contribution.js'
import { envExampleEdit } from '../env-example.js'

const env: EnvVariable[] = [
  {
    name: 'BILLING_GRACE_DAYS',
    value: '7',
    comment: 'Days of access that a subscription keeps after a failed payment',
  },
]

/** The state of a user's subscription, its changes, and access by plan. */
export const subscriptions: Feature = {
  name: 'subscriptions',
  appliesTo: sellsSubscriptions,
  contribute: ({ host, data }) => ({
    env,
    tables: [data.tables.subscriptions, data.tables.history],
    routes: [
      { method: 'GET', path: '/api/billing/subscription' },
      { method: 'PUT', path: '/api/billing/subscription/upgrade' },
      { method: 'PUT', path: '/api/billing/subscription/downgrade' },
      { method: 'DELETE', path: '/api/billing/subscription/cancel' },
      { method: 'PUT', path: '/api/billing/subscription/uncancel' },
      { method: 'DELETE', path: '/api/billing/subscription/pending-change' },
    ],
    edits: [envExampleEdit(host, env)],
  }),
}
