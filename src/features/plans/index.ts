import { soldTiers } from '../../polar/sold-tiers.js'
import type { Feature } from '../contribution.js'

/** The plans, be they free or sold by contact alone, for all to see. */
export const plans: Feature = {
  name: 'plans',
  appliesTo: (spec) => soldTiers(spec).length > 0,
  contribute: () => ({
    routes: [{ method: 'GET', path: '/api/billing/plans' }],
  }),
}
