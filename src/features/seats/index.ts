import type { Feature } from '../contribution.js'

/** How many seats a plan that is priced by the seat is bought for, and their change later. */
export const seats: Feature = {
  name: 'seats',
  appliesTo: (spec) => spec.tiers.some(({ prices }) => prices.some(({ perSeat }) => perSeat)),
  contribute: () => ({ routes: [{ method: 'PUT', path: '/api/billing/subscription/seats' }] }),
}
