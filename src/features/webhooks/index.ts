import { posix } from 'node:path'
import type { EnvVariable, Feature } from '../contribution.js'
import { envExampleEdit } from '../env-example.js'

const env: EnvVariable[] = [
  {
    name: 'POLAR_WEBHOOK_SECRET',
    value: '',
    comment: 'Secret of the webhook endpoint; `polar listen` prints one for development',
  },
]

/** The receiver, the inbox that no event leaves unprocessed, and what the events do. */
export const webhooks: Feature = {
  name: 'webhooks',
  appliesTo: () => true,
  contribute: ({ host, data, layout }) => ({
    packages: { dependencies: {}, devDependencies: { tsx: '^4.19.0' } },
    scripts: {
      'webhooks:process': `tsx ${posix.normalize(layout.pathOf('server/scripts/process-webhooks.ts'))}`,
      'webhooks:replay': `tsx ${posix.normalize(layout.pathOf('server/scripts/replay-webhooks.ts'))}`,
    },
    env,
    tables: [data.tables.payments, data.tables.webhookEvents],
    routes: [{ method: 'POST', path: '/api/webhooks/polar' }],
    nextSteps: [
      {
        code: 'create_webhook',
        text: 'Point a Polar webhook at /api/webhooks/polar and put its POLAR_WEBHOOK_SECRET into .env; `polar listen` brings it to your machine',
      },
    ],
    mounts: [
      {
        path: '/api/webhooks/polar',
        module: 'server/webhooks/polar.webhook.ts',
        name: 'polarWebhookRouter',
        kind: 'webhook',
      },
    ],
    edits: [envExampleEdit(host, env)],
  }),
}
