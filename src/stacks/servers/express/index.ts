import type { HostEdit, Stack } from '../../../features/contribution.js'
import { mountRouter, mountWebhook } from '../../../patch/index.js'
import { checkMounts } from './check-mounts.js'
import { mountsOf } from './mounts.js'

/** What serves plans that are paid by the interval, and nothing else. */
const OF_SUBSCRIPTIONS = [
  'server/controllers/subscription.controller.ts',
  'server/middleware/subscription.middleware.ts',
  'server/routes/subscription.routes.ts',
]

/** Routes, controllers and middleware on Express 4 and 5, mounted in the host's app file. */
export const express: Stack = {
  name: 'express',
  kind: 'servers',
  contribute({ spec, host, data, layout }) {
    const { file } = host.server.app.value
    const { webhook, billing, usage } = mountsOf(host, layout)
    const routers = spec.meters.length > 0 ? [billing, usage] : [billing]
    return {
      wants: (logical) => data.sells.subscriptions || !OF_SUBSCRIPTIONS.includes(logical),
      edits: [
        { file, apply: (text) => mountWebhook(text ?? '', webhook) },
        ...routers.map((router): HostEdit => {
          return { file, apply: (text) => mountRouter(text ?? '', router) }
        }),
      ],
    }
  },
  checkMounts,
}
