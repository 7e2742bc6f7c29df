import { describe, expect, it } from 'vitest'
import { apiBaseOf } from '../../src/stacks/clients/react/api/base-code.js'
import type { ClientApi, Found } from '../../src/types.js'
import {
  assumptionsOf,
  packageJson,
  profileOf,
  smallHost,
  type Files,
} from './support/small-host.js'

function host(files: Files, axios = '^1.7.0'): string {
  const dependencies = { react: '19', 'react-dom': '19', vite: '7', axios }
  return smallHost({
    'package.json': packageJson({ dependencies }),
    'client/index.html': '<script type="module" src="/src/main.tsx"></script>',
    'client/src/main.tsx': "import './api'\nimport './notes'\n",
    ...files,
  })
}

const DOUBT = 'nothing says whether the address that the front end calls ends in /api'
const API = 'client/src/api.ts'
const NOTES = 'client/src/notes.ts'
const CONFIG = { 'client/src/config.ts': 'export const API_URL = import.meta.env.VITE_API_URL\n' }

async function apiOf(
  files: Files,
  axios?: string,
): Promise<{ api: Found<ClientApi>; base: string }> {
  const { client, server } = await profileOf(host(files, axios))
  if (!client) throw new Error('No client was found.')
  return { api: client.api, base: apiBaseOf(client.api.value, server.mounts).code }
}

