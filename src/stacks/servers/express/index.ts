import type { Stack } from '../../../features/contribution.js'
import type { Layout } from '../../../render/layout.js'
import { checkMounts } from './check-mounts.js'
import { mountEdits } from './mounts.js'

/** Routes, controllers and middleware on Express 4 and 5, mounted in the host's app file. */
export const express: Stack = {
  name: 'express',
  kind: 'servers',
  contribute: ({ host, layout, mounts }) => ({
    edits: mountEdits(host, layout, mounts),
    nextSteps: host.server.login === null ? [connectLogin(layout)] : [],
  }),
  checkMounts,
}

function connectLogin(layout: Layout): string {
  const file = layout.pathOf('server/routes/billing.routes.ts')
  return `Connect your login in ${file}; until then billing answers 401 to everybody`
}
