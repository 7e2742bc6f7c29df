import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Result } from '../../../../src/types.js'
import { addDeepSuite } from '../../suite.js'
import { hostCopy, runCli } from '../../../support/host-copy.js'

const REQUEST =
  'implement Polar.sh with usage-based billing for API calls, $49 base + $0.01 per API call over 300'

export const PRODUCT = '6d2c9e1f-0000-4000-8000-000000000001'
export const METER = 'api-calls'
/** Units of each period that cost nothing. */
export const INCLUDED = 300

/** The fixture host with usage billing: one route is counted, one counts by an idempotency key. */
export async function usageHost(): Promise<string> {
  const host = await hostCopy()
  await change(host, 'server/app.ts', / {2}app\.use\('\/api', notFound\);/, `${ROUTES}$&`)
  const flags = ['--yes', '--json', '--no-verify', '--track', '/api/reports']
  const run = await runCli(host, [REQUEST, ...flags])
  expect(run.exitCode, run.stdout).toBe(0)
  addDeepSuite(host, run.events().at(-1) as unknown as Result)
  await change(host, 'server/app.ts', /^/, IMPORT)
  await change(host, 'server/app.ts', / {2}app\.use\('\/api', notFound\);/, `${IMPORTS_ROUTE}$&`)
  // An hour would be longer than the test.
  await change(host, 'server/billing/usage-sync.ts', /HOUR_MS = [\d* ]+/, 'HOUR_MS = 500')
  await change(host, 'server/billing/usage-sync.ts', /INTERVAL_MS = [\d_]+/, 'INTERVAL_MS = 200')
  await writeFile(join(host, 'server/billing/handlers.ts'), HANDLERS)
  return host
}

async function change(host: string, file: string, from: RegExp, to: string): Promise<void> {
  const path = join(host, file)
  const before = await readFile(path, 'utf8')
  expect(before, `${file} has ${from}`).toMatch(from)
  await writeFile(path, before.replace(from, to))
}

const ROUTES = `  app.get('/api/reports', requireAuth, (_req, res) => {
    res.json({});
  });
`

const IMPORT = `import { recordUsage } from './services/usage.service.js';
`

const IMPORTS_ROUTE = `
  app.post('/api/imports/:id', requireAuth, async (req, res) => {
    const options = { idempotencyKey: req.params.id, source: 'import' };
    await recordUsage(req.user?.id ?? '', '${METER}', 0.5, options);
    res.json({});
  });
`

/** Records, in its transaction, each alert that is published to the app. */
const HANDLERS = `import type { BillingHandlers } from './events.js';

export const billingHandlers: BillingHandlers = {
  'usage.alert': async (event, tx) => {
    await tx.query('insert into handled_events (event_id) values ($1)', [event.id]);
  },
};
`
