import type { Assumption, Found } from '../types.js'
import type { HostOverrides, HostProblem } from './detection.js'
import { joinPath, type HostFiles } from './host-files.js'
import type { Manifest } from './manifest.js'
import type { PackageSet } from './packages/package-set.js'
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
    readonly packages: PackageSet,
    readonly problems: HostProblem[] = [],
    readonly assumptions: Assumption[] = [],
  ) {}

  /** The same host, seen from another of its packages. */
  of(manifest: Manifest): DetectionContext {
    const { files, sources, overrides, packages, problems, assumptions } = this
    return new DetectionContext(
      files,
      manifest,
      sources,
      overrides,
      packages,
      problems,
      assumptions,
    )
  }

  /** As `of`, to try something out: what is reported or assumed there stays there until adopted. */
  apart(manifest: Manifest): DetectionContext {
    const { files, sources, overrides, packages } = this
    return new DetectionContext(files, manifest, sources, overrides, packages)
  }

  adopt({ problems, assumptions }: DetectionContext): void {
    this.problems.push(...problems)
    this.assumptions.push(...assumptions)
  }

  /** Whether the package's code can import the named one. */
  has(name: string): boolean {
    return this.packages.reaches(this.manifest, name)
  }

  /** Where its packages are installed: its own folder, or the root of its workspace. */
  get installDir(): string {
    return this.packages.installDir(this.manifest)
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
