/**
 * The modules through which a host's own code reaches what this tool made. Detection does not go
 * through them, so that a second run finds out the same about the host as the first one did.
 */
const OWN_MODULES = new Set([
  'billing.routes',
  'polar.webhook',
  'subscription.middleware',
  'sync-subscriptions',
  'sync-billing',
  'process-webhooks',
  'replay-webhooks',
  'usage.routes',
  'usage.service',
  'usage-tracking.middleware',
  'sync-usage',
  'purchase.middleware',
  'PricingPage',
  'BillingPage',
])
const OWN_MIGRATION = /add-(billing|usage|purchase)-tables\.sql$/
const OWN_TESTS = new Set([
  'billing.test.ts',
  'billing-cancellation.test.ts',
  'billing-configuration.test.ts',
  'billing-errors.test.ts',
  'billing-log.test.ts',
  'billing-outbox.test.ts',
  'billing-pauses.test.ts',
  'billing-plan-changes.test.ts',
  'billing-security.test.ts',
  'polar-calls.test.ts',
  'polar-data.test.ts',
  'polar-refusals.test.ts',
  'webhook-endpoint.test.ts',
  'webhook-scripts.test.ts',
  'webhook-security.test.ts',
  'coupons.test.ts',
  'gating.test.ts',
  'seats.test.ts',
  'host-app.test.ts',
  'mounting.test.ts',
  'protected-routes.test.ts',
  'subscription-sync.test.ts',
  'subscription-events.test.ts',
  'order-sync.test.ts',
  'polar.webhook.test.ts',
  'customers-and-payments.test.ts',
  'event-handlers.test.ts',
  'event-order.test.ts',
  'inbox.test.ts',
  'receiver.test.ts',
  'side-by-side.test.ts',
  'dead-letters.test.ts',
  'customer-links.test.ts',
  'billing-retries.test.ts',
  'plan-order.test.ts',
  'email-texts.test.ts',
  'sync-position.test.ts',
  'billing-worker.test.ts',
  'failed-payments.test.ts',
  'invoice-preview.test.ts',
  'invoice-discounts.test.ts',
  'usage-api.test.ts',
  'usage-counting.test.ts',
  'usage-email.test.ts',
  'usage-periods.test.ts',
  'usage-script.test.ts',
  'usage-security.test.ts',
  'usage-shutdown.test.ts',
  'usage-sync.test.ts',
  'usage-tracking.test.ts',
  'product-checkout.test.ts',
  'purchases.test.ts',
  'purchase-access.test.ts',
  'purchase-sync.test.ts',
  'checkout-edges.test.ts',
  'subscription-changes.test.ts',
  'billing-log-lines.test.ts',
  'billing-middleware.test.ts',
  'subscription-marks.test.ts',
  'subscription-refetch.test.ts',
  'access.test.ts',
  'app-events.test.ts',
  'billing-email.test.ts',
  'subscription.service.test.ts',
])

/** @param path a file's path or an import's specifier */
export function isOwnModule(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]sx?$/, '')
  return OWN_MODULES.has(name)
}

export function isOwnMigration(name: string): boolean {
  return OWN_MIGRATION.test(name)
}

export function isOwnTest(name: string): boolean {
  return OWN_TESTS.has(name)
}
