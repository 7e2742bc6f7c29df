import { posix } from 'node:path'
import type { Feature } from '../contribution.js'

const SCRIPT = 'server/scripts/sync-billing.ts'

/** The repair that brings the database level with Polar after any gap. */
export const sync: Feature = {
  name: 'sync',
  appliesTo: () => true,
  contribute: ({ data: { sells, tables }, layout }) => ({
    // Subscriptions bring a script of their own name.
    wants: (logical) => !sells.subscriptions || logical !== SCRIPT,
    packages: { dependencies: {}, devDependencies: { tsx: '^4.19.0' } },
    scripts: sells.subscriptions
      ? {}
      : { 'sync:billing': `tsx ${posix.normalize(layout.pathOf(SCRIPT))}` },
    tables: [tables.leases],
  }),
}
