import { describe, expect, test } from 'vitest'
import { layoutOf } from '../../src/render/layout.js'
import type { PackageProfile } from '../../src/types.js'
import { hostProfile, packageProfile } from '../support/profiles.js'

const MIGRATION = '20260101000000000_add-billing-tables.sql'

describe('the layout of a host', () => {
  const layout = layoutOf(hostProfile(), MIGRATION)

  test('puts each logical folder where the host has it', () => {
    expect(layout.pathOf('server/routes/billing.routes.ts')).toBe('server/routes/billing.routes.ts')
    expect(layout.pathOf('client/hooks/useSubscription.tsx')).toBe(
      'client/src/hooks/useSubscription.tsx',
    )
    expect(layout.pathOf('migrations/add-billing-tables.sql')).toBe(`migrations/${MIGRATION}`)
  })

  test('writes imports as the server does', () => {
    expect(layout.specifierOf('server/services/a.ts', 'server/routes/b.ts')).toBe(
      '../services/a.js',
    )
    expect(layout.specifierOf('server/services/a.ts', 'tests/services/a.test.ts')).toBe(
      '../../server/services/a.js',
    )
  })

  test('writes imports as the client does, and leaves stylesheets their ending', () => {
    const from = 'client/src/pages/PricingPage.tsx'
    expect(layout.specifierOf('client/billing/hooks.js', from)).toBe('../billing/hooks')
    expect(layout.specifierOf('client/billing/billing.css', from)).toBe('../billing/billing.css')
  })

  test('names a file with markup by its own ending where the host writes endings', () => {
    const from = 'client/src/pages/PricingPage.tsx'
    const table = 'client/components/PricingTable.js'
    const importOf = (
      language: 'typescript' | 'javascript',
      ending: '.js' | '.ts',
      logical: string,
    ) => {
      const profile = hostProfile()
      const [written, extension] = [language, ending].map((value) => ({
        value,
        source: 'detected',
        evidence: [],
      }))
      const changes = { language: written, importExtension: extension } as Partial<PackageProfile>
      if (profile.client) profile.client.package = packageProfile(changes)
      return layoutOf(profile).specifierOf(logical, from)
    }
    expect(importOf('javascript', '.js', table)).toBe('../components/PricingTable.jsx')
    expect(importOf('javascript', '.js', 'client/billing/api.js')).toBe('../billing/api.js')
    expect(importOf('typescript', '.ts', table)).toBe('../components/PricingTable.tsx')
    expect(importOf('typescript', '.js', table)).toBe('../components/PricingTable.js')
  })

  test('knows a server whose source is the root', () => {
    const profile = hostProfile()
    profile.server.dir.value = ''
    expect(layoutOf(profile, MIGRATION).pathOf('server/config/polar.config.ts')).toBe(
      'config/polar.config.ts',
    )
  })

  test('goes into the folder of middlewares that the host has', () => {
    const profile = hostProfile()
    profile.server.folders.middleware = 'middlewares'
    const layout = layoutOf(profile, MIGRATION)
    const file = 'middleware/subscription.middleware.ts'
    expect(layout.pathOf(`server/${file}`)).toBe('server/middlewares/subscription.middleware.ts')
    expect(layout.pathOf(`client/${file}`)).toBe('client/src/middleware/subscription.middleware.ts')
  })

  test.each([
    ['javascript', 'commonjs', 'tests/services/access.test.mjs'],
    ['javascript', 'esm', 'tests/services/access.test.js'],
    ['typescript', 'commonjs', 'tests/services/access.test.ts'],
  ] as const)('names tests as the modules they are, in %s of %s', (language, modules, path) => {
    const profile = hostProfile()
    profile.server.package.language.value = language
    profile.server.package.modules.value = modules
    expect(layoutOf(profile).pathOf('tests/services/access.test.ts')).toBe(path)
  })

  test('names paths as the scripts of the server’s package do', () => {
    const profile = hostProfile()
    profile.server.package = packageProfile({ dir: 'apps/api' })
    profile.server.dir.value = 'apps/api/src'
    expect(layoutOf(profile).inPackage('server/scripts/billing.ts')).toBe('src/scripts/billing.ts')
  })

  test('imports what another package exports by its name', () => {
    const db = { dir: 'packages/db', manifest: 'packages/db/package.json', installDir: '' }
    const profile = hostProfile()
    profile.packages = [{ ...db, name: '@acme/db', entry: 'packages/db/src/index.ts' }]
    const layout = layoutOf(profile)
    expect(layout.hostSpecifierOf('packages/db/src/index.ts', 'server/billing/a.ts')).toBe(
      '@acme/db',
    )
    expect(layout.hostSpecifierOf('packages/db/src/index.ts', 'packages/db/src/b.ts')).toBe(
      './index.js',
    )
  })

  test('refuses a template outside the logical folders', () => {
    expect(() => layout.pathOf('elsewhere/x.ts')).toThrow('No folder for')
  })
})
