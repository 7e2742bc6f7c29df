import type { Feature } from '../contribution.js'

/** Polar refuses only what the buyer may choose: a code, a number of seats. */
const REFUSALS = 'server/services/checkout-refusals.ts'

/** A checkout at Polar for what the server names and prices. */
export const checkout: Feature = {
  name: 'checkout',
  appliesTo: () => true,
  contribute: ({ data: { sells } }) => ({
    wants: (logical) => logical !== REFUSALS || sells.discounts || sells.seats,
    routes: [{ method: 'POST', path: '/api/billing/checkout' }],
  }),
}