describe('where the API is', () => {
  it.each([
    ["fetch('/api/notes')", {}, "'/api'"],
    ["const U = '/api/v1'\nfetch(`${U}/notes`)", {}, "'/api'"],
    ["fetch('http://localhost:5000/notes')", {}, "'http://localhost:5000/api'"],
    [
      "import axios from 'axios'\nconst URL = 'http://localhost:5000'\nexport const call = (path) => axios({ method: 'get', url: `${URL}${path}` })",
      {},
      "'http://localhost:5000/api'",
    ],
    [
      "const URL = import.meta.env.VITE_API_URL || 'http://localhost:5000'\nfetch(`${URL}/notes`)",
      {},
      "`${import.meta.env.VITE_API_URL || 'http://localhost:5000'}/api`",
    ],
    [
      "const URL = import.meta.env.VITE_API_URL ?? 'http://localhost:5000/api'\nfetch(URL + '/notes')",
      {},
      "import.meta.env.VITE_API_URL ?? 'http://localhost:5000/api'",
    ],
    [
      'const URL = process.env.REACT_APP_URL\nfetch(`${URL}/api/notes`)',
      {},
      '`${process.env.REACT_APP_URL}/api`',
    ],
    [
      "import { API_URL } from './config'\nfetch(`${API_URL}/api/notes`)",
      CONFIG,
      '`${API_URL}/api`',
    ],
    [
      "import { API_URL } from './config'\nfetch(`${API_URL}notes`)",
      { ...CONFIG, '.env.example': 'VITE_API_URL=http://localhost:4000/api/\n' },
      "`${API_URL}`.replace(/\\/$/, '')",
    ],
    [
      'const URL = import.meta.env.VITE_API_URL\nfetch(`${URL}/notes`)',
      { '.env.example': 'VITE_API_URL=http://localhost:4000/api/v1\n' },
      "`${import.meta.env.VITE_API_URL}`.replace(/\\/api\\/v1\\/?$/, '/api')",
    ],
    [
      "const URL = import.meta.env.VITE_API_URL ?? 'http://localhost:8080/v1'\nfetch(`${URL}/notes`)",
      {},
      "`${import.meta.env.VITE_API_URL ?? 'http://localhost:8080/v1'}`.replace(/\\/v1\\/?$/, '/api')",
    ],
    [
      "const URL = 'http://localhost:8080/v1'\nfetch(`${URL}/notes`)",
      {},
      "'http://localhost:8080/api'",
    ],
    [
      "const AUTH_URL = import.meta.env.VITE_AUTH_URL\nconst URL = import.meta.env.VITE_URL\nfetch(AUTH_URL + '/me')\nfetch(AUTH_URL + '/in')\nfetch(URL + '/notes')",
      {},
      'import.meta.env.VITE_URL',
    ],
    // The small host serves its notes at /api/notes.
    [
      'const URL = import.meta.env.VITE_API_URL\nfetch(`${URL}/notes`)',
      {},
      'import.meta.env.VITE_API_URL',
    ],
    [
      "import axios from 'axios'\naxios.get('http://localhost:5000/api/notes')",
      {},
      "'http://localhost:5000/api'",
    ],
    [
      "const SERVER = 'http://localhost:5000'\nconst NOTES_URL = `${SERVER}/api/notes`\nfetch(NOTES_URL)",
      {},
      "'http://localhost:5000/api'",
    ],
    [
      "import { fetchBaseQuery } from '@reduxjs/toolkit/query/react'\nfetchBaseQuery({ baseUrl: 'http://localhost:5000/api' })",
      {},
      "'http://localhost:5000/api'",
    ],
    [
      "import { SERVER } from './config'\nimport { send } from './send'\nsend('GET', `${SERVER}/api/notes`)",
      {
        'client/src/config.ts': 'export const SERVER = import.meta.env.VITE_SERVER\n',
        'client/src/send.ts': 'export const send = async (method, url) => fetch(url, { method })\n',
      },
      '`${SERVER}/api`',
    ],
    ["fetch('https://maps.example.com/tiles')\nfetch('/api/notes')", {}, "'/api'"],
  ])('%s', async (text, more, code) => {
    const { api, base } = await apiOf({ [API]: text, [NOTES]: '', ...more })
    expect(base).toBe(code)
    expect(api).toMatchObject({ source: 'detected', value: { axios: null } })
    expect(api.evidence[0]?.file).toBe(API)
  })

  it('has the proxy of the development server before it, which may take /api away', async () => {
    const { base } = await apiOf({
      [API]: "fetch('/api/notes')",
      'client/vite.config.ts':
        "export default { server: { proxy: { '/api': { target: 'http://localhost:5000', rewrite: (p) => p.replace(/^\\/api/, '') } } } }\n",
    })
    expect(base).toBe("'/api/api'")
  })

  it.each([
    ["{ '/api': 'http://localhost:5000' }", null],
    ["{ '^/api/.*': { target: 'http://localhost:5000' } }", null],
    ["{ '/': 'http://localhost:5000' }", null],
    ["{ '/notes': { target: url }, '/auth': { target: url } }", 'client/vite.config.ts'],
  ])('may have a proxy before it that does not know it: %s', async (proxy, file) => {
    const { api } = await apiOf({
      [API]: "fetch('/notes')",
      'client/vite.config.ts': `export default { server: { proxy: ${proxy} } }\n`,
    })
    expect(api.value.proxyWithoutApi).toBe(file)
  })

  it('is taken to be where the page is, and said so, where it cannot be read', async () => {
    const root = host({ [API]: 'export const call = (server) => fetch(server.url)\n' })
    expect((await profileOf(root)).client?.api).toMatchObject({ source: 'assumed' })
    expect(await assumptionsOf(root)).toContainEqual(
      expect.objectContaining({ field: 'host.client.api' }),
    )
  })

  it('is not in doubt without a request to say so', async () => {
    const root = host({ [API]: 'export const x = 1\n' })
    expect((await profileOf(root)).client?.api).toMatchObject({ source: 'assumed', evidence: [] })
    expect((await assumptionsOf(root)).map(({ field }) => field)).not.toContain('host.client.api')
  })

  it.each([
    [['/notes'], ['/api/notes', '/auth'], "''", null],
    [['/auth'], ['/api/notes', '/auth'], "'/api'", null],
    [['/people'], ['/api/notes', '/api/auth'], "''", null],
    [['/people'], ['/notes'], "'/api'", null],
    [['/people'], ['/notes', '/api/auth'], "'/api'", DOUBT],
  ])('is told by what is called %j and served %j', (paths, served, code, doubt) => {
    const module = { name: 'api', default: false, file: API, package: null }
    const axios = { module, sendsToken: true, refreshes: false }
    const api = {
      base: null,
      imports: [],
      includesApi: null,
      prefix: null,
      paths,
      strippedByProxy: false,
      proxyWithoutApi: null,
      axios,
    }
    const mounts = served.map((path) => ({ kind: 'router' as const, path, file: 'a.ts', line: 1 }))
    expect(apiBaseOf(api, mounts)).toEqual({ code, doubt, replaces: false })
  })
})

