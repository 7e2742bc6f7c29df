import { describe, expect, it } from 'vitest'
import { detectHost } from '../../src/host/index.js'
import { planIntegration } from '../../src/plan/plan.js'
import { hostFiles } from '../../src/tree/host-files.js'
import { StagedTree } from '../../src/tree/staged-tree.js'
import type { BillingSpec, Plan } from '../../src/types.js'
import { packageJson, smallHost } from '../host/support/small-host.js'
import { billingSpec, meter, paid } from '../support/profiles.js'

const calls = meter('API calls')
const storage = meter('Storage', { aggregation: 'sum', property: 'gb' })
const IMPORT = "import { trackUsage } from './middleware/usage-tracking.middleware.js'"

interface Planned {
  plan: Plan
  textOf: (path: string) => string | null
}

async function planned(
  spec: BillingSpec,
  routes: string[] = [],
  files: Record<string, string> = {},
): Promise<Planned> {
  const manifest = packageJson({ devDependencies: { vitest: '^4.0.0' } })
  const root = smallHost({ 'package.json': manifest, ...files })
  const detection = await detectHost(root)
  if (detection.status !== 'ok') throw new Error(JSON.stringify(detection.problems))
  const tree = new StagedTree(hostFiles(root))
  const track = routes.map((route) => ({ meter: 'api-calls', route }))
  const input = { spec, host: detection.withRoutes(), assumptions: [], track, tree, now: 0 }
  const { plan } = await planIntegration(input)
  return { plan, textOf: (path) => tree.read(path) }
}

/** Apps that are too small for a login have a step for that, too. */
function countingSteps({ manualSteps }: Plan): Plan['manualSteps'] {
  return manualSteps.filter(({ snippet }) => snippet.includes('trackUsage'))
}

const metered = billingSpec([paid('Pro', 2_900)], { meters: [calls] })

describe('counting requests', () => {
  it('is a step by hand where no route was named', async () => {
    const { plan, textOf } = await planned(metered)
    expect(plan.manualSteps).toEqual([
      {
        file: 'src/app.ts',
        snippet: `${IMPORT}\n\napp.use('/api/notes', trackUsage('api-calls'))`,
        reason: expect.stringContaining('--track /api/notes') as string,
      },
    ])
    expect(textOf('src/app.ts')).not.toContain('trackUsage')
  })

  it('stands before the route that was named, and is said', async () => {
    const { plan, textOf } = await planned(metered, ['/api/notes'])
    expect(plan.manualSteps).toEqual([])
    expect(textOf('src/app.ts')).toContain(IMPORT)
    const mount = "app.use('/api/notes', requireAuth, trackUsage('api-calls'), notes)"
    expect(textOf('src/app.ts')).toContain(mount)
    expect(plan.assumptions.at(-1)).toMatchObject({
      field: 'usage.api-calls',
      value: 'requests to /api/notes',
    })
  })

  it('says where no login was seen', async () => {
    const app =
      "import express from 'express'\nimport { notes } from './notes.js'\nexport const app = express()\napp.use('/open', notes)\n"
    const { plan } = await planned(metered, ['/open'], { 'src/app.ts': app })
    expect(plan.assumptions.at(-1)?.reason).toContain('no login was seen before /open')
  })

  it('happens once where one route that was named is within another', async () => {
    const { plan, textOf } = await planned(metered, ['/api', '/api/notes'])
    expect(plan.manualSteps).toEqual([])
    expect(textOf('src/app.ts')?.match(/trackUsage\('api-calls'\)/g)).toHaveLength(1)
  })

  it('is a step by hand in code that answers at another route, too', async () => {
    const app = `import express from 'express'
import { notes } from './notes.js'
export const app = express()
app.use('/v1', notes)
app.use('/v2', notes)
`
    const router = `import { Router } from 'express'
export const notes = Router()
notes.get('/all', (req, res) => res.end())
`
    const files = { 'src/app.ts': app, 'src/notes.ts': router }
    const { plan, textOf } = await planned(metered, ['/v1/all'], files)
    expect(countingSteps(plan)).toMatchObject([{ file: 'src/notes.ts' }])
    expect(textOf('src/notes.ts')).toBe(router)
    const both = await planned(metered, ['/v1/all', '/v2/all'], files)
    expect(countingSteps(both.plan)).toEqual([])
    expect(both.textOf('src/notes.ts')).toContain("notes.get('/all', trackUsage('api-calls'), (")
  })

  it('is a step by hand of its own for each meter, and of another kind for a sum', async () => {
    const both = billingSpec([paid('Pro', 2_900)], { meters: [calls, storage] })
    const { plan } = await planned(both, ['/api/notes'])
    expect(plan.manualSteps).toMatchObject([
      { snippet: expect.stringContaining("trackUsage('storage', { quantity:") as string },
    ])
    expect((await planned(both)).plan.manualSteps).toHaveLength(2)
  })

  it('is no step where the app counts already', async () => {
    const notes = `import { Router } from 'express'
import { trackUsage } from './middleware/usage-tracking.middleware.js'
export const notes = Router()
notes.get('/', trackUsage('api-calls'), (req, res) => res.end())
`
    const { plan, textOf } = await planned(metered, [], { 'src/notes.ts': notes })
    expect(plan.manualSteps).toEqual([])
    expect(textOf('src/notes.ts')).toBe(notes)
  })

  it('is a step by hand where the place cannot be found in the text', async () => {
    const app = `import express from 'express'
import { PATH } from './paths.js'
import { notes } from './notes.js'
export const app = express()
app.use(PATH, notes)
`
    const files = { 'src/app.ts': app, 'src/paths.ts': "export const PATH = '/api/v1'\n" }
    const { plan } = await planned(metered, ['/api/v1'], files)
    expect(countingSteps(plan)).toMatchObject([
      { file: 'src/app.ts', snippet: expect.stringContaining("app.use('/api/v1'") as string },
    ])
  })
})
