import { describe, expect, it } from 'vitest'
import { packageJson, problemsOf, profileOf, smallHost, type Files } from './support/small-host.js'

const NPM = (version: string): string =>
  JSON.stringify(
    {
      name: 'notes',
      lockfileVersion: 3,
      packages: {
        '': { name: 'notes', dependencies: { express: '^4.16.2' } },
        'node_modules/express': { version, resolved: 'https://registry.npmjs.org/express' },
        'node_modules/other/node_modules/express': { version: '4.21.0' },
      },
    },
    null,
    2,
  )
const NPM_6 = (version: string): string =>
  JSON.stringify(
    { name: 'notes', lockfileVersion: 1, dependencies: { express: { version, dev: false } } },
    null,
    2,
  )
const YARN = (version: string): string => `# yarn lockfile v1


express@^4.16.2, express@^4.16.4:
  version "${version}"
  resolved "https://registry.yarnpkg.com/express"

express@^4.20.0:
  version "4.21.0"
`
const BERRY = (version: string): string => `__metadata:
  version: 8

"express@npm:^4.16.2":
  version: ${version}
  resolution: "express@npm:${version}"
`
const PNPM = (version: string): string => `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      express:
        specifier: ^4.16.2
        version: ${version}
      pg:
        specifier: ^8.0.0
        version: 8.11.0

  web:
    dependencies:
      express:
        specifier: ^4.20.0
        version: 4.21.0

packages:

  express@4.21.0:
    resolution: {integrity: sha512}
`
const PNPM_5 = (version: string): string => `lockfileVersion: 5.4

specifiers:
  express: ^4.16.2

dependencies:
  express: ${version}
`
const BUN = (version: string): string => `{
  "packages": {
    "express": ["express@${version}", "", { "dependencies": {} }, "sha512"],
  }
}
`

const LOCKS: [file: string, of: string, text: (version: string) => string][] = [
  ['package-lock.json', 'npm', NPM],
  ['package-lock.json', 'npm 6', NPM_6],
  ['npm-shrinkwrap.json', 'npm', NPM],
  ['yarn.lock', 'Yarn 1', YARN],
  ['yarn.lock', 'Yarn 4', BERRY],
  ['pnpm-lock.yaml', 'pnpm 9', PNPM],
  ['pnpm-lock.yaml', 'pnpm 7', PNPM_5],
  ['bun.lock', 'Bun', BUN],
]

const withLock = (file: string, text: string, more: Files = {}): Files => ({
  'package.json': packageJson({ dependencies: { express: '^4.16.2' } }),
  'package-lock.json': null,
  [file]: text,
  ...more,
})

describe('without installed packages', () => {
  it.each(LOCKS)('the version in %s of %s decides', async (file, _, text) => {
    const old = await problemsOf(smallHost(withLock(file, text('4.16.3'))))
    expect(old.map(({ code }) => code)).toContain('express_too_old')
    expect(old[0]?.message).toContain('4.16')
    const host = await profileOf(smallHost(withLock(file, text('4.17.1'))))
    expect(host.server.major).toBe(4)
  })

  it('an installed one goes before it', async () => {
    const installed = { 'node_modules/express/package.json': '{ "version": "4.18.2" }' }
    const host = await profileOf(smallHost(withLock('yarn.lock', YARN('4.16.3'), installed)))
    expect(host.server.major).toBe(4)
  })

  it('lock files that disagree say nothing, nor do those of something else', async () => {
    const two = withLock('yarn.lock', YARN('4.16.3'), { 'package-lock.json': NPM('4.17.1') })
    expect((await profileOf(smallHost(two))).server.major).toBe(4)
    const other = withLock('yarn.lock', YARN('4.16.3').replaceAll('express@', 'expressly@'))
    expect((await profileOf(smallHost(other))).server.major).toBe(4)
  })
})
