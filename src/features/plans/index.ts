import { soldTiers } from '../../polar/sold-tiers.js'
import type { Feature } from '../contribution.js'

/** They show plans of which none has a price; subscriptions show theirs with what it takes. */
const UNPAID = ['client/components/TierCards.tsx', 'client/hooks/useOffers.ts']

/** The plans, be they free or sold by contact alone, for all to see. */
export const plans: Feature = {
  name: 'plans',
  appliesTo: (spec) => soldTiers(spec).length > 0,
  contribute: ({ data: { sells } }) => ({
    wants: (logical) => !sells.subscriptions || !UNPAID.includes(logical),
    routes: [{ method: 'GET', path: '/api/billing/plans' }],
  }),
}
