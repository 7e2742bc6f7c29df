import { describe, expect, it } from 'vitest'
import { limitEdits } from '../../src/stacks/servers/express/request-limits.js'
import type { ClientApi, HostProfile, RequestLimit, Route } from '../../src/types.js'
import { hostProfile } from '../support/profiles.js'

const ROUTES: Route[] = [
  { method: 'POST', path: '/api/billing/checkout' },
  { method: 'PUT', path: '/api/billing/subscription/upgrade' },
]
const CORS: RequestLimit = { kind: 'cors', options: null, file: 'server/app.ts', line: 7 }
const CSRF: RequestLimit = { kind: 'csrf', file: 'server/app.ts', line: 9 }

async function editsOf(limit: RequestLimit, axios: ClientApi['axios'] = null, text = '') {
  const host: HostProfile = hostProfile()
  const { client, server } = host
  if (client) client.api.value.axios = axios
  const edits = limitEdits({ ...host, server: { ...server, limits: [limit] } }, ROUTES)
  return Promise.all(edits.map(async (edit) => ({ file: edit.file, ...(await edit.apply(text)) })))
}

describe('what lets only requests of some kind through', () => {
  it('lets the methods of billing through as well', async () => {
    const edits = await editsOf(CORS, null, "app.use(cors({ methods: ['GET'] }))\n")
    expect(edits).toMatchObject([
      { file: 'server/app.ts', content: "app.use(cors({ methods: ['GET', 'POST', 'PUT'] }))\n" },
    ])
  })

  it('leaves a step where requests need a token that the pages do not send', async () => {
    const [step] = await editsOf(CSRF)
    expect(step).toMatchObject({ status: 'missed', file: 'server/app.ts' })
    expect(step).toHaveProperty('reason', expect.stringContaining('line 9'))
  })

  it("leaves none where the app's own axios sends it", async () => {
    const module = { name: 'http', default: false, file: 'client/src/http.ts', package: null }
    expect(await editsOf(CSRF, { module, sendsToken: true, refreshes: false })).toEqual([])
  })
})
