import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { detectHost } from '../../src/host/index.js'
import { planIntegration } from '../../src/plan/plan.js'
import { parseRequest } from '../../src/request/index.js'
import { hostFiles } from '../../src/tree/host-files.js'
import { StagedTree } from '../../src/tree/staged-tree.js'
import type { Packages } from '../../src/types.js'

const HOSTS = new URL('../../fixtures/hosts/', import.meta.url).pathname
const USAGE = 'Pro $29/mo with 10,000 API calls included, then $0.01 per API call'
const RECHARTS = /recharts/i
const CHART_JS = /chart\.js['"]|chartjs|Chart\.js/

/** The plan for a fixture host that draws with these packages. */
async function planWith(packages: Record<string, string>, host: string, words = USAGE) {
  const root = mkdtempSync(join(tmpdir(), 'charts-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  cpSync(join(HOSTS, host), root, { recursive: true })
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Packages
  const dependencies = { ...manifest.dependencies, ...packages }
  const devDependencies = withoutCharts(manifest.devDependencies)
  const changed = { ...manifest, dependencies, devDependencies }
  writeFileSync(join(root, 'package.json'), JSON.stringify(changed, null, 2))
  const [parsed, detection] = [parseRequest(words), await detectHost(root)]
  if (parsed.status !== 'ok' || detection.status !== 'ok') throw new Error('Nothing to plan.')
  const tree = new StagedTree(hostFiles(root))
  const input = { spec: parsed.spec, host: detection.host, assumptions: [], tree, now: 0 }
  const { plan } = await planIntegration(input)
  const made = tree.changes().filter(({ action }) => action === 'create')
  return { plan, made }
}

function withoutCharts(packages: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(packages).filter(([name]) => !/chart/.test(name)))
}

describe.each(['express-pg-react', 'express4-session-tailwind'])('in %s', (host) => {
  it.each([
    [{}, RECHARTS, CHART_JS, ['recharts']],
    [{ recharts: '^3.1.2' }, RECHARTS, CHART_JS, []],
    [{ recharts: '^2.15.4' }, RECHARTS, CHART_JS, []],
    [{ 'chart.js': '^4.4.0', 'react-chartjs-2': '^5.3.0' }, CHART_JS, RECHARTS, []],
    [{ 'chart.js': '~4.5.1' }, CHART_JS, RECHARTS, []],
  ])('a host with %j gets a chart of one library', async (packages, own, other, added) => {
    const { plan, made } = await planWith(packages, host)
    const withWord = (word: RegExp) =>
      made.filter(({ content }) => word.test(content)).map(({ path }) => path)
    expect(withWord(own).some((path) => path.endsWith('UsageBars.tsx'))).toBe(true)
    expect(withWord(own)).toContain('docs/billing/usage.md')
    expect(withWord(other)).toEqual([])
    const all = { ...plan.packages.dependencies, ...plan.packages.devDependencies }
    expect(Object.keys(all).filter((name) => /chart/.test(name))).toEqual(added)
  })

  it('a host without usage gets none', async () => {
    const { plan, made } = await planWith({ victory: '^37.0.0' }, host, 'Pro $29/mo')
    expect(made.filter(({ content }) => RECHARTS.test(content) || CHART_JS.test(content))).toEqual(
      [],
    )
    expect(plan.assumptions.filter(({ field }) => field.includes('charts'))).toEqual([])
  })
})

describe('a host that draws its charts with another library', () => {
  it('is told that one more is added', async () => {
    const { plan } = await planWith({ victory: '^37.0.0' }, 'express-pg-react')
    // It stands where React does.
    expect(plan.packages.devDependencies).toHaveProperty('recharts')
    expect(plan.assumptions).toEqual([
      {
        field: 'host.client.charts',
        value: 'recharts is added',
        reason: 'the chart of usage cannot be drawn with victory ^37.0.0',
      },
    ])
  })

  it('keeps the old ones that it has, and is told of the conflict', async () => {
    const old = { recharts: '^1.8.5', 'chart.js': '^2.9.4' }
    const { plan } = await planWith(old, 'express-pg-react')
    expect(plan.conflicts).toMatchObject([{ path: 'package.json' }])
    expect(plan.conflicts[0]?.reason).toContain('recharts')
  })
})
