import type { ClientProfile, ImportedName, ModuleExport, Mount } from '../../../../types.js'
import { apiBaseOf } from './base-code.js'

/** What the templates say of how the front end reaches billing's API, and proves who is there. */
export interface ClientApiData {
  /** An expression: `'/api'`. */
  base: string
  hostImports: ModuleExport[]
  packageImports: { name: string; default: boolean; package: string }[]
  /** The app's own axios; null: `fetch` carries the requests. */
  axios: { name: string; refreshes: boolean; replacesBase: boolean } | null
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
  const { code, replaces } = apiBaseOf(api.value, mounts)
  const isCarried = axios?.sendsToken === true
  const bearer = session.value.kind === 'bearer' && !isCarried ? session.value : null
  const all = [
    ...(axios ? [axios.module] : []),
    ...(!axios || replaces ? imports : []),
    ...(bearer?.imports ?? []),
  ]
  return {
    base: code,
    hostImports: all.flatMap(({ name, file, default: byDefault }: ImportedName) =>
      file === null ? [] : [{ name, file, default: byDefault }],
    ),
    packageImports: all.flatMap(({ name, default: byDefault, package: from }) =>
      from === null ? [] : [{ name, default: byDefault, package: from }],
    ),
    axios: axios && {
      name: axios.module.name,
      refreshes: axios.refreshes,
      replacesBase: replaces,
    },
    sendsCookies: session.value.kind === 'cookie',
    token: bearer && {
      code: bearer.token,
      header: /^\w+$/.test(bearer.header) ? bearer.header : `'${bearer.header}'`,
      scheme: bearer.scheme,
    },
  }
}
