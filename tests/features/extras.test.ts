import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { features } from '../../src/features/registry.js'
import { templateData } from '../../src/render/data.js'
import { layoutOf } from '../../src/render/layout.js'
import type { BillingSpec, Discount } from '../../src/types.js'
import { billingSpec, hostProfile, paid, tier } from '../support/profiles.js'
import { rendered } from '../support/rendered.js'

const hello: Discount = {
  code: 'Hello',
  percentOff: 25,
  amountOff: null,
  duration: 'repeating',
  months: 2,
}
const bySeat = { amount: 1_500, interval: 'month' as const, intervalCount: 1, perSeat: true }
const pro = billingSpec([paid('Pro', 2_900)])
const team = billingSpec([tier('Team', { prices: [bySeat] })])

function partsOf(spec: BillingSpec): string[] {
  return features.filter((feature) => feature.appliesTo(spec)).map(({ name }) => name)
}

function contributionOf(name: string, spec: BillingSpec) {
  const host = hostProfile()
  const layout = layoutOf(host, '1_add-billing-tables.sql')
  const feature = features.find((one) => one.name === name)
  return feature?.contribute({ spec, host, data: templateData(spec, host), layout })
}

describe('what is generated only when it is asked for', () => {
  it.each([
    ['coupons', { ...pro, discounts: [hello] }],
    ['seats', team],
    ['gating', { ...pro, gating: true }],
  ])('has %s among it', (name, spec) => {
    expect(partsOf(spec)).toContain(name)
    expect(partsOf(pro)).not.toContain(name)
  })

  it('protects nothing by plan where no plan is paid', () => {
    const course = { slug: 'course', name: 'Course', amount: 4_900 }
    const spec = {
      ...billingSpec([tier('Free', { free: true })]),
      products: [course],
      gating: true,
    }
    expect(partsOf(spec)).not.toContain('gating')
    const data = templateData(spec, hostProfile())
    expect(data.sells.gating).toBe(false)
    expect(data.gatedFeatures).toEqual([])
  })

  it('names a variable for each code, which the example file gets', async () => {
    const part = contributionOf('coupons', { ...pro, discounts: [hello] })
    expect(part?.env).toMatchObject([{ name: 'POLAR_DISCOUNT_HELLO', value: '' }])
    const edited = await part?.edits?.[0]?.apply('A=1\n')
    expect(JSON.stringify(edited)).toContain('POLAR_DISCOUNT_HELLO=')
  })

  it.each([
    ['a code', { ...pro, discounts: [hello] }, true],
    ['seats', team, true],
    ['neither', pro, false],
  ])('explains what Polar refuses at a checkout with %s', (_, spec, isWanted) => {
    const place = rendered(hostProfile(), 'core', ['server/billing/polar-calls.ts'], {}, spec)
    const text = readFileSync(place('server/billing/polar-calls.ts'), 'utf8')
    expect(text.includes('explainingCheckoutRefusals')).toBe(isWanted)
  })
})

describe('what the templates are told of plans by the seat', () => {
  const dataOf = (...names: string[]) => {
    const prices: Record<string, ReturnType<typeof tier>> = {
      team: tier('Team', { prices: [bySeat] }),
      crew: tier('Crew', { prices: [{ ...bySeat, amount: 9_900 }] }),
      pro: paid('Pro', 2_900),
      solo: paid('Solo', 500),
    }
    return templateData(billingSpec(names.flatMap((name) => prices[name] ?? [])), hostProfile())
  }

  it('is the most expensive plan that Polar moves the cheapest to', () => {
    expect(dataOf('team', 'pro', 'crew').mostExpensive?.slug).toBe('crew')
    expect(dataOf('solo', 'team', 'pro').mostExpensive?.slug).toBe('pro')
    expect(dataOf('team', 'pro').mostExpensive).toBeNull()
  })

  it('is a pair of which Polar moves nobody from the one to the other', () => {
    expect(dataOf('team', 'crew').seatPair).toBeNull()
    expect(dataOf('solo', 'pro').seatPair).toBeNull()
    expect(dataOf('pro', 'team').seatPair).toMatchObject({
      bySeat: { slug: 'team' },
      flat: { slug: 'pro' },
      seatIsDearer: false,
    })
    expect(dataOf('solo', 'team').seatPair).toMatchObject({ seatIsDearer: true })
  })

  it('is no pair of intervals between which the seats would be lost', () => {
    const yearly = { ...bySeat, amount: 15_000, interval: 'year' as const }
    const pairOf = (perSeat: boolean) =>
      templateData(
        billingSpec([tier('Team', { prices: [bySeat, { ...yearly, perSeat }] })]),
        hostProfile(),
      ).intervalPair
    expect(pairOf(true)).toMatchObject({ slug: 'team', longer: { interval: 'year' } })
    expect(pairOf(false)).toBeNull()
  })
})
