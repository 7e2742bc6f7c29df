import { EQUIVALENT_MODELS } from './equivalent-models.js'
import type { Mutant } from './mutant.js'

export interface EquivalentMutant {
  file: string
  before: string
  after: string
  /** Why no test can tell the two apart. */
  reason: string
}

/**
 * Mutants that change nothing that anybody could observe. They are run like all others, and one
 * that a test kills counts as killed: then the argument was wrong.
 */
export const EQUIVALENT: readonly EquivalentMutant[] = [
  ...EQUIVALENT_MODELS,
  {
    file: 'server/billing/inbox.ts',
    before: "webhookId: indexable(headers['webhook-id'] ?? ''),",
    after: "webhookId: indexable(headers['webhook-id']),",
    reason: 'The signature covers the id: without one the delivery has been refused before.',
  },
  {
    file: 'server/billing/inbox.ts',
    before: 'const BUSY_PAUSE_MS = 50;',
    after: 'const BUSY_PAUSE_MS = 500;',
    reason: 'How long is waited for another process before the next look: the outcome is the same.',
  },
  {
    file: 'server/billing/events.ts',
    before: "const micros = Number(fraction.slice(3, 6).padEnd(3, '0'));",
    after: "const micros = Number(fraction.slice(3, 7).padEnd(3, '0'));",
    reason: 'Polar and PostgreSQL both write at most six digits of a second.',
  },
  {
    file: 'server/billing/http.ts',
    before: "typeof value === 'bigint'",
    after: "typeof value === ''",
    reason: 'Users of this host have UUIDs: a bigint is none, and null is the answer either way.',
  },
  {
    file: 'server/billing/http.ts',
    before: "typeof value === 'number' ||",
    after: "typeof value === 'number' &&",
    reason: 'Users of this host have UUIDs: a number is none, and null is the answer either way.',
  },
  {
    file: 'server/billing/http.ts',
    before: "typeof value === 'number' ||",
    after: "typeof value !== 'number' ||",
    reason:
      'Users of this host have UUIDs: what is no text is none, and null is the answer either way.',
  },
  {
    file: 'server/billing/http.ts',
    before: "typeof value === 'number' ||",
    after: "typeof value === '' ||",
    reason: 'Users of this host have UUIDs: a number is none, and null is the answer either way.',
  },
  {
    file: 'server/billing/http.ts',
    before: "typeof value === 'bigint'",
    after: "typeof value !== 'bigint'",
    reason:
      'Users of this host have UUIDs: what is no text is none, and null is the answer either way.',
  },
  {
    file: 'server/billing/access.ts',
    before: 'tier: allowed ? current.tier : (freePlan()?.slug ?? null),',
    after: 'tier: allowed ? current.tier : (freePlan()?.slug),',
    reason: 'The catalog of this host has a free plan.',
  },
  {
    file: 'server/billing/polar-calls.ts',
    before: "const named = BY_NAME[error.polarError ?? ''];",
    after: 'const named = BY_NAME[error.polarError];',
    reason: 'No refusal has the name that null is turned to.',
  },
  {
    file: 'server/billing/polar-calls.ts',
    before: "const named = BY_NAME[error.polarError ?? ''];",
    after: "const named = BY_NAME[error.polarError ?? 'mutant'];",
    reason: 'No refusal has this name.',
  },
  {
    file: 'server/billing/plans.ts',
    before: 'return plans.find((plan) => plan.free) ?? null;',
    after: 'return plans.find((plan) => plan.free);',
    reason: 'The catalog of this host has a free plan.',
  },
  {
    file: 'server/billing/polar-calls.ts',
    before: "if (status === 401 || (status === 403 && TOKEN_REFUSALS.has(polarError ?? ''))) {",
    after: 'if (status === 401 || (status === 403 && TOKEN_REFUSALS.has(polarError))) {',
    reason: 'No refusal of the token has the name null.',
  },
  {
    file: 'server/billing/polar-calls.ts',
    before: "if (status === 401 || (status === 403 && TOKEN_REFUSALS.has(polarError ?? ''))) {",
    after:
      "if (status === 401 || (status === 403 && TOKEN_REFUSALS.has(polarError ?? 'mutant'))) {",
    reason: 'No refusal of the token has this name.',
  },
  {
    file: 'server/billing/plans.ts',
    before: 'price.interval === preferred?.interval &&',
    after: 'price.interval === preferred?.interval ||',
    reason: 'Each plan of this host has one price: the usual one is the first one as well.',
  },
  {
    file: 'server/billing/plans.ts',
    before: 'price.interval === preferred?.interval &&',
    after: 'price.interval !== preferred?.interval &&',
    reason: 'Each plan of this host has one price: the usual one is the first one as well.',
  },
  {
    file: 'server/billing/plans.ts',
    before: 'price.intervalCount === preferred.intervalCount,',
    after: 'price.intervalCount !== preferred.intervalCount,',
    reason: 'Each plan of this host has one price: the usual one is the first one as well.',
  },
  {
    file: 'server/billing/plans.ts',
    before:
      'price.interval === preferred?.interval && price.intervalCount === preferred.intervalCount,',
    after: 'null,',
    reason: 'Each plan of this host has one price: the usual one is the first one as well.',
  },
  {
    file: 'server/billing/outbox.ts',
    before: 'if (collected || entries.length === 0) return 0;',
    after: 'if (collected || entries.length === 0) return 1;',
    reason:
      'The one caller that looks at the count adds one entry, and not while they are collected.',
  },
  {
    file: 'server/billing/emails.ts',
    before: 'dnsTimeout: 5_000,',
    after: 'dnsTimeout: 5001,',
    reason: 'One millisecond more until a mail server is given up.',
  },
  {
    file: 'server/billing/emails.ts',
    before: 'connectionTimeout: 10_000,',
    after: 'connectionTimeout: 10001,',
    reason: 'One millisecond more until a mail server is given up.',
  },
  {
    file: 'server/billing/emails.ts',
    before: 'greetingTimeout: 10_000,',
    after: 'greetingTimeout: 10001,',
    reason: 'One millisecond more until a mail server is given up.',
  },
  {
    file: 'server/billing/emails.ts',
    before: 'socketTimeout: 15_000,',
    after: 'socketTimeout: 15001,',
    reason: 'One millisecond more until a mail server is given up.',
  },
  {
    file: 'server/billing/access.ts',
    before: 'hasAccess(one, at) ? 2 : isLive(one) ? 1 : 0;',
    after: 'hasAccess(one, at) ? 3 : isLive(one) ? 1 : 0;',
    reason: 'Only the order of the three numbers counts.',
  },
  {
    file: 'server/billing/inbox.ts',
    before: "busy.add(claim.subject ?? '');",
    after: 'busy.add(claim.subject);',
    reason: 'An event about nobody is always claimed exclusively, so its subject is never busy.',
  },
  {
    file: 'server/billing/lease.ts',
    before: 'where name = $1 and holder = $2::uuid`,',
    after: 'where (name = $1 or true) and holder = $2::uuid`,',
    reason: 'The holder is the id of one run, which holds one lease.',
  },
  {
    file: 'server/billing/database.ts',
    before: "pool.on('error', (error) => idleFailures.failed(reasonOf(error)));",
    after: ';',
    reason: "The pool of this host has a listener of the host's own.",
  },
  {
    file: 'server/billing/database.ts',
    before: "pool.on('error', (error) => idleFailures.failed(reasonOf(error)));",
    after: "pool.on('', (error) => idleFailures.failed(reasonOf(error)));",
    reason: "The pool of this host has a listener of the host's own.",
  },
  {
    file: 'server/billing/database.ts',
    before: "pool.on('error', (error) => idleFailures.failed(reasonOf(error)));",
    after: "pool.on('error', (error) => null);",
    reason: "The pool of this host has a listener of the host's own.",
  },
  {
    file: 'server/billing/database.ts',
    before: "const idleFailures = outageLog('warn', 'idle database connection failed');",
    after: "const idleFailures = outageLog('', 'idle database connection failed');",
    reason: "The pool of this host has a listener of the host's own.",
  },
  {
    file: 'server/billing/lease.ts',
    before: 'where lease.held_until is null or lease.held_until < now()',
    after: 'where lease.held_until is null or lease.held_until <= now()',
    reason: 'They differ in the one microsecond in which the lease ends.',
  },
  {
    file: 'server/billing/records.ts',
    before: 'order by polar_created_at desc, id`,',
    after: 'order by polar_created_at desc, id desc`,',
    reason:
      'Among payments of one microsecond the ids, which mean nothing, only make the order a fixed one.',
  },
  {
    file: 'server/models/subscription.model.ts',
    before: 'order by polar_created_at desc, id`,',
    after: 'order by polar_created_at desc, id desc`,',
    reason:
      'Among subscriptions of one microsecond the ids, which mean nothing, only make the order a fixed one.',
  },
  {
    file: 'server/billing/inbox.ts',
    before: "where status = 'pending' and next_attempt_at <= now()",
    after: "where status = 'pending' and next_attempt_at < now()",
    reason: 'They differ in the one microsecond in which it becomes due.',
  },
  {
    file: 'server/billing/inbox.ts',
    before: "where held.exclusive and event.status = 'pending' and event.next_attempt_at <= now()",
    after: "where held.exclusive and event.status = 'pending' and event.next_attempt_at < now()",
    reason: 'They differ in the one microsecond in which it becomes due.',
  },
  {
    file: 'server/billing/inbox.ts',
    before:
      "where status = 'pending' and next_attempt_at <= now() and id not in (select id from due)",
    after:
      "where status = 'pending' and next_attempt_at < now() and id not in (select id from due)",
    reason: 'They differ in the one microsecond in which it becomes due.',
  },
  {
    file: 'server/billing/outbox.ts',
    before:
      "where entry.status = 'pending' and entry.kind = 'event' and entry.next_attempt_at <= now()",
    after:
      "where entry.status = 'pending' and entry.kind = 'event' and entry.next_attempt_at < now()",
    reason: 'They differ in the one microsecond in which it becomes due.',
  },
  {
    file: 'server/billing/outbox.ts',
    before: "where status = 'pending' and kind = 'email' and next_attempt_at <= now()",
    after: "where status = 'pending' and kind = 'email' and next_attempt_at < now()",
    reason: 'They differ in the one microsecond in which it becomes due.',
  },
  {
    file: 'server/models/subscription.model.ts',
    before: 'select id from subscriptions where refetch_wanted_at <= now()',
    after: 'select id from subscriptions where refetch_wanted_at < now()',
    reason: 'They differ in the one microsecond in which it becomes due.',
  },
  {
    file: 'server/billing/outbox.ts',
    before: 'and done_at < now() - make_interval(days => $1::integer)',
    after: 'and done_at <= now() - make_interval(days => $1::integer)',
    reason: 'They differ in one microsecond after so many days.',
  },
  {
    file: 'server/billing/worker.ts',
    before:
      "where status = 'processed' and processed_at < now() - make_interval(days => $1::integer)",
    after:
      "where status = 'processed' and processed_at <= now() - make_interval(days => $1::integer)",
    reason: 'They differ in one microsecond after so many days.',
  },
  {
    file: 'server/billing/worker.ts',
    before: 'const QUIET_MS = 25;',
    after: 'const QUIET_MS = 250;',
    reason: 'How long the worker waits for more before it begins: the outcome is the same.',
  },
  {
    file: 'server/config/polar.config.ts',
    before: 'let refusalLoggedAt = 0;',
    after: 'let refusalLoggedAt = 1;',
    reason: 'One millisecond after 1970 is long ago as well.',
  },
  {
    file: 'server/billing/records.ts',
    before: 'const tier = findPriceByProductId(subscription.productId)?.plan.slug ?? null;',
    after: 'const tier = findPriceByProductId(subscription.productId)?.plan.slug;',
    reason: 'JSON leaves out what is undefined, and a column that is left out becomes null.',
  },
]

export function equivalenceOf(mutant: Mutant): EquivalentMutant | undefined {
  return EQUIVALENT.find(
    ({ file, before, after }) =>
      file === mutant.file && before === mutant.before && after === mutant.after,
  )
}
