import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { templateData } from '../../src/render/data.js'
import { renderTemplate } from '../../src/render/engine.js'
import { layoutOf } from '../../src/render/layout.js'
import { openLibrary } from '../../src/render/library.js'
import { billingSpec, hostProfile, meter, paid, tier } from '../support/profiles.js'

interface Words {
  changeConfirmation: (change: object, state: object, catalog: object) => { text: string }
  changeNotice: (change: object, state: object) => string
}

const calls = meter('Calls', { included: 100, tier: 'pro' })

/** The sentence as plain text: how it is marked up does not matter here. */
const PLAIN_SENTENCE = `export const sentence = (words: TemplateStringsArray, ...values: unknown[]): string =>
  words.map((word, index) => word + (values[index] || '')).join('')`

const monthly = { interval: 'month', intervalCount: 1, amount: 2_900, perSeat: false }
const yearly = { ...monthly, interval: 'year', amount: 29_000 }
const free = { slug: 'free', name: 'Free', prices: [], meters: [] }
const pro = { slug: 'pro', name: 'Pro', prices: [monthly, yearly], meters: [{ meter: 'calls' }] }
const team = { ...pro, slug: 'team', name: 'Team', meters: [] }
const catalog = { currency: 'usd', plans: [free, team, pro] }

function onPro(changes: object = {}): object {
  const subscription = {
    ...{ tier: 'pro', status: 'active', interval: 'month', intervalCount: 1, seats: null },
    currentPeriodEnd: '2026-03-01T12:00:00Z',
    ...changes,
  }
  return { tier: subscription.tier, subscription }
}

describe('before a plan changes, the person reads', () => {
  let words: Words
  let root: string

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'plan-change-'))
    const prices = (['month', 'year'] as const).map((interval) => ({
      ...{ amount: 2_900, interval, intervalCount: 1, perSeat: false },
    }))
    const plans = [tier('Free', { free: true }), paid('Team', 2_900), tier('Pro', { prices })]
    const spec = { ...billingSpec(plans), meters: [calls] }
    const host = hostProfile()
    const data = templateData(spec, host)
    const layout = layoutOf(host, '1_add-billing-tables.sql')
    const placeOf = (file: string) => join(root, 'client/billing', file)
    mkdirSync(dirname(placeOf('x')), { recursive: true })
    const templates = [
      'stacks/clients/react/client/billing/format.ts',
      'features/subscriptions/client/billing/plan-offers.ts',
      'features/subscriptions/client/billing/subscription-texts.ts',
    ]
    for (const name of templates) {
      const file = basename(name)
      const path = layout.pathOf(`client/billing/${file}`)
      writeFileSync(placeOf(file), renderTemplate(openLibrary(), name, data, layout, path))
    }
    writeFileSync(placeOf('texts.ts'), PLAIN_SENTENCE)
    words = (await import(placeOf('plan-offers.ts'))) as Words
  })
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  const explain = (change: object, state: object) =>
    words.changeConfirmation(change, state, catalog).text
  const toTeam = { kind: 'upgrade', plan: team, price: monthly, dueNow: null }
  const toYearly = { ...toTeam, plan: pro, price: yearly }
  const toMonthly = { ...toTeam, kind: 'downgrade', plan: pro }
  const toFree = { ...toMonthly, plan: free, price: null }

  it('that the difference is charged, where the period stays', () => {
    expect(explain(toTeam, onPro())).toBe(
      'Team costs $29 per month and starts now. The difference is charged to your payment method right away, for the rest of the current period. Our payment provider works out the amount.',
    )
  })

  it('about how much is charged, where that is known', () => {
    expect(explain({ ...toTeam, dueNow: 3_500 }, onPro({ currency: 'usd' }))).toBe(
      'Team costs $29 per month and starts now. About $35.00 before tax is charged to your payment method right away, for the rest of the current period.',
    )
  })

  it('that a new period is charged, where it is paid for another one', () => {
    expect(explain(toYearly, onPro())).toContain(
      'right away, for a new period, less what is left of the one that you have paid for.',
    )
  })

  it('that a trial ends with it', () => {
    const trialing = onPro({ status: 'trialing' })
    const ends = 'Your free trial ends with it, and the first period is charged'

    expect(explain(toTeam, trialing)).toContain(ends)
    expect(explain(toYearly, trialing)).toContain(ends)
  })

  it('not that a plan follows which the person has', () => {
    const onYearly = onPro({ interval: 'year' })

    expect(explain(toMonthly, onYearly)).toBe(
      'You pay as you do now until March 1, 2026. After that Pro costs $29 per month.',
    )
    expect(words.changeNotice(toMonthly, onYearly)).toBe(
      'From March 1, 2026 on you pay monthly for Pro.',
    )
    expect(words.changeNotice(toYearly, onPro())).toBe('You now pay yearly for Pro.')
  })

  it('that nothing is paid until the trial ends', () => {
    const inTrial = onPro({ interval: 'year', status: 'trialing' })
    expect(explain(toMonthly, inTrial)).toBe(
      'Your free trial goes on until March 1, 2026. After that Pro costs $29 per month.',
    )
  })

  it('that what was used is still charged, where usage is paid', () => {
    expect(explain(toFree, onPro())).toContain(
      'Nothing more is charged, except for usage that is not included.',
    )
    expect(explain(toFree, onPro({ tier: 'team' }))).toMatch(/Nothing more is charged\.$/)
  })
})
