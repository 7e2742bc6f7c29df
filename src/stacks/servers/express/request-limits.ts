import type { HostEdit, HostStep } from '../../../features/contribution.js'
import { allowCors } from '../../../patch/index.js'
import type { Layout } from '../../../render/layout.js'
import type { HostProfile, RequestLimit, Route } from '../../../types.js'

/** Lets billing's requests through where the host lets only those of today through. */
export function limitEdits(host: HostProfile, routes: Route[]): HostEdit[] {
  return host.server.limits.flatMap((limit) =>
    limit.kind === 'cors' ? [corsEdit(limit, host, routes)] : [],
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

/** A token against forgery is brought by the host's own axios as for the host; else by a person. */
export function limitSteps({ server, client }: HostProfile, layout: Layout): HostStep[] {
  if (!client || client.api.value.axios) return []
  return server.limits
    .filter(({ kind }) => kind === 'csrf')
    .map(({ file, line }) => ({
      file: layout.pathOf('client/billing/api.ts'),
      snippet: "headers: { 'X-CSRF-Token': … }",
      reason:
        `Requests need a token against forgery (${file}, line ${line}), which billing's pages do ` +
        'not send yet: without it in request(), the checkout and every change answer 403.',
      isDone: (text) => /csrf|xsrf/i.test(text ?? ''),
    }))
}
