import { posix } from 'node:path'
import type { HostEdit } from '../../../features/contribution.js'
import { mapJestModule, type Missed } from '../../../patch/index.js'
import type { HostProfile } from '../../../types.js'

const SDK = '@polar-sh/sdk/2026-10'
const FILE = 'node_modules/@polar-sh/sdk/dist/2026-10/index.cjs'
/** Since when it loads `node:fs` and the like, which billing and its packages import. */
const LOADS_NODE = 27

/** Has an old Jest load what the host's own tests reach of billing, by way of the server. */
export function sdkForJest({ tests, server }: HostProfile): HostEdit[] {
  const jest = tests.apart?.oldJest ?? null
  if (jest === null) return []
  const { dir, installDir, manifest } = server.package
  if (jest.major < LOADS_NODE) {
    return [{ file: manifest, apply: () => Promise.resolve(tooOld(jest.major)) }]
  }
  const file = ['<rootDir>', posix.relative(dir, installDir), FILE].filter(Boolean).join('/')
  return [
    {
      file: jest.settings,
      apply: (text) => mapJestModule(text ?? '', { module: SDK, file }, jest.settings),
    },
  ]
}

function tooOld(major: number): Missed {
  return {
    status: 'missed',
    code: 'anchor_not_found',
    reason:
      `Jest ${major} loads no module that imports from \`node:\`, as billing's do: your own tests ` +
      `that load the server need Jest ${LOADS_NODE} or later.`,
    snippet: '"jest": "^29.7.0"',
  }
}
