import { expect, it } from 'vitest'
import { takeTypesOfNode } from '../../src/stacks/tests/vitest/types-of-node.js'
import type { HostProfile } from '../../src/types.js'
import { hostProfile, packageProfile } from '../support/profiles.js'

const APART = {
  ending: '.vitest' as const,
  compiledBy: [],
  collected: false,
  nodeEnv: null,
  aliases: false,
  vitest: '^3.2.0',
  oldJest: null,
}

function host(manager: 'npm' | 'pnpm', overridesTypes = true): HostProfile {
  const profile = hostProfile()
  const packageManager = { ...profile.packageManager, value: manager }
  const server = { ...profile.server, package: packageProfile({ packageManager }) }
  return { ...profile, server, tests: { ...profile.tests, apart: { ...APART, overridesTypes } } }
}

it("has npm take the host's @types/node, whatever Vitest asks for", async () => {
  const [edit] = takeTypesOfNode(host('npm'))
  const text = '{\n  "devDependencies": {\n    "@types/node": "^16.0.0"\n  }\n}\n'
  const result = await edit?.apply(text)
  expect(result).toMatchObject({
    content: `{
  "devDependencies": {
    "@types/node": "^16.0.0"
  },
  "overrides": {
    "vitest": { "@types/node": "$@types/node" }
  }
}
`,
  })
  const again = result?.status === 'changed' ? await edit?.apply(result.content) : null
  expect(again).toEqual({ status: 'unchanged' })
})

it('says nothing to other package managers, nor where there is no conflict', () => {
  expect(takeTypesOfNode(host('pnpm'))).toEqual([])
  expect(takeTypesOfNode(host('npm', false))).toEqual([])
})
