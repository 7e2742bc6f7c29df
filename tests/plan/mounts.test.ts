import { describe, expect, it } from 'vitest'
import { detectHost } from '../../src/host/index.js'
import { planIntegration } from '../../src/plan/plan.js'
import { hostFiles } from '../../src/tree/host-files.js'
import { StagedTree } from '../../src/tree/staged-tree.js'
import type { Plan } from '../../src/types.js'
import { packageJson, smallHost } from '../host/support/small-host.js'
import { billingSpec, paid } from '../support/profiles.js'

async function plannedFor(app: string): Promise<Plan> {
  const manifest = packageJson({ devDependencies: { vitest: '^4.0.0' } })
  const root = smallHost({ 'package.json': manifest, 'src/app.ts': app })
  const detection = await detectHost(root)
  if (detection.status !== 'ok') throw new Error(JSON.stringify(detection.problems))
  const tree = new StagedTree(hostFiles(root))
  const spec = billingSpec([paid('Pro', 2_900)])
  return (await planIntegration({ spec, host: detection.host, assumptions: [], tree, now: 0 })).plan
}

describe('the routers that a plan mounts', () => {
  it('are said to be mounted by hand where there is no place for them', async () => {
    const { mounts, manualSteps } = await plannedFor(
      "import express from 'express'\nexport class Server {\n  app = express()\n}\n",
    )
    expect(mounts.map(({ path, byHand }) => ({ path, byHand }))).toEqual([
      { path: '/api/billing', byHand: true },
      { path: '/api/webhooks/polar', byHand: true },
    ])
    expect(manualSteps.map(({ snippet }) => snippet)).toEqual([
      expect.stringContaining("this.app.use('/api/webhooks/polar'"),
      expect.stringContaining("this.app.use('/api/billing'"),
      expect.stringContaining('createBillingRouter'),
    ])
  })

  it('are mounted where there is one', async () => {
    const { mounts } = await plannedFor(
      "import express from 'express'\nexport const app = express()\napp.use(express.json())\n",
    )
    expect(mounts.map(({ byHand }) => byHand)).toEqual([false, false])
  })
})
