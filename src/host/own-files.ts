/**
 * Files that this tool makes. Detection passes over them, so that a second run finds out the same
 * about the host as the first one did.
 */
const OWN_MODULES = new Set([
  'billing.routes',
  'billing.controller',
  'polar.webhook',
  'polar.config',
  'polar.service',
  'billing-database',
  'billing-user',
  'subscription.middleware',
  'sync-subscriptions',
  'useSubscription',
  'PricingTable',
  'CheckoutButton',
  'SubscriptionStatus',
  'CustomerPortal',
  'PricingPage',
  'BillingPage',
  'billing',
])

const OWN_MIGRATION = /add-billing-tables\.sql$/

/** @param path a file's path or an import's specifier */
export function isOwnModule(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.[cm]?[jt]sx?$/, '')
  return OWN_MODULES.has(name)
}

export function isOwnMigration(name: string): boolean {
  return OWN_MIGRATION.test(name)
}
