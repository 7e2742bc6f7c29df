import { describe, expect, it } from 'vitest'
import { isShared, offeredRoutes, placesAt } from '../../src/features/usage/routes.js'
import { detectHost } from '../../src/host/index.js'
import type { ApiRoute, HostProfile } from '../../src/types.js'
import { smallHost } from '../host/support/small-host.js'

const AUTH = "import { requireAuth } from './auth.js'\nimport { notes } from './notes.js'\n"
const APP = `import express from 'express'
${AUTH}import { api } from './api.js'
import { health } from './health.js'
import { signIn } from './sign-in.js'

export const app = express()
app.use(express.json())
app.get('/api/health', health)
app.use('/api/auth', signIn)
app.post('/webhooks/github', (req, res) => res.end())
app.use('/api', api)
app.use(['/lists', '/reports'], requireAuth, notes)
app.use(express.static('public'))
app.use((req, res) => res.status(404).end())
`
const API = `import { Router } from 'express'
${AUTH}import { items } from './items.js'
export const api = Router()
api.use('/v1/notes', requireAuth, notes)
api.use('/v1/items', items)
api.use('/v2/items', items)
api.get('/v1/status-of/:id', (req, res) => res.end())
`
const ROUTER = (name: string) =>
  `import { Router } from 'express'\nexport const ${name} = Router()\n${name}.get('/all', (req, res) => res.end())\n`

async function hostWith(files: Record<string, string> = {}, routes = true): Promise<HostProfile> {
  const root = smallHost({
    'src/app.ts': APP,
    'src/api.ts': API,
    'src/items.ts': ROUTER('items'),
    'src/sign-in.ts': ROUTER('signIn'),
    'src/health.ts': 'export const health = (req, res) => res.end()\n',
    ...files,
  })
  const detection = await detectHost(root)
  if (detection.status !== 'ok') throw new Error(JSON.stringify(detection.problems))
  return routes ? detection.withRoutes() : detection.host
}

const pathsOf = (routes: ApiRoute[]): string[] => routes.map(({ path }) => path)

describe('the routes of a host', () => {
  it('are looked for only where usage is sold', async () => {
    expect((await hostWith({}, false)).server).toMatchObject({ routes: [], counted: [] })
  })

  it('are a tree of what is mounted on the app, and on its routers', async () => {
    const { routes } = (await hostWith()).server
    expect(pathsOf(routes)).toEqual([
      ...['/api/health', '/api/auth', '/webhooks/github', '/api', '/lists', '/reports'],
    ])
    const api = routes.find(({ path }) => path === '/api')
    expect(api?.routes).toMatchObject([
      { path: '/api/v1/notes', mountPath: '/v1/notes', receiver: 'api', file: 'src/api.ts' },
      { path: '/api/v1/items', kind: 'router', routes: [{ path: '/api/v1/items/all' }] },
      { path: '/api/v2/items' },
      { path: '/api/v1/status-of/:id', kind: 'route', line: 9 },
    ])
  })

  it('are known to stand behind the login, or not', async () => {
    const { routes } = (await hostWith()).server
    const logins = routes.map(({ path, login }) => [path, login])
    expect(logins).toContainEqual(['/lists', true])
    expect(logins).toContainEqual(['/api/auth', false])
    const [notes, items] = routes.find(({ path }) => path === '/api')?.routes ?? []
    expect([notes?.login, items?.login]).toEqual([true, false])
  })
})

describe('the routes that are offered to be counted', () => {
  it('are what has a login first; no sign-in, health, webhooks, files, or end of the way', async () => {
    expect(offeredRoutes(await hostWith())).toEqual([
      ...['/api/v1/notes', '/lists', '/reports'],
      ...['/api/v1/items', '/api/v2/items', '/api/v1/status-of/:id'],
    ])
  })
})

describe('the places of a route that is named', () => {
  it.each([
    ['/api/v1/notes', ['/api/v1/notes']],
    ['/API/V1/Notes/', ['/api/v1/notes']],
    ['/api', ['/api']],
    ['/api/v1', ['/api/v1/notes', '/api/v1/items', '/api/v1/status-of/:id']],
    ['/api/v1/status-of/:id', ['/api/v1/status-of/:id']],
    ['/api/v1/items/all', ['/api/v1/items/all']],
    ['/api/auth', ['/api/auth']],
    ['/reports', ['/reports']],
    ['/', ['/api', '/lists', '/reports']],
    ['/api/health', []],
    ['/webhooks/github', []],
    ['/api/v', []],
    ['/nothing', []],
  ])('%s: %j', async (route, places) => {
    expect(pathsOf(placesAt(await hostWith(), route))).toEqual(places)
  })

  it('are shared where the same code answers at another route that is not counted', async () => {
    const host = await hostWith()
    const sharedAt = (route: string): boolean[] => {
      const places = placesAt(host, route)
      return places.map((place) => isShared(host, place, places))
    }
    expect(sharedAt('/api/v1/items/all')).toEqual([true])
    expect(sharedAt('/api/v1/items')).toEqual([false])
    expect(sharedAt('/api/v1')).toEqual([false, false, false])
    expect(sharedAt('/reports')).toEqual([false])
  })
})

describe('what the host counts already', () => {
  const counting = (line: string): Record<string, string> => ({
    'src/items.ts': `import { trackUsage } from './middleware/usage-tracking.middleware.js'
import { recordUsage as record } from './services/usage.service.js'
const METER = 'exports'
${ROUTER('items')}${line}\n`,
    'src/middleware/usage-tracking.middleware.ts': 'export const trackUsage = (meter) => meter\n',
    'src/services/usage.service.ts': 'export const recordUsage = () => {}\n',
  })

  it.each([
    ["items.use(trackUsage('api-calls'))", 'api-calls'],
    ['items.use(trackUsage(METER))', 'exports'],
    ['items.use(trackUsage(process.env.METER))', null],
    ["items.post('/', (req) => record(req.user.id, 'storage', 3))", 'storage'],
  ])('is %s', async (line, meter) => {
    const { counted } = (await hostWith(counting(line))).server
    expect(counted).toEqual([{ meter, file: 'src/items.ts', line: 7 }])
  })

  it("is no function of the host's that has the same name", async () => {
    const own = {
      'src/items.ts': `import { trackUsage } from './own.js'\n${ROUTER('items')}items.use(trackUsage('x'))\n`,
    }
    expect((await hostWith(own)).server.counted).toEqual([])
  })

  it('leaves what is mounted behind it among the mounts', async () => {
    const app = APP.replace("'/api', api", "'/api', trackUsage('api-calls'), api").replace(
      /^/,
      "import { trackUsage } from './middleware/usage-tracking.middleware.js'\n",
    )
    const [before, after] = [await hostWith(), await hostWith({ 'src/app.ts': app })]
    const mountsOf = ({ server }: HostProfile) =>
      server.mounts.map(({ kind, path }) => [kind, path])
    expect(mountsOf(after)).toEqual(mountsOf(before))
    expect(after.server.counted).toEqual([{ meter: 'api-calls', file: 'src/app.ts', line: 14 }])
  })
})
