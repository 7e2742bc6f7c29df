import { expect, it } from 'vitest'
import { contributionsTo } from '../../src/plan/contributions.js'
import { templateData } from '../../src/render/data.js'
import { layoutOf } from '../../src/render/layout.js'
import { billingSpec, hostProfile, paid } from '../support/profiles.js'

/** What the tests ask package.json for. */
function packagesFor(aliases: boolean, vitest: string): Record<string, string> {
  const profile = hostProfile()
  const apart = {
    ...{
      ending: '.test' as const,
      compiledBy: [],
      collected: false,
      overridesTypes: false,
      nodeEnv: null,
    },
    ...{ aliases, vitest, oldJest: null },
  }
  const host = { ...profile, tests: { ...profile.tests, apart } }
  const spec = billingSpec([paid('Pro', 2_900)])
  const layout = layoutOf(host, '1_add-billing-tables.sql')
  const parts = contributionsTo({ spec, host, data: templateData(spec, host), layout })
  const tests = parts.find(({ owner }) => owner === 'stacks/tests/vitest')
  expect(tests?.anyVersion).toContain('vite')
  return tests?.packages.devDependencies ?? {}
}

it('bring a Vite that the plugin for path aliases finds, where the host has none', () => {
  expect(packagesFor(true, '^3.2.0')).toMatchObject({
    'vite-tsconfig-paths': '^5.1.0',
    vite: '^6.3.0',
  })
  expect(packagesFor(true, '^4.1.0')).not.toHaveProperty('vite')
  expect(packagesFor(false, '^3.2.0')).not.toHaveProperty('vite')
})
