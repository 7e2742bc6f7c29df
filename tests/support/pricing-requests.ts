/** Every kind of pricing that is asked for in words, and what each request asks for. */
export interface PricingRequest {
  words: string
  asksFor: Capability[]
}

export type Capability = 'subscriptions' | 'usage' | 'products' | 'discounts' | 'seats' | 'gating'

export const CAPABILITIES: Capability[] = [
  'subscriptions',
  'usage',
  'products',
  'discounts',
  'seats',
  'gating',
]

export const PRICING_REQUESTS = {
  tiers: {
    words:
      'add Polar.sh subscription billing with 3 tiers: Free, Pro ($29/mo), Enterprise ($99/mo)',
    asksFor: ['subscriptions'],
  },
  usage: {
    words:
      'implement Polar.sh with usage-based billing for API calls, $49 base + $0.01 per API call over 10k',
    asksFor: ['subscriptions', 'usage'],
  },
  trial: {
    words: '3 tiers: Starter ($19), Pro ($49), Enterprise ($199), 14-day trial',
    asksFor: ['subscriptions'],
  },
  storage: {
    words: 'base $29/mo + $0.10 per GB storage over 100GB',
    asksFor: ['subscriptions', 'usage'],
  },
  course: {
    words: 'sell course for $299 one-time payment',
    asksFor: ['products'],
  },
  gating: {
    words: 'free tier with upgrade to Pro ($29/mo) with feature gating',
    asksFor: ['subscriptions', 'gating'],
  },
  lifetime: {
    words: 'Free, Pro $12/mo; lifetime licence $240 once',
    asksFor: ['subscriptions', 'products'],
  },
  seats: {
    words:
      'Free, Team $15 per seat per month or $150 per seat per year, 10-day trial, code HELLO for 25% off the first 2 months, with feature gating',
    asksFor: ['subscriptions', 'seats', 'discounts', 'gating'],
  },
  hybrid: {
    words:
      'Starter $19/mo with 10,000 API calls then $0.01 per API call, Pro $49/mo; setup service $199 one-time',
    asksFor: ['subscriptions', 'usage', 'products'],
  },
} satisfies Record<string, PricingRequest>
