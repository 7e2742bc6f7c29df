import type { Assumption, Found } from '../types.js'
import type { HostOverrides, HostProblem } from './detection.js'
import { joinPath, type HostFiles } from './host-files.js'
import type { Manifest } from './manifest.js'
import type { Sources } from './source/sources.js'

/**
 * What every detector works with: one package of the host, and the files of all of them. Paths are
 * relative to the root of the set; `path` leads there from what a package says of itself, such as
 * the files that its scripts name. A detector that cannot give its finding reports a problem and
 * gives null; the others still run, so that a person sees everything that is in the way at once.
 */
export class DetectionContext {
  constructor(
    readonly files: HostFiles,
    readonly manifest: Manifest,
    readonly sources: Sources,
    readonly overrides: HostOverrides,
    readonly problems: HostProblem[] = [],
    readonly assumptions: Assumption[] = [],
  ) {}

  /** The same host, seen from another of its packages. */
  of(manifest: Manifest): DetectionContext {
    const { files, sources, overrides, problems, assumptions } = this
    return new DetectionContext(files, manifest, sources, overrides, problems, assumptions)
  }

  /** Folder of the package: 'server', '' for the root. */
  get dir(): string {
    return this.manifest.dir
  }

  /** Of a path that is relative to the package: 'server/src/index.ts' for 'src/index.ts'. */
  path(...parts: string[]): string {
    return joinPath(this.dir, ...parts)
  }

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