describe("the app's own axios", () => {
  const made = (options: string, more = '') =>
    `import axios from 'axios'\nexport const api = axios.create(${options})\n${more}`

  it.each([
    ["{ baseURL: '/api' }", '', '', "''"],
    ["{ baseURL: import.meta.env.VITE_API_URL || 'http://localhost:5000/api' }", '', '', "''"],
    ["{ baseURL: import.meta.env.VITE_API_URL || 'http://localhost:5000' }", '', '', "'/api'"],
    [
      '{ baseURL: import.meta.env.VITE_API_URL }',
      '',
      "import { api } from './api'\napi.get('/api/notes')",
      "'/api'",
    ],
    [
      '{ baseURL: import.meta.env.VITE_API_URL }',
      '',
      "import { api } from './api'\napi.get('/notes')",
      "''",
    ],
  ])('carries the requests: %s %s %s', async (options, more, notes, code) => {
    const { api, base } = await apiOf({ [API]: made(options, more), [NOTES]: notes })
    expect(api).toMatchObject({
      source: 'detected',
      evidence: [{ file: API, line: 2 }],
      value: { axios: { module: { name: 'api', default: false, file: API } } },
    })
    expect(base).toBe(code)
  })

  it.each([
    [
      "{ baseURL: '/api' }",
      "api.interceptors.request.use((c) => { c.headers.Authorization = `Bearer ${localStorage.getItem('token')}`; return c })",
    ],
    ["{ baseURL: '/api' }", 'api.defaults.headers.common.Authorization = token'],
  ])('sends the token along itself: %s %s', async (options, more) => {
    const { api } = await apiOf({ [API]: made(options, more) })
    expect(api.value.axios?.sendsToken).toBe(true)
  })

  it.each([
    ["{ baseURL: '/api/v1' }", "'/api'"],
    [
      "{ baseURL: import.meta.env.VITE_URL || 'http://localhost:5000/v1' }",
      "`${import.meta.env.VITE_URL || 'http://localhost:5000/v1'}`.replace(/\\/v1\\/?$/, '/api')",
    ],
  ])('is given another base where its own has more than /api: %s', async (options, code) => {
    const { client, server } = await profileOf(host({ [API]: made(options) }))
    if (!client) throw new Error('No client was found.')
    expect(apiBaseOf(client.api.value, server.mounts)).toMatchObject({ code, replaces: true })
  })

  it('is given another base where all that is served stands at a version', () => {
    const module = { name: 'api', default: false, file: API, package: null }
    const axios = { module, sendsToken: true, refreshes: false }
    const mounts = [{ kind: 'router' as const, path: '/api/v1', file: 'a.ts', line: 1 }]
    const api = { imports: [], includesApi: null, prefix: null, paths: ['/refresh'], axios }
    const given = { ...api, base: 'API_URL', strippedByProxy: false, proxyWithoutApi: null }
    expect(apiBaseOf(given, mounts)).toEqual({
      code: "`${API_URL}`.replace(/\\/api\\/v1\\/?$/, '/api')",
      replaces: true,
      doubt: null,
    })
  })

  it('is the one that sends the token, where there are two', async () => {
    const { api } = await apiOf({
      [API]: `import axios from 'axios'
export const guest = axios.create({ baseURL: '/api' })
export const member = axios.create({ baseURL: '/api' })
member.interceptors.request.use((c) => { c.headers.Authorization = token(); return c })
`,
    })
    expect(api.value.axios?.module.name).toBe('member')
  })

  it.each([
    ['(r) => r, (e) => { refresh(); return Promise.reject(e) }', true],
    [
      "(r) => r, (e) => { refresh().catch(() => { location.href = '/login' }); return Promise.reject(e) }",
      false,
    ],
    ['(r) => r, (e) => { refresh(); return Promise.reject(e.message) }', false],
    ['(r) => { count++; return r }', false],
  ])('may try again with a new token: %s', async (handlers, refreshes) => {
    const text = made("{ baseURL: '/api' }", `api.interceptors.response.use(${handlers})`)
    expect((await apiOf({ [API]: text })).api.value.axios).toMatchObject({ refreshes })
  })

  it.each([
    [
      'it gives something else than the response',
      made("{ baseURL: '/api' }", 'api.interceptors.response.use((r) => r.data)'),
      '^1.0.0',
    ],
    ['it cannot be aborted', made("{ baseURL: '/api' }"), '^0.21.4'],
    ['it is not exported', made("{ baseURL: '/api' }").replace('export ', ''), '^1.0.0'],
  ])('is left alone where %s', async (_, text, version) => {
    const { api, base } = await apiOf({ [API]: text }, version)
    expect(api.value.axios).toBeNull()
    expect(base).toBe("'/api'")
  })

  it('may be the one of the package, with settings for all requests', async () => {
    const { api, base } = await apiOf({
      [API]:
        "import axios from 'axios'\naxios.defaults.baseURL = 'http://localhost:5000'\naxios.defaults.withCredentials = true\n",
      [NOTES]: "import axios from 'axios'\naxios.get('/api/notes')\n",
    })
    expect(api.value).toMatchObject({
      axios: { module: { name: 'axios', default: true, package: 'axios' }, sendsToken: false },
    })
    expect(base).toBe("'/api'")
  })
})
