import { sellsSubscriptions } from '../../polar/sold-tiers.js'
import type { Feature } from '../contribution.js'

/** Features that belong to plans, in one typed catalog. */
export const gating: Feature = {
  name: 'gating',
  appliesTo: (spec) => spec.gating && sellsSubscriptions(spec),
  contribute: () => ({}),
}
