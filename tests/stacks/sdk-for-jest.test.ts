import { expect, it } from 'vitest'
import { newerJest, sdkForJest } from '../../src/stacks/tests/vitest/sdk-for-jest.js'
import type { HostProfile } from '../../src/types.js'
import { hostProfile, packageProfile } from '../support/profiles.js'

function host(major: number, changes: { dir: string; installDir: string }): HostProfile {
  const profile = hostProfile()
  const apart = {
    ending: '.vitest' as const,
    compiledBy: [],
    collected: false,
    aliases: false,
    vitest: '^3.2.0',
    nodeEnv: null,
    overridesTypes: false,
    oldJest: { major, settings: 'jest.config.js' },
  }
  const server = { ...profile.server, package: packageProfile(changes) }
  return { ...profile, server, tests: { ...profile.tests, apart } }
}

it.each([
  [{ dir: '', installDir: '' }, "'<rootDir>/node_modules/@polar-sh/sdk/dist/2026-10/index.cjs'"],
  [{ dir: 'apps/api', installDir: '' }, "'<rootDir>/../../node_modules/@polar-sh/sdk/"],
])('tells Jest 27 where the SDK is, seen from %j', async (place, file) => {
  const [edit] = sdkForJest(host(27, place))
  expect(edit?.file).toBe('jest.config.js')
  expect(await edit?.apply("module.exports = { testEnvironment: 'node' }\n")).toMatchObject({
    status: 'changed',
    content: expect.stringContaining(file) as string,
  })
})

it('says that Jest 26 loads none of it', () => {
  const old = host(26, { dir: '', installDir: '' })
  expect(sdkForJest(old)).toEqual([])
  expect(newerJest(old)).toMatchObject([{ snippet: '"jest": "^29.7.0"' }])
})
