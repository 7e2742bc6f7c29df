import { posix } from 'node:path'
import type { Feature } from '../contribution.js'

const OF_SUBSCRIPTIONS = 'server/scripts/sync-subscriptions.ts'
const OF_THE_REST = 'server/scripts/sync-billing.ts'

/** The repair that brings the database level with Polar after any gap. */
export const sync: Feature = {
  name: 'sync',
  appliesTo: () => true,
  contribute({ data, layout }) {
    const { subscriptions } = data.sells
    const script = subscriptions ? OF_SUBSCRIPTIONS : OF_THE_REST
    const name = subscriptions ? 'sync:subscriptions' : 'sync:billing'
    return {
      wants: (logical) => !logical.startsWith('server/scripts/') || logical === script,
      packages: { dependencies: {}, devDependencies: { tsx: '^4.19.0' } },
      scripts: { [name]: `tsx ${posix.normalize(layout.pathOf(script))}` },
      tables: [data.tables.sync],
    }
  },
}
