import type { Feature } from '../contribution.js'

/** Polar's customer portal: invoices and payment methods. */
export const portal: Feature = {
  name: 'portal',
  appliesTo: () => true,
  contribute: () => ({ routes: [{ method: 'GET', path: '/api/billing/portal' }] }),
}
