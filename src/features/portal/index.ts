import type { Feature } from '../contribution.js'

/** What was paid, with its invoices, and Polar's customer portal for the payment methods. */
export const portal: Feature = {
  name: 'portal',
  appliesTo: () => true,
  contribute: () => ({
    routes: [
      { method: 'GET', path: '/api/billing/portal' },
      { method: 'GET', path: '/api/billing/payments' },
      { method: 'GET', path: '/api/billing/payments/:id/invoice' },
    ],
  }),
}
