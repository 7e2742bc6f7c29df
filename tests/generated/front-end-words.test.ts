import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { templateData } from '../../src/render/data.js'
import { renderTemplate } from '../../src/render/engine.js'
import { layoutOf } from '../../src/render/layout.js'
import { openLibrary } from '../../src/render/library.js'
import { billingSpec, hostProfile, paid, tier } from '../support/profiles.js'
import { standInReact } from '../support/stand-in-react.js'

interface Coupon {
  percentOff: number | null
  amountOff: number | null
  currency: string
  duration: 'once' | 'forever' | 'repeating'
  months: number | null
}

interface Period {
  interval: 'day' | 'week' | 'month' | 'year'
  intervalCount: number
}

interface CouponWords {
  describeCoupon: (coupon: Coupon) => string
  describeCouponFor: (coupon: Coupon, period: Period | null) => string
  reducedBy: (coupon: Coupon, amount: number) => number | null
}

const FORMAT = 'stacks/clients/react/client/billing/format.ts'
const API = 'stacks/clients/react/client/billing/api.ts'
const HOOKS = 'stacks/clients/react/client/billing/hooks.ts'

/** Modules of the generated front end that show nothing themselves, as templates by name. */
function rendered(names: string[]): (name: string) => Promise<unknown> {
  const root = mkdtempSync(join(tmpdir(), 'front-end-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  standInReact(root)
  const bySeat = { amount: 9_900, interval: 'month', intervalCount: 1, perSeat: true } as const
  const plans = [
    tier('Free', { free: true }),
    tier('Team', { prices: [bySeat] }),
    paid('Pro', 2_900),
  ]
  const spec = { ...billingSpec(plans), gating: true }
  const host = hostProfile()
  const layout = layoutOf(host, '1_add-billing-tables.sql')
  const data = templateData(spec, host)
  const placeOf = (name: string) => join(root, name.slice(name.indexOf('client/')))
  for (const name of names) {
    const place = placeOf(name)
    mkdirSync(dirname(place), { recursive: true })
    const path = layout.pathOf(name.slice(name.indexOf('client/')))
    writeFileSync(place, renderTemplate(openLibrary(), name, data, layout, path))
  }
  return (name) => import(placeOf(name)) as Promise<unknown>
}

async function couponWords(): Promise<CouponWords> {
  const name = 'features/coupons/client/billing/coupon.ts'
  return (await rendered([FORMAT, name])(name)) as CouponWords
}

const quarterOff: Coupon = {
  percentOff: 25,
  amountOff: null,
  currency: 'usd',
  duration: 'repeating',
  months: 2,
}
const fiveOff: Coupon = { ...quarterOff, percentOff: null, amountOff: 500, duration: 'once' }

describe('what a code is said to take off', () => {
  it('an amount that is whole in minor units, and no other', async () => {
    const { reducedBy } = await couponWords()

    expect(reducedBy(quarterOff, 2_900)).toBe(2_175)
    expect(reducedBy(quarterOff, 2_999)).toBeNull()
    expect(reducedBy({ ...quarterOff, percentOff: 12.5 }, 1_000)).toBe(875)
    expect(reducedBy({ ...quarterOff, percentOff: 33.33 }, 10_000)).toBe(6_667)
    expect(reducedBy({ ...quarterOff, percentOff: 33.33 }, 100)).toBeNull()
    expect(reducedBy({ ...quarterOff, percentOff: 100 }, 999)).toBe(0)
  })

  it('never more than there is to pay', async () => {
    const { reducedBy } = await couponWords()

    expect(reducedBy(fiveOff, 2_900)).toBe(2_400)
    expect(reducedBy(fiveOff, 300)).toBe(0)
  })

  it('for as long as it lasts', async () => {
    const { describeCoupon } = await couponWords()

    expect(describeCoupon(quarterOff)).toBe('25% off the first 2 months')
    expect(describeCoupon({ ...quarterOff, months: 1 })).toBe('25% off the first month')
    expect(describeCoupon({ ...quarterOff, duration: 'forever' })).toBe('25% off every payment')
    expect(describeCoupon(fiveOff)).toBe('$5 off the first payment')
  })

  it.each([
    ['month', 1, 2, '25% off the first 2 months'],
    ['week', 1, 2, '25% off the first 2 months'],
    ['year', 1, 2, '25% off the first payment'],
    ['month', 3, 3, '25% off the first payment'],
    ['month', 3, 4, '25% off the first 2 payments'],
    ['year', 1, 24, '25% off the first 2 payments'],
  ] as const)(
    'every %s, %i at a time, for %i months',
    async (interval, intervalCount, months, words) => {
      const { describeCouponFor } = await couponWords()

      expect(describeCouponFor({ ...quarterOff, months }, { interval, intervalCount })).toBe(words)
    },
  )

  it('without a word of months for what is paid once', async () => {
    const { describeCouponFor } = await couponWords()

    expect(describeCouponFor(quarterOff, null)).toBe('25% off')
  })
})

describe('a number of seats', () => {
  it.each([
    ['1', 1],
    [' 12 ', 12],
    ['1000', 1_000],
    ['1001', null],
    ['0', null],
    ['-1', null],
    ['1.5', null],
    ['1e2', null],
    ['', null],
    ['٣', null],
  ])('is read from %j as %j', async (typed, seats) => {
    const { readSeats } = (await rendered([FORMAT])(FORMAT)) as {
      readSeats: (typed: string) => number | null
    }

    expect(readSeats(typed)).toBe(seats)
  })
})

describe('what was bought', () => {
  it('belongs to the buyer until it is refunded', async () => {
    const name = 'features/purchases/client/billing/usePurchases.ts'
    const { owns } = (await rendered([API, HOOKS, name])(name)) as {
      owns: (purchases: object[], slug: string) => boolean
    }

    expect(owns([{ product: 'course', refundedAt: null }], 'course')).toBe(true)
    expect(owns([{ product: 'course', refundedAt: '2026-01-01T00:00:00Z' }], 'course')).toBe(false)
    expect(owns([{ product: null, refundedAt: null }], 'course')).toBe(false)
  })
})

describe('a plan', () => {
  it('has what lower ones have, by the order of their prices', async () => {
    const name = 'features/gating/client/billing/features.ts'
    const { isAtLeast } = (await rendered([name])(name)) as {
      isAtLeast: (plan: string | null, tier: string) => boolean
    }

    expect(isAtLeast('team', 'pro')).toBe(true)
    expect(isAtLeast('pro', 'team')).toBe(false)
    expect(isAtLeast('free', 'free')).toBe(true)
    expect(isAtLeast(null, 'free')).toBe(false)
    expect(isAtLeast('none of the catalog', 'pro')).toBe(false)
  })
})

describe('a subscription', () => {
  const TEXTS = [
    'stacks/clients/react/client/billing/texts.ts',
    'features/subscriptions/client/billing/subscription-texts.ts',
  ] as const
  const running = {
    ...{ tier: 'pro', status: 'active', interval: 'month', intervalCount: 1, seats: null },
    ...{ amount: 2_900, listAmount: 2_900, currency: 'usd', discount: null, endsAt: null },
    ...{ currentPeriodEnd: '2026-03-01T12:00:00Z', cancelAtPeriodEnd: false, trialEnd: null },
    ...{ pauseAtPeriodEnd: false, pausedAt: null, pendingChange: null, outcomeUnknown: false },
  }

  async function summaryOf(changes: object, hasAccess = true): Promise<Record<string, unknown>> {
    const { summarize } = (await rendered([FORMAT, API, ...TEXTS])(TEXTS[1])) as {
      summarize: (state: object, catalog: null) => Record<string, unknown>
    }
    const subscription = { ...running, ...changes }
    return summarize({ tier: 'pro', hasAccess, accessEndsAt: null, subscription }, null)
  }

  it('of a plan that is sold no more is not called by another name', async () => {
    const { plan, text } = await summaryOf({ tier: null, cancelAtPeriodEnd: true })
    expect(plan).toBe('A plan that is no longer offered')
    expect(`${JSON.stringify(text)}`).not.toContain('your plan')
  })

  it('that is paused leads to the customer portal', async () => {
    const paused = { status: 'paused', pausedAt: '2026-02-01T12:00:00Z' }
    const { badge, portal, steps } = await summaryOf(paused, false)
    const cancel = ['cancel', 'Cancel subscription']
    expect([badge, portal, steps]).toEqual(['Paused', 'Open the customer portal', [cancel]])
  })

  it('costs what it is sold for', async () => {
    expect(await summaryOf({})).toMatchObject({ price: '$29 per month', badge: 'Active' })
  })

  it('shows a promotional price with its end and the lasting price', async () => {
    const discount = { percentOff: 25, amountOff: null, endsAt: '2026-05-01T12:00:00Z' }
    expect(await summaryOf({ amount: 2_175, discount })).toMatchObject({
      price: '$21.75 per month until May 1, 2026, then $29 per month',
    })
  })

  it('shows a price that is reduced for good as the price', async () => {
    const discount = { percentOff: 25, amountOff: null, endsAt: null }
    expect(await summaryOf({ amount: 2_175, discount })).toMatchObject({
      price: '$21.75 per month',
    })
  })

  it('whose last change has no answer is said to have neither changed nor failed', async () => {
    const { badge, text, steps, canChangePlan } = await summaryOf({ outcomeUnknown: true })

    expect([badge, steps, canChangePlan]).toEqual(['Being confirmed', [], false])
    expect(text).toContain('we do not know whether your last change went through')
    expect(text).not.toMatch(/failed|done|success/i)
  })
})
