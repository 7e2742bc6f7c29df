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
    file: 'server/events/announce.ts',
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
]

export function equivalenceOf(mutant: Mutant): EquivalentMutant | undefined {
  return EQUIVALENT.find(
    ({ file, before, after }) =>
      file === mutant.file && before === mutant.before && after === mutant.after,
  )
}
