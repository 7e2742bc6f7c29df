import type { ClientProfile, ImportedName, ModuleExport, Mount } from '../../../../types.js'
import { apiBaseOf } from './base-code.js'

/** What the templates say of how the front end reaches billing's API, and proves who is there. */
export interface ClientApiData {
  /** An expression: `'/api'`. */
  base: string
  hostImports: ModuleExport[]
  packageImports: { name: string; default: boolean; package: string }[]
  /** The app's own axios; null: `fetch` carries the requests. */
  axios: { name: string; refreshes: boolean } | null
  /** Requests say to send the cookies along. */
  sendsCookies: boolean
  /**
   * The token that billing sends along itself, with its header as the key of an object; null where
   * nothing has to be done for it.
   */
  token: { code: string; header: string; scheme: string } | null
}

export function clientApiData({ api, session }: ClientProfile, mounts: Mount[]): ClientApiData {
  const { axios, imports } = api.value
  const isCarried = axios?.sendsToken === true
  const bearer = session.value.kind === 'bearer' && !isCarried ? session.value : null
  const all = [...imports, ...(bearer?.imports ?? [])]
  return {
    base: apiBaseOf(api.value, mounts).code,
    hostImports: all.flatMap(({ name, file, default: byDefault }: ImportedName) =>
      file === null ? [] : [{ name, file, default: byDefault }],
    ),
    packageImports: all.flatMap(({ name, default: byDefault, package: from }) =>
      from === null ? [] : [{ name, default: byDefault, package: from }],
    ),
    axios: axios && { name: axios.name, refreshes: axios.refreshes },
    sendsCookies: session.value.kind === 'cookie',
    token: bearer && {
      code: bearer.token,
      header: /^\w+$/.test(bearer.header) ? bearer.header : `'${bearer.header}'`,
      scheme: bearer.scheme,
    },
  }
}
