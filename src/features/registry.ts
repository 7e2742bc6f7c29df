import { checkout } from './checkout/index.js'
import type { Feature } from './contribution.js'
import { core } from './core/index.js'
import { coupons } from './coupons/index.js'
import { events } from './events/index.js'
import { failedPayments } from './failed-payments/index.js'
import { gating } from './gating/index.js'
import { plans } from './plans/index.js'
import { portal } from './portal/index.js'
import { purchases } from './purchases/index.js'
import { seats } from './seats/index.js'
import { subscriptions } from './subscriptions/index.js'
import { sync } from './sync/index.js'
import { usage } from './usage/index.js'
import { webhooks } from './webhooks/index.js'

/** All capabilities, in the order in which their parts are shown and written. */
export const features: readonly Feature[] = [
  core,
  plans,
  webhooks,
  checkout,
  portal,
  subscriptions,
  sync,
  events,
  failedPayments,
  usage,
  purchases,
  coupons,
  seats,
  gating,
]
