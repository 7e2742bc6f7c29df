import type { BrowserApp } from './app.js'
import { signUp, subscribe, type Visitor } from './visitor.js'
import type { SoldPrice, Subscription } from './polar.js'

/** A state that a subscriber can be in, and what the billing page says of it. */
export interface BillingPageState {
  name: string
  /** Brings a new visitor into it. */
  arrange: (visitor: Visitor, app: BrowserApp) => Promise<void>
  says: RegExp
}

export const THREE_TIERS = '3 tiers: Free, Pro ($29/mo), Enterprise ($99/mo)'

/** Every state that Polar or the app can bring a subscriber into. */
export const states: BillingPageState[] = [
  {
    name: 'nothing bought',
    arrange: (visitor, app) => signUp(visitor, app),
    says: /Free/,
  },
  {
    name: 'incomplete',
    arrange: (visitor, app) => subscribeTo(visitor, app, 'pro', () => ({ status: 'incomplete' })),
    says: /Free|payment/,
  },
  {
    name: 'trial',
    arrange: (visitor, app) =>
      subscribeTo(visitor, app, 'pro', (days) => ({
        status: 'trialing',
        trial_start: days(-4),
        trial_end: days(10),
        current_period_start: days(-4),
        current_period_end: days(10),
      })),
    says: /free trial ends on/,
  },
  {
    name: 'active',
    arrange: (visitor, app) => subscribeTo(visitor, app, 'pro', () => ({})),
    says: /Renews on/,
  },
  {
    name: 'canceled at the end of the period',
    arrange: (visitor, app) =>
      subscribeTo(visitor, app, 'pro', (days) => ({
        cancel_at_period_end: true,
        canceled_at: days(-1),
        ends_at: days(29),
      })),
    says: /You keep Pro until/,
  },
  {
    name: 'change to come',
    arrange: (visitor, app) =>
      subscribeTo(visitor, app, 'enterprise', (days) => ({
        pending_update: {
          product_id: priceOf(app, 'pro').productId,
          applies_at: days(29),
        },
      })),
    says: /After that you are on Pro|Pro starts on/,
  },
  {
    name: 'past due with access',
    arrange: (visitor, app) =>
      subscribeTo(visitor, app, 'pro', (days) => ({ status: 'past_due', past_due_at: days(-2) })),
    says: /last payment failed.*You keep Pro until/s,
  },
  {
    name: 'past due without access',
    arrange: (visitor, app) =>
      subscribeTo(visitor, app, 'pro', (days) => ({ status: 'past_due', past_due_at: days(-20) })),
    says: /last payment failed.*switched off/s,
  },
  {
    name: 'unpaid',
    arrange: (visitor, app) => subscribeTo(visitor, app, 'pro', () => ({ status: 'unpaid' })),
    says: /pay the open invoice/,
  },
  {
    name: 'paused',
    arrange: (visitor, app) =>
      subscribeTo(visitor, app, 'pro', (days) => ({ status: 'paused', paused_at: days(-3) })),
    says: /paused since/,
  },
  {
    name: 'ended',
    arrange: (visitor, app) =>
      subscribeTo(visitor, app, 'pro', (days) => ({
        status: 'canceled',
        cancel_at_period_end: true,
        canceled_at: days(-20),
        ends_at: days(-1),
        ended_at: days(-1),
      })),
    says: /ended on/,
  },
  {
    name: 'outcome unknown',
    arrange: async (visitor, app) => {
      await subscribeTo(visitor, app, 'pro', () => ({}))
      app.polar.api.fail('PATCH /v1/subscriptions/{id}', 'drops the call')
      app.polar.api.fail('GET /v1/subscriptions/{id}', { status: 503 })
      await visitor.context.request.put('/api/billing/subscription/upgrade', {
        data: { tier: 'enterprise' },
      })
    },
    says: /do not know whether your last change went through/,
  },
]

async function subscribeTo(
  visitor: Visitor,
  app: BrowserApp,
  tier: string,
  changes: (days: (count: number) => string) => Partial<Subscription>,
): Promise<void> {
  const price = priceOf(app, tier)
  await subscribe(
    visitor,
    app,
    price,
    changes((count) => app.polar.days(count)),
  )
}

export function priceOf(app: BrowserApp, tier: string): SoldPrice {
  const price = app.polar.prices.find((one) => one.tier === tier)
  if (!price) throw new Error(`Nothing sells ${tier}`)
  return price
}
