import type { Feature } from '../contribution.js'

/** A checkout at Polar for what the server names and prices. */
export const checkout: Feature = {
  name: 'checkout',
  appliesTo: () => true,
  contribute: () => ({ routes: [{ method: 'POST', path: '/api/billing/checkout' }] }),
}
