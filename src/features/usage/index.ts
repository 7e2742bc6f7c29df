import type { Assumption } from '../../types.js'
import type { Feature, MeterTracking } from '../contribution.js'
import { runnerPackages, scriptCommand } from '../script-command.js'
import { trackingOf } from './tracking.js'

/** What is counted and paid by the unit: the ledger, quotas, alerts, and Polar's knowing of it. */
export const usage: Feature = {
  name: 'usage',
  appliesTo: (spec) => spec.meters.length > 0,
  contribute({ spec, host, data, layout, track = [] }) {
    const { ledger, periods, days, events, alerts } = data.usageTables
    const runner = host.server.scripts.value
    const script = scriptCommand(runner, layout, 'server/scripts/billing.ts')
    const tracking = trackingOf(spec, host, track)
    return {
      packages: runnerPackages(script),
      draws: true,
      scripts: { 'sync:usage': `${script} usage` },
      tables: [ledger, periods, days, events, alerts],
      routes: [
        { method: 'GET', path: '/api/usage/current' },
        { method: 'GET', path: '/api/usage/history' },
        { method: 'GET', path: '/api/usage/invoice-preview' },
      ],
      tracking,
      assumptions: tracking.flatMap(countedRoutes),
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

/** Says what is counted, and where nobody's login was seen before it. */
function countedRoutes({ meter, routes }: MeterTracking): Assumption[] {
  if (routes.length === 0) return []
  const paths = (some: typeof routes): string =>
    [...new Set(some.map(({ path }) => path))].join(', ')
  const open = routes.filter(({ login }) => !login)
  const counted = 'it was named or chosen, and a router stands for all that is mounted on it'
  const closed = `; no login was seen before ${paths(open)}, where only users who are logged in count`
  return [
    {
      field: `usage.${meter}`,
      value: `requests to ${paths(routes)}`,
      reason: counted + (open.length > 0 ? closed : ''),
    },
  ]
}
