import { posix } from 'node:path'
import type { Feature } from '../contribution.js'

/** What is counted and paid by the unit: the ledger, quotas, alerts, and Polar's knowing of it. */
export const usage: Feature = {
  name: 'usage',
  appliesTo: (spec) => spec.meters.length > 0,
  contribute({ data, layout }) {
    const { ledger, periods, days, events, alerts } = data.usageTables
    const script = posix.normalize(layout.pathOf('server/scripts/sync-usage.ts'))
    const trackers = data.meters.map(({ slug }) => `trackUsage('${slug}')`).join(' or ')
    return {
      wants: (logical) => logical !== 'client/styles/usage.css' || data.styling === 'css',
      packages: { dependencies: {}, devDependencies: { tsx: '^4.19.0' } },
      draws: true,
      scripts: { 'sync:usage': `tsx ${script}` },
      tables: [ledger, periods, days, events, alerts],
      routes: [
        { method: 'GET', path: '/api/usage/current' },
        { method: 'GET', path: '/api/usage/history' },
        { method: 'GET', path: '/api/usage/invoice-preview' },
      ],
      nextSteps: [
        `Say which requests are counted: put ${trackers} before their routes, as docs/billing/usage.md shows; until then nothing is`,
      ],
      mounts: [
        {
          path: '/api/usage',
          module: 'server/routes/usage.routes.ts',
          name: 'usageRouter',
          kind: 'api',
        },
      ],
    }
  },
}
