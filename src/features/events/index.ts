import type { Feature } from '../contribution.js'

/** The file of the host's handlers. */
const HANDLERS = 'server/billing/handlers.ts'

/** Billing's events, published to the host's own code once per transition. */
export const events: Feature = {
  name: 'events',
  appliesTo: () => true,
  contribute: ({ data }) => ({
    handedOver: [HANDLERS],
    tables: [data.tables.outbox],
  }),
}
