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
  {
    file: 'server/models/subscription-history.model.ts',
    before:
      'select * from known where (polar_modified_at, polar_event_at) > ($2::timestamptz, $3::timestamptz)',
    after:
      'select * from known where (polar_modified_at, polar_event_at) >= ($2::timestamptz, $3::timestamptz)',
    reason:
      'They differ only when that very moment is known, and then the insert conflicts and nothing is answered.',
  },
  {
    file: 'server/models/outbox.model.ts',
    before: 'return entry ?? null;',
    after: 'return entry;',
    reason: 'Both callers only ask whether there is an entry.',
  },
  {
    file: 'server/models/webhook-event.model.ts',
    before: 'return event ?? null;',
    after: 'return event;',
    reason: 'The caller only asks whether there is an event.',
  },
  {
    file: 'server/models/subscription.model.ts',
    before: 'subscription.pending?.productId ?? null,',
    after: 'subscription.pending?.productId,',
    reason: 'A parameter of a query: pg sends undefined as null.',
  },
  {
    file: 'server/models/subscription.model.ts',
    before: 'subscription.pending?.appliesAt ?? null,',
    after: 'subscription.pending?.appliesAt,',
    reason: 'A parameter of a query: pg sends undefined as null.',
  },
  {
    file: 'server/models/failed-work.model.ts',
    before: 'return counts ?? { waiting: 0, dead: 0 };',
    after: 'return counts;',
    reason: 'A count without grouping always answers one row; the default is for the compiler.',
  },
  {
    file: 'server/webhooks/receive.ts',
    before: "webhookId: headers['webhook-id'] ?? '',",
    after: "webhookId: headers['webhook-id'],",
    reason: 'The signature covers the id: without one the delivery has been refused before.',
  },
  {
    file: 'server/events/event-entry.ts',
    before: "const micros = Number(fraction.slice(3, 6).padEnd(3, '0'));",
    after: "const micros = Number(fraction.slice(3, 7).padEnd(3, '0'));",
    reason: 'Polar and PostgreSQL both write at most six digits of a second.',
  },
  {
    file: 'server/middleware/billing-user.ts',
    before: "typeof value === 'bigint'",
    after: "typeof value === ''",
    reason: 'Users of this host have UUIDs: a bigint is none, and null is the answer either way.',
  },
  {
    file: 'server/models/subscription-history.model.ts',
    before:
      'select * from known where (polar_modified_at, polar_event_at) <= ($2::timestamptz, $3::timestamptz)',
    after:
      'select * from known where (polar_modified_at, polar_event_at) < ($2::timestamptz, $3::timestamptz)',
    reason:
      'They differ only when that very moment is known, and then the insert conflicts and nothing is answered.',
  },
]

export function equivalenceOf(mutant: Mutant): EquivalentMutant | undefined {
  return EQUIVALENT.find(
    ({ file, before, after }) =>
      file === mutant.file && before === mutant.before && after === mutant.after,
  )
}
