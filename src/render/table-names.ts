export interface TableNames {
  customers: string
  subscriptions: string
  payments: string
  webhookEvents: string
  /** Every known state of a subscription, so that a transition is published once. */
  history: string
  /** Events to publish and emails to send once a transaction is committed. */
  outbox: string
  /** Work that one process does at a time. */
  leases: string
}

export interface UsageTableNames {
  /** What was used, row by row. */
  ledger: string
  /** What each user has used of each meter in each billing period. */
  periods: string
  /** The same by day. */
  days: string
  /** The usage events that are reported to Polar, with their exact text. */
  events: string
  alerts: string
}

export interface PurchaseTableNames {
  /** Checkouts of products that may be open still. */
  checkouts: string
}

/**
 * Our tables' names: as they are, or with `billing_` when the host has one of that name; in a
 * PostgreSQL schema of their own with that before them.
 */
export function tableNames(hostTables: string[], schema: string | null = null): TableNames {
  const prefix = prefixFor(hostTables, schema, [
    'customers',
    'subscriptions',
    'payment_history',
    'webhook_events',
    'subscription_history',
  ])
  return {
    customers: `${prefix}customers`,
    subscriptions: `${prefix}subscriptions`,
    payments: `${prefix}payment_history`,
    webhookEvents: `${prefix}webhook_events`,
    history: `${prefix}subscription_history`,
    outbox: schema === null ? 'billing_outbox' : `${schema}.outbox`,
    leases: schema === null ? 'billing_leases' : `${schema}.leases`,
  }
}

/** As `tableNames`. Apart from it: usage that is not asked for renames no other table. */
export function usageTableNames(
  hostTables: string[],
  schema: string | null = null,
): UsageTableNames {
  const names = ['api_usage', 'usage_periods', 'usage_days', 'usage_events', 'usage_alerts']
  const prefix = prefixFor(hostTables, schema, names)
  return {
    ledger: `${prefix}api_usage`,
    periods: `${prefix}usage_periods`,
    days: `${prefix}usage_days`,
    events: `${prefix}usage_events`,
    alerts: `${prefix}usage_alerts`,
  }
}

/** As `usageTableNames`. */
export function purchaseTableNames(
  hostTables: string[],
  schema: string | null = null,
): PurchaseTableNames {
  const prefix = prefixFor(hostTables, schema, ['product_checkouts'])
  return { checkouts: `${prefix}product_checkouts` }
}

function prefixFor(hostTables: string[], schema: string | null, own: string[]): string {
  if (schema !== null) return `${schema}.`
  const taken = new Set(hostTables.map((table) => table.toLowerCase()))
  return own.some((name) => taken.has(name)) ? 'billing_' : ''
}
