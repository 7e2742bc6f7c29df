import type { HostEdit } from '../../../features/contribution.js'
import { allowCors } from '../../../patch/index.js'
import type { HostProfile, RequestLimit, Route } from '../../../types.js'

/** Lets billing's requests through where the host lets only those of today through. */
export function limitEdits(host: HostProfile, routes: Route[]): HostEdit[] {
  return host.server.limits.flatMap((limit) =>
    limit.kind === 'cors' ? [corsEdit(limit, host, routes)] : csrfSteps(limit, host),
  )
}

function corsEdit(
  { file, options }: Extract<RequestLimit, { kind: 'cors' }>,
  { client }: HostProfile,
  routes: Route[],
): HostEdit {
  const isBearer = client?.session.value.kind === 'bearer'
  const edit = {
    options,
    methods: [...new Set(routes.map(({ method }) => method))],
    headers: ['Content-Type', ...(isBearer ? ['Authorization'] : [])],
  }
  return { file, apply: (text) => allowCors(text ?? '', edit) }
}

/** The host's own axios brings the token as it does for the host. */
function csrfSteps({ file, line }: RequestLimit, { client }: HostProfile): HostEdit[] {
  if (!client || client.api.value.axios) return []
  return [
    {
      file,
      apply: () =>
        Promise.resolve({
          status: 'missed',
          code: 'anchor_not_found',
          reason:
            `Requests need a token against forgery (line ${line}), which billing's pages do not ` +
            'send yet: without it, the checkout and every change answer 403.',
          snippet: "headers: { 'X-CSRF-Token': … } in request() of the front end's billing/api",
        }),
    },
  ]
}
