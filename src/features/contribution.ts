import type { TemplateData } from '../render/data.js'
import type { BillingSpec, HostProfile, Packages } from '../types.js'
import type { EditResult } from '../patch/index.js'
import type { RunTests } from '../verify/test-run.js'

/** What a feature or a stack adds to a host. It only declares; the planner renders and patches. */
export interface Contribution {
  /** Logical paths of the templates that lie in the owner's folder under `templates/`. */
  templates: string[]
  packages: Packages
  /** package.json scripts. */
  scripts: Record<string, string>
  env: EnvVariable[]
  tables: string[]
  routes: Route[]
  edits: HostEdit[]
}

export interface EnvVariable {
  name: string
  /** The value in the example file; empty when it is a secret or not known yet. */
  value: string
  comment: string
}

export interface Route {
  method: string
  path: string
}

/** One edit of a file that the host already has. */
export interface HostEdit {
  file: string
  apply(text: string): Promise<EditResult>
}

export interface ContributionInput {
  spec: BillingSpec
  host: HostProfile
  data: TemplateData
}

/** A capability of the integration. Adding one is a folder here and a line in the registry. */
export interface Feature {
  name: string
  appliesTo(spec: BillingSpec): boolean
  contribute(input: ContributionInput): Partial<Contribution>
}

/** How an integration looks on one stack. Adding one is a folder and a line in the registry. */
export interface Stack {
  name: string
  kind: 'servers' | 'databases' | 'clients' | 'tests'
  contribute(input: ContributionInput): Partial<Contribution>
  /** Only of a stack of kind 'tests'. */
  runTests?: RunTests
}
