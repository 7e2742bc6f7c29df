import type { MountEdit } from '../../../patch/index.js'
import type { Layout } from '../../../render/layout.js'
import type { HostProfile } from '../../../types.js'

/** The mounts in the host's app file, with imports as that file writes them. */
export function mountsOf(
  host: HostProfile,
  layout: Layout,
): { webhook: MountEdit; billing: MountEdit; usage: MountEdit } {
  const { app, login } = host.server
  const { file, variable } = app.value
  return {
    webhook: {
      path: '/api/webhooks/polar',
      name: 'polarWebhookRouter',
      from: layout.specifierOf('server/webhooks/polar.webhook.ts', file),
      variable,
    },
    billing: {
      path: '/api/billing',
      name: 'billingRouter',
      from: layout.specifierOf('server/routes/billing.routes.ts', file),
      variable,
      ...(login && { login: login.value.middleware.name }),
    },
    usage: {
      path: '/api/usage',
      name: 'usageRouter',
      from: layout.specifierOf('server/routes/usage.routes.ts', file),
      variable,
      ...(login && { login: login.value.middleware.name }),
    },
  }
}
