import type { HostStep } from '../../../features/contribution.js'
import type { Layout } from '../../../render/layout.js'
import type { HostProfile, Login, LoginMiddleware } from '../../../types.js'

/** What a person has to connect before anybody who is signed in gets through to billing. */
export function loginSteps(host: HostProfile, layout: Layout): HostStep[] {
  const login = host.server.login?.value ?? null
  if (login === null) return [unconnected(layout)]
  if (login.isAnonymous && login.middleware) return [unnamed(login, login.middleware)]
  return []
}

function unconnected(layout: Layout): HostStep {
  return {
    file: layout.pathOf('server/routes/billing.routes.ts'),
    reason:
      'No login of the app could be connected: until its middleware stands here in the place of ' +
      'requireLogin, billing answers 401 to everybody.',
    snippet: 'createBillingRouter(authenticate = <the middleware that your own routes use>)',
    isDone: (text) => !/placeholder for the app's login/.test(text ?? ''),
  }
}

function unnamed({ userId }: Login, { file, name }: LoginMiddleware): HostStep {
  const place = userId.slice(0, userId.lastIndexOf('.'))
  const key = userId.slice(userId.lastIndexOf('.') + 1)
  return {
    file,
    reason:
      `${name} turns away who is signed out, but says of nobody who it is: until it puts the ` +
      `user's id where billing reads it, at ${userId}, billing answers 401 to everybody.`,
    snippet: `${place} = { ${key}: <the user's id in what has been verified> }`,
  }
}
