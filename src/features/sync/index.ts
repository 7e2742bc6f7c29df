import type { Feature } from '../contribution.js'

/** The repair that brings the database level with Polar after any gap. */
export const sync: Feature = {
  name: 'sync',
  appliesTo: () => true,
  contribute: ({ data: { tables } }) => ({ tables: [tables.leases] }),
}
