import { describe, expect, it } from 'vitest'
import { usage } from '../../src/features/usage/index.js'
import { templateData } from '../../src/render/data.js'
import { layoutOf } from '../../src/render/layout.js'
import type { HostProfile } from '../../src/types.js'
import { billingSpec, hostProfile, paid } from '../support/profiles.js'

/** What the feature adds to a host. */
function contributionTo(host: HostProfile) {
  const spec = billingSpec([paid('Pro', 2_900)])
  const layout = layoutOf(host, '1_add-billing-tables.sql')
  return usage.contribute({ spec, host, data: templateData(spec, host), layout })
}

function styledWith(styling: 'tailwind' | 'css'): HostProfile {
  const host = hostProfile()
  const found = { value: styling, source: 'detected' as const, evidence: [] }
  return { ...host, client: host.client && { ...host.client, styling: found } }
}

describe('what shows usage', () => {
  it('has a stylesheet only where styles are written in those', () => {
    const sheet = 'client/styles/usage.css'
    expect(contributionTo(styledWith('css')).wants?.(sheet)).toBe(true)
    expect(contributionTo(styledWith('tailwind')).wants?.(sheet)).toBe(false)
    expect(contributionTo(styledWith('tailwind')).wants?.('client/hooks/useUsage.ts')).toBe(true)
  })
})
