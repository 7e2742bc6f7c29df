import type { Assumption, Found } from '../types.js'
import type { HostOverrides, HostProblem } from './detection.js'
import type { HostFiles } from './host-files.js'
import type { Manifest } from './manifest.js'
import type { Sources } from './source/sources.js'

/**
 * What every detector works with. A detector that cannot give its finding reports a problem and
 * gives null; the others still run, so that a person sees everything that is in the way at once.
 */
export class DetectionContext {
  readonly problems: HostProblem[] = []
  readonly assumptions: Assumption[] = []

  constructor(
    readonly files: HostFiles,
    readonly manifest: Manifest,
    readonly sources: Sources,
    readonly overrides: HostOverrides,
  ) {}

  report(problem: HostProblem): null {
    this.problems.push(problem)
    return null
  }

  /** A finding that the host leaves open, said to the person as such. */
  assume<T>(field: string, value: T, shown: string, reason: string): Found<T> {
    this.assumptions.push({ field, value: shown, reason })
    return { value, source: 'assumed', evidence: [] }
  }
}
