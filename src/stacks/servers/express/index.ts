import type { Stack } from '../../../features/contribution.js'
import { mountRouter, mountWebhook } from '../../../patch/index.js'
import { checkMounts } from './check-mounts.js'
import { mountsOf } from './mounts.js'

/** Routes, controllers and middleware on Express 4 and 5, mounted in the host's app file. */
export const express: Stack = {
  name: 'express',
  kind: 'servers',
  contribute({ host, layout }) {
    const { file } = host.server.app.value
    const { webhook, billing } = mountsOf(host, layout)
    return {
      edits: [
        { file, apply: (text) => mountWebhook(text ?? '', webhook) },
        { file, apply: (text) => mountRouter(text ?? '', billing) },
      ],
    }
  },
  checkMounts,
}
