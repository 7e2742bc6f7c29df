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
export const EQUIVALENT: readonly EquivalentMutant[] = []

export function equivalenceOf(mutant: Mutant): EquivalentMutant | undefined {
  return EQUIVALENT.find(
    ({ file, before, after }) =>
      file === mutant.file && before === mutant.before && after === mutant.after,
  )
}
