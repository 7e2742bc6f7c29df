import type { Sells } from '../../render/sold-data.js'
import type { EnvVariable, Feature } from '../contribution.js'
import { envExampleEdit, envPlace } from '../env-example.js'
import { runnerPackages, scriptCommand } from '../script-command.js'

const env: EnvVariable[] = [
  {
    name: 'POLAR_WEBHOOK_SECRET',
    value: '',
    comment: 'Secret of the webhook endpoint; `polar listen` prints one for development',
  },
  {
    name: 'BILLING_RETENTION_DAYS',
    value: '90',
    comment: 'Days for which processed webhooks and published events are kept',
  },
]

/** Its commands are the package.json scripts of billing. */
const SCRIPT = 'server/scripts/billing.ts'

function scriptsOf(sells: Sells, command: string): Record<string, string> {
  const sync = sells.subscriptions ? 'sync:subscriptions' : 'sync:billing'
  return {
    [sync]: `${command} sync`,
    'webhooks:process': `${command} process`,
    'webhooks:replay': `${command} replay`,
  }
}

/** The receiver, the inbox that no event leaves unprocessed, and what the events do. */
export const webhooks: Feature = {
  name: 'webhooks',
  appliesTo: () => true,
  contribute({ host, data, layout }) {
    const command = scriptCommand(host.server.scripts.value, layout, SCRIPT)
    return {
      packages: runnerPackages(command),
      scripts: scriptsOf(data.sells, command),
      env,
      tables: [data.tables.payments, data.tables.webhookEvents],
      routes: [{ method: 'POST', path: '/api/webhooks/polar' }],
      nextSteps: [
        {
          code: 'create_webhook',
          text: `Point a Polar webhook at /api/webhooks/polar and put its POLAR_WEBHOOK_SECRET into ${envPlace(host)}; \`polar listen\` brings it to your machine`,
        },
      ],
      starts: [{ module: 'server/billing/worker.ts', name: 'startBilling' }],
      mounts: [
        {
          path: '/api/webhooks/polar',
          module: 'server/webhooks/polar.webhook.ts',
          name: 'polarWebhookRouter',
          kind: 'webhook',
        },
      ],
      edits: [envExampleEdit(host, env)],
    }
  },
}
