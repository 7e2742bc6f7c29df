import { describe, expect, it } from 'vitest'
import { layoutOf } from '../../src/render/layout.js'
import { limitEdits, limitSteps } from '../../src/stacks/servers/express/request-limits.js'
import type { ClientApi, HostProfile, RequestLimit, Route } from '../../src/types.js'
import { hostProfile } from '../support/profiles.js'

const ROUTES: Route[] = [
  { method: 'POST', path: '/api/billing/checkout' },
  { method: 'PUT', path: '/api/billing/subscription/upgrade' },
]
const CORS: RequestLimit = { kind: 'cors', options: null, file: 'server/app.ts', line: 7 }
const CSRF: RequestLimit = { kind: 'csrf', file: 'server/app.ts', line: 9 }

function hostWith(limit: RequestLimit, axios: ClientApi['axios'] = null): HostProfile {
  const host: HostProfile = hostProfile()
  const { client, server } = host
  if (client) client.api.value.axios = axios
  return { ...host, server: { ...server, limits: [limit] } }
}

function stepsOf(axios: ClientApi['axios'] = null) {
  const host = hostWith(CSRF, axios)
  return limitSteps(host, layoutOf(host, '1_add-billing-tables.sql'))
}

describe('what lets only requests of some kind through', () => {
  it('lets the methods of billing through as well', async () => {
    const [edit, ...more] = limitEdits(hostWith(CORS), ROUTES)
    expect(await edit?.apply("app.use(cors({ methods: ['GET'] }))\n")).toMatchObject({
      content: "app.use(cors({ methods: ['GET', 'POST', 'PUT'] }))\n",
    })
    expect(edit?.file).toBe('server/app.ts')
    expect(more).toEqual([])
  })

  it('leaves a step where requests need a token that the pages do not send, until they do', () => {
    const [step] = stepsOf()
    expect(step?.file).toBe('client/src/billing/api.ts')
    expect(step?.reason).toContain('server/app.ts, line 9')
    expect(step?.isDone?.('headers: {}')).toBe(false)
    expect(step?.isDone?.("headers: { 'X-CSRF-Token': token }")).toBe(true)
    expect(limitEdits(hostWith(CSRF), ROUTES)).toEqual([])
  })

  it("leaves none where the app's own axios sends it", () => {
    const module = { name: 'http', default: false, file: 'client/src/http.ts', package: null }
    expect(stepsOf({ module, sendsToken: true, refreshes: false })).toEqual([])
  })
})
