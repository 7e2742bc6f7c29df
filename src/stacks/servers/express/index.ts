import type { Stack } from '../../../features/contribution.js'
import { checkMounts } from './check-mounts.js'
import { mountEdits } from './mounts.js'

/** Routes, controllers and middleware on Express 4 and 5, mounted in the host's app file. */
export const express: Stack = {
  name: 'express',
  kind: 'servers',
  contribute: ({ host, layout, mounts }) => ({ edits: mountEdits(host, layout, mounts) }),
  checkMounts,
}
