import type { Found, HostProfile, Login, NextStep } from '../../../types.js'
import type { Layout } from '../../../render/layout.js'
import type { ServerStack } from '../stack.js'
import { checkMounts } from './check-mounts.js'
import { detectExpress } from './detect/index.js'
import { limitEdits, limitSteps } from './request-limits.js'
import { loginSteps } from './login-steps.js'
import { loginNeedSteps } from './login-need-steps.js'
import { mountEdits } from './mounts.js'
import { startEdits } from './starts.js'
import { trackingEdits, trackingSteps } from './tracking.js'

/** Routes, controllers and middleware on Express 4 and 5, mounted in the host's app file. */
export const express: ServerStack = {
  name: 'express',
  kind: 'servers',
  package: 'express',
  detect: detectExpress,
  contribute: ({ host, layout, mounts, starts, tracking, routes }) => ({
    edits: [
      ...mountEdits(host, layout, mounts),
      ...startEdits(host, layout, starts),
      ...trackingEdits(host, layout, tracking),
      ...limitEdits(host, routes),
    ],
    steps: [
      ...loginSteps(host, layout),
      ...loginNeedSteps(host, mounts),
      ...trackingSteps(host, layout, tracking),
      ...limitSteps(host, layout),
    ],
    nextSteps: [
      ...(isGuessed(host.server.login) ? [checkUser(layout, host.server.login.value)] : []),
      ...(knowsNoAddress(host) ? [connectAddress(layout)] : []),
    ],
  }),
  checkMounts,
}

/** Places on a request where the user's id stands alone, without the rest of the user. */
const ID_ALONE = /^req(\.(session|auth|res\.locals|locals))?\.\w+$/

/** Neither a table that is known nor what the login puts on a request has the user's address. */
function knowsNoAddress({ server, database }: HostProfile): boolean {
  const login = server.login?.value
  if (!login || database.users?.value.emailColumn != null) return false
  return ID_ALONE.test(login.userId) || login.lacksAddress === true
}

/** The login is there, but where it puts the user was not to be seen. */
function isGuessed(login: Found<Login> | null): login is Found<Login> {
  return login?.source === 'assumed' && !login.value.isAnonymous
}

function checkUser(layout: Layout, { userId }: Login): NextStep {
  const file = layout.pathOf('server/billing/http.ts')
  return {
    code: 'check_user',
    text: `Check in ${file} where your login puts the user's id: none of your code reads ${userId}, and billing answers 401 where nothing stands there`,
  }
}

function connectAddress(layout: Layout): NextStep {
  const file = layout.pathOf('server/billing/http.ts')
  return {
    code: 'connect_address',
    text: `Say in currentUserEmail of ${file} where a user's address is kept; until then nobody can begin a checkout`,
  }
}
