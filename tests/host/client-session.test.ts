import { describe, expect, it } from 'vitest'
import {
  assumptionsOf,
  packageJson,
  profileOf,
  smallHost,
  type Files,
} from './support/small-host.js'

const SESSION: Files = {
  'client/src/session.ts': `import { create } from 'zustand'
export const useSession = create(() => ({ token: null, user: { jwt: null } }))
`,
  'client/src/store.ts': `import { configureStore } from '@reduxjs/toolkit'
export const store = configureStore({ reducer: {} })
`,
  'client/src/memory.ts': `let current = null
export function getAccessToken() { return current }
export const getTokenLater = async () => current
`,
}

function host(api: string, more: Files = {}): string {
  return smallHost({
    'package.json': packageJson({ dependencies: { react: '19', 'react-dom': '19', vite: '7' } }),
    'client/index.html': '<script type="module" src="/src/main.tsx"></script>',
    'client/src/main.tsx': "import './api'\nimport './store'\n",
    'client/src/api.ts': api,
    ...SESSION,
    ...more,
  })
}

async function sessionOf(api: string) {
  return (await profileOf(host(api))).client?.session
}

const file = (name: string) => `client/src/${name}.ts`

describe('a token that the page keeps', () => {
  it.each([
    [
      "import { useSession } from './session'\nh.Authorization = `Bearer ${useSession.getState().token}`",
      'useSession.getState().token',
      [{ name: 'useSession', default: false, file: file('session'), package: null }],
    ],
    [
      "import { useSession } from './session'\nconst { token } = useSession.getState()\nh.Authorization = `Bearer ${token}`",
      'useSession.getState().token',
      [{ name: 'useSession', default: false, file: file('session'), package: null }],
    ],
    [
      "import { useSession } from './session'\nfunction A() { const t = useSession((s) => s.user.jwt)\nreturn fetch(u, { headers: { Authorization: `Bearer ${t}` } }) }",
      'useSession.getState().user.jwt',
      [{ name: 'useSession', default: false, file: file('session'), package: null }],
    ],
    [
      'prepareHeaders: (headers, { getState }) => { const token = (getState() as RootState).auth.token; headers.set("authorization", `Bearer ${token}`) }',
      'store.getState().auth.token',
      [{ name: 'store', default: false, file: file('store'), package: null }],
    ],
    [
      "import Cookies from 'js-cookie'\nh.Authorization = `Bearer ${Cookies.get('jwt')}`",
      "Cookies.get('jwt')",
      [{ name: 'Cookies', default: true, file: null, package: 'js-cookie' }],
    ],
    [
      "import { getAccessToken } from './memory'\nconst token = getAccessToken()\nh.Authorization = `Bearer ${token}`",
      'getAccessToken()',
      [{ name: 'getAccessToken', default: false, file: file('memory'), package: null }],
    ],
    [
      "const user = JSON.parse(localStorage.getItem('user'))\nh.Authorization = `Bearer ${user.token}`",
      "JSON.parse(localStorage.getItem('user') ?? 'null')?.token",
      [],
    ],
  ])('%s', async (api, token, imports) => {
    const session = await sessionOf(
      `export const x = 1\n${api.replace(/^prep/, 'export const a = { prep')}${api.startsWith('prep') ? ' }' : ''}`,
    )
    expect(session).toMatchObject({
      source: 'detected',
      value: { kind: 'bearer', token, imports, header: 'Authorization', scheme: 'Bearer ' },
    })
  })

  it.each([
    ['fetch(u, { headers: { token: localStorage.token } })', 'token', 'localStorage.token'],
    [
      "api.defaults.headers.common['x-auth-token'] = localStorage.getItem('token')",
      'x-auth-token',
      "localStorage.getItem('token')",
    ],
    [
      "const token = JSON.parse(localStorage.getItem('token'))\nif (token) req.headers['auth-token'] = token",
      'auth-token',
      "JSON.parse(localStorage.getItem('token') ?? 'null')",
    ],
    [
      "const token = localStorage.getItem('token')\nfetch(u, { headers: { Authorization: token } })",
      'Authorization',
      "localStorage.getItem('token')",
    ],
  ])('may have a header of its own: %s', async (api, header, token) => {
    expect(await sessionOf(api)).toMatchObject({
      value: { kind: 'bearer', token, header, scheme: '' },
    })
  })

  it('is taken from the storage, and said so, where only components know it', async () => {
    const root = host(
      "export function A({ token }) { localStorage.setItem('token', token)\nreturn fetch(u, { headers: { Authorization: `Bearer ${token}` } }) }",
    )
    expect((await profileOf(root)).client?.session).toMatchObject({
      source: 'assumed',
      value: { kind: 'bearer', token: "localStorage.getItem('token')" },
    })
    expect(await assumptionsOf(root)).toContainEqual(
      expect.objectContaining({ field: 'host.client.session' }),
    )
  })

  it.each([
    ["import { getTokenLater } from './memory'\nh.Authorization = `Bearer ${getTokenLater()}`"],
    ['export const A = ({ token }) => fetch(u, { headers: { Authorization: `Bearer ${token}` } })'],
  ])('is not known, and that is said: %s', async (api) => {
    expect(await assumptionsOf(host(api))).toContainEqual(
      expect.objectContaining({ field: 'host.client.session', value: 'cookie' }),
    )
  })
})
