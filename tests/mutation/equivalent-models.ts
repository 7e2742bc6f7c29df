import type { EquivalentMutant } from './equivalent.js'

/** Mutants of the models that change nothing that anybody could observe. */
export const EQUIVALENT_MODELS: readonly EquivalentMutant[] = [
  {
    file: 'server/models/subscription.model.ts',
    before:
      'select * from known where (polar_modified_at, polar_event_at) > ($2::timestamptz, $3::timestamptz)',
    after:
      'select * from known where (polar_modified_at, polar_event_at) >= ($2::timestamptz, $3::timestamptz)',
    reason:
      'They differ only when that very state is known, and then the insert conflicts and nothing is answered.',
  },
  {
    file: 'server/billing/outbox.ts',
    before: 'return entry ?? null;',
    after: 'return entry;',
    reason: 'Both callers only ask whether there is an entry.',
  },
  {
    file: 'server/models/subscription.model.ts',
    before: 'pending_product_id: subscription.pending?.productId ?? null,',
    after: 'pending_product_id: subscription.pending?.productId,',
    reason: 'JSON leaves out what is undefined, and a column that is left out becomes null.',
  },
  {
    file: 'server/models/subscription.model.ts',
    before: 'pending_effective_at: subscription.pending?.appliesAt ?? null,',
    after: 'pending_effective_at: subscription.pending?.appliesAt,',
    reason: 'JSON leaves out what is undefined, and a column that is left out becomes null.',
  },
  {
    file: 'server/models/subscription.model.ts',
    before:
      'select * from known where (polar_modified_at, polar_event_at) <= ($2::timestamptz, $3::timestamptz)',
    after:
      'select * from known where (polar_modified_at, polar_event_at) < ($2::timestamptz, $3::timestamptz)',
    reason:
      'They differ only when that very state is known, and then the insert conflicts and nothing is answered.',
  },
  {
    file: 'server/models/customer.model.ts',
    before: "return `hashtextextended('billing.customer:' || ${polarCustomerId}, 0)`;",
    after: "return `hashtextextended('mutant' || ${polarCustomerId}, 0)`;",
    reason: 'The name of a lock, the same for all who take it.',
  },
  {
    file: 'server/models/customer.model.ts',
    before: "return `hashtextextended('billing.customer:' || ${polarCustomerId}, 0)`;",
    after: "return `hashtextextended('billing.customer:' || ${polarCustomerId}, 1)`;",
    reason: 'The name of a lock, the same for all who take it.',
  },
  {
    file: 'server/models/customer.model.ts',
    before: 'return customer ?? null;',
    after: 'return customer;',
    reason: 'All callers only ask whether there is a customer.',
  },
  {
    file: 'server/models/customer.model.ts',
    before: 'if (!customer) throw new Error(`Customer ${polarCustomerId} was not stored`);',
    after: 'if (!customer) ;',
    reason: 'It has just been stored in the same transaction; the check is for the compiler.',
  },
  {
    file: 'server/billing/retry.ts',
    before: 'next_attempt_at = now() + make_interval(secs => coalesce($5::integer, 0))',
    after: 'next_attempt_at = now() + make_interval(secs => coalesce($5::integer, 1))',
    reason: 'Of a dead letter, which is not tried until it is revived, and then at once.',
  },
  {
    file: 'server/models/subscription.model.ts',
    before: 'return marked ?? null;',
    after: 'return marked;',
    reason: 'The caller only asks whether there is one.',
  },
  {
    file: 'server/models/subscription.model.ts',
    before: 'return placed ?? null;',
    after: 'return placed;',
    reason: 'The caller only asks whether it was placed.',
  },
  {
    file: 'server/models/subscription.model.ts',
    before: 'return subscription ?? null;',
    after: 'return subscription;',
    reason: 'The callers only ask whether there is one, and in which state.',
  },
  {
    file: 'server/billing/sql.ts',
    before: 'return stored.length > 0;',
    after: 'return stored.length > 1;',
    reason:
      'What has been stored has the clocks of the snapshot: the update that follows finds nothing.',
  },
  {
    file: 'server/models/subscription.model.ts',
    before: 'if (isStored) return;',
    after: 'if (isStored) ;',
    reason:
      'What has been stored has the clocks of the snapshot: the update that follows finds nothing.',
  },
  {
    file: 'server/models/subscription.model.ts',
    before: 'and polar_modified_at > $2::timestamptz and polar_event_at < $3::timestamptz`,',
    after: 'and polar_modified_at >= $2::timestamptz and polar_event_at < $3::timestamptz`,',
    reason:
      'A snapshot of the same change that was rendered later is stored, and does not come to this.',
  },
  {
    file: 'server/models/subscription.model.ts',
    before: 'and excluded.polar_modified_at > stored.polar_modified_at',
    after: 'and (excluded.polar_modified_at > stored.polar_modified_at or true)',
    reason: 'Of what is stored, a snapshot that was rendered earlier is of a later change.',
  },
  {
    file: 'server/models/subscription.model.ts',
    before: 'and excluded.polar_modified_at > stored.polar_modified_at',
    after: 'and excluded.polar_modified_at >= stored.polar_modified_at',
    reason: 'Of what is stored, a snapshot that was rendered earlier is of a later change.',
  },
  {
    file: 'server/models/subscription.model.ts',
    before: 'and polar_modified_at > $2::timestamptz and polar_event_at < $3::timestamptz`,',
    after:
      'and (polar_modified_at > $2::timestamptz or true) and polar_event_at < $3::timestamptz`,',
    reason:
      'A snapshot of the same change that was rendered later is stored, and does not come to this.',
  },
]
