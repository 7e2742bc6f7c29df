import { describe, expect, it } from 'vitest'
import { contributionsTo, type OwnedContribution } from '../../src/plan/contributions.js'
import { wantedPackages } from '../../src/plan/wanted-packages.js'
import { templateData } from '../../src/render/data.js'
import { layoutOf } from '../../src/render/layout.js'
import type { HostProfile } from '../../src/types.js'
import { billingSpec, hostProfile, meter, paid } from '../support/profiles.js'

const calls = meter('Calls')

/** The fixture host with these packages for charts. */
function drawingWith(packages: Record<string, string>): HostProfile {
  const host = hostProfile()
  const charts = Object.entries(packages).map(([name, range]) => {
    return { value: { name, range }, source: 'detected' as const, evidence: [] }
  })
  return { ...host, client: host.client && { ...host.client, charts } }
}

function partsFor(host: HostProfile, meters = [calls]): OwnedContribution[] {
  const spec = billingSpec([paid('Pro', 2_900)], { meters })
  const data = templateData(spec, host)
  const layout = layoutOf(host, '1_add-billing-tables.sql', '1_add-usage-tables.sql')
  return contributionsTo({ spec, host, data, layout })
}

/** The part that draws, and what package.json is asked for on its account. */
function chartIn(packages: Record<string, string>) {
  const charts = partsFor(drawingWith(packages)).filter(({ owner }) => owner.includes('/charts/'))
  const [chart, ...others] = charts
  if (!chart || others.length > 0) throw new Error(`${charts.length} parts draw.`)
  const manifest = JSON.stringify({ dependencies: { react: '^19.0.0', ...packages } })
  return {
    ...chart,
    library: chart.owner.split('/').at(-1),
    asks: wantedPackages([chart], manifest),
  }
}

describe('the chart of usage', () => {
  it('is drawn with recharts where the host draws no charts', () => {
    expect(chartIn({})).toMatchObject({
      library: 'recharts',
      asks: { dependencies: { recharts: '^3.2.0' }, devDependencies: {} },
      assumptions: [],
    })
  })

  it.each([
    [{ recharts: '^3.2.0' }, 'recharts'],
    [{ recharts: '^3.0.0' }, 'recharts'],
    [{ recharts: '2.15.4' }, 'recharts'],
    [{ recharts: 'latest' }, 'recharts'],
    [{ 'chart.js': '^4.4.0', 'react-chartjs-2': '^5.3.0' }, 'chart.js'],
    [{ 'chart.js': '4' }, 'chart.js'],
    [{ 'chart.js': '^4.4.0', recharts: '^3.2.0' }, 'recharts'],
    [{ 'chart.js': '^4.4.0', recharts: '^1.8.0' }, 'chart.js'],
    [{ 'chart.js': '^4.4.0', victory: '^37.0.0' }, 'chart.js'],
  ])('is drawn with what the host has: %j', (packages, library) => {
    expect(chartIn(packages)).toMatchObject({
      library,
      asks: { dependencies: {}, devDependencies: {} },
      assumptions: [],
    })
  })

  it('is drawn with what the host has once its range leaves out what is too old', () => {
    expect(chartIn({ recharts: '^2.12.7' })).toMatchObject({
      library: 'recharts',
      asks: { dependencies: {}, devDependencies: { recharts: '^2.15.0' } },
      assumptions: [],
    })
  })

  it.each([
    [{ victory: '^37.0.0' }, 'recharts', 'victory ^37.0.0'],
    [{ 'chart.js': '^2.9.4' }, 'recharts', 'chart.js ^2.9.4'],
    [{ recharts: '^1.8.5', victory: '1' }, 'chart.js', 'recharts ^1.8.5 and victory 1'],
  ])('is drawn with another library, and that is said, with %j', (packages, library, theirs) => {
    const { assumptions, asks, ...chart } = chartIn(packages)
    expect(chart.library).toBe(library)
    expect(Object.keys(asks.dependencies)).toEqual([library])
    expect(assumptions).toMatchObject([{ field: 'host.client.charts' }])
    expect(assumptions[0]?.reason).toContain(theirs)
  })

  it('changes no version of the host where all of them are too old', () => {
    const { library, asks } = chartIn({ recharts: '^1.8.5', 'chart.js': '^2.9.4' })
    // The host's range stands in its way, and the plan says so.
    expect([library, asks.dependencies]).toEqual(['recharts', { recharts: '^3.2.0' }])
  })

  it('is not there without usage, or without a front end', () => {
    const owners = [
      ...partsFor(drawingWith({ recharts: '^3.2.0' }), []),
      ...partsFor({ ...hostProfile(), client: null }),
    ].map(({ owner }) => owner)
    expect(owners.filter((owner) => owner.includes('/charts/'))).toEqual([])
  })
})
