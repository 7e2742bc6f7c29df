import { describe, expect, it } from 'vitest'
import { typingsFor } from '../../src/features/core/typings.js'
import { wantedPackages } from '../../src/plan/wanted-packages.js'
import { hostProfile, packageProfile } from '../support/profiles.js'

const { server } = hostProfile()

describe('declarations of packages', () => {
  it('are brought for a host that compiles TypeScript, for the major of Express that it has', () => {
    expect(typingsFor(hostProfile())).toMatchObject({ '@types/express': '^5.0.0' })
    expect(typingsFor(hostProfile({ server: { ...server, major: 4 } }))).toMatchObject({
      '@types/express': '^4.17.21',
      '@types/pg': '^8.11.0',
    })
  })

  it('are not brought into JavaScript, nor into a package of a workspace', () => {
    const javascript = packageProfile({ compiler: null })
    const inWorkspace = packageProfile({ dir: 'apps/api', installDir: '' })
    expect(typingsFor(hostProfile({ server: { ...server, package: javascript } }))).toEqual({})
    expect(typingsFor(hostProfile({ server: { ...server, package: inWorkspace } }))).toEqual({})
  })

  it('keep the version that the host has', () => {
    const typings = typingsFor(hostProfile())
    const part = {
      packages: { dependencies: {}, devDependencies: typings },
      anyVersion: Object.keys(typings),
      bundled: [],
      frontEnd: null,
    }
    const manifest = JSON.stringify({ devDependencies: { '@types/pg': '7.0.0' } })
    const { devDependencies } = wantedPackages([part], manifest)
    expect(Object.keys(devDependencies)).toEqual(['@types/express', '@types/node'])
  })
})
