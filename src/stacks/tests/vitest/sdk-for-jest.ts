import { posix } from 'node:path'
import type { HostEdit, HostStep } from '../../../features/contribution.js'
import { mapJestModule } from '../../../patch/index.js'
import type { HostProfile } from '../../../types.js'

const SDK = '@polar-sh/sdk/2026-10'
const FILE = 'node_modules/@polar-sh/sdk/dist/2026-10/index.cjs'
/** Since when it loads `node:fs` and the like, which billing and its packages import. */
const LOADS_NODE = 27

/** Has an old Jest load what the host's own tests reach of billing, by way of the server. */
export function sdkForJest({ tests, server }: HostProfile): HostEdit[] {
  const jest = tests.apart?.oldJest ?? null
  if (jest === null || jest.major < LOADS_NODE) return []
  const { dir, installDir } = server.package
  const file = ['<rootDir>', posix.relative(dir, installDir), FILE].filter(Boolean).join('/')
  return [
    {
      file: jest.settings,
      apply: (text) => mapJestModule(text ?? '', { module: SDK, file }, jest.settings),
    },
  ]
}

/** One that is older still loads nothing of it. */
export function newerJest({ tests, server }: HostProfile): HostStep[] {
  const jest = tests.apart?.oldJest ?? null
  if (jest === null || jest.major >= LOADS_NODE) return []
  const reason =
    `Jest ${jest.major} loads no module that imports from \`node:\`, as billing's do: your own ` +
    `tests that load the server need Jest ${LOADS_NODE} or later.`
  return [{ file: server.package.manifest, reason, snippet: '"jest": "^29.7.0"' }]
}
