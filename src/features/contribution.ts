import type { EditResult } from '../patch/index.js'
import type { TemplateData } from '../render/data.js'
import type { Layout } from '../render/layout.js'
import type {
  Assumption,
  BillingSpec,
  Check,
  HostProfile,
  Packages,
  RouterMount,
} from '../types.js'
import type { RunTests } from '../verify/test-run.js'

/** What a feature or a stack adds to a host. It only declares; the planner renders and patches. */
export interface Contribution {
  /**
   * Which templates of the owner's folder under `templates/` are wanted, by logical path. All of
   * them when it is not given.
   */
  wants(logical: string): boolean
  /**
   * Logical paths of the files that are made for the host's own code. Once the host has one it is
   * its owner's, whatever stands in it: never compared, changed or a conflict.
   */
  handedOver: string[]
  packages: Packages
  /** Packages that serve in any version that the host depends on already. */
  anyVersion: string[]
  /**
   * Packages of the front end's bundle: they stand where `frontEnd` does, and serve in any version
   * that the host has already, be it for development.
   */
  bundled: string[]
  /** The package that the host's front end is made with; said by its stack alone. */
  frontEnd: string | null
  /** What it shows is drawn with a library for charts. */
  draws: boolean
  /** package.json scripts. */
  scripts: Record<string, string>
  env: EnvVariable[]
  tables: string[]
  routes: Route[]
  /** The routers that the server is to mount. */
  mounts: RouterMount[]
  edits: HostEdit[]
  /** What the host left open, and what is taken instead. */
  assumptions: Assumption[]
  /** What is left for a person to do once all is written, one sentence each. */
  nextSteps: string[]
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
  /** @param text the file's content, null when there is no such file */
  apply(text: string | null): Promise<EditResult>
}

export interface ContributionInput {
  spec: BillingSpec
  host: HostProfile
  data: TemplateData
  /** Knows every place but those of the migrations, which are named when all parts are known. */
  layout: Layout
}

export interface StackInput extends ContributionInput {
  /** What all capabilities that apply want mounted. */
  mounts: RouterMount[]
}

/**
 * A capability of the integration. Adding one is a folder here, a line in the registry, and a
 * folder under `templates/` with its files. Those of them that the host's own code reaches
 * (routers, middleware, scripts, pages) are listed there, in `entry-points.json`.
 */
export interface Feature {
  name: string
  appliesTo(spec: BillingSpec): boolean
  contribute(input: ContributionInput): Partial<Contribution>
}

/** How an integration looks on one stack. Adding one is a folder and a line in the registry. */
export interface Stack {
  name: string
  kind: 'servers' | 'databases' | 'clients' | 'charts' | 'tests'
  contribute(input: StackInput): Partial<Omit<Contribution, 'mounts'>>
  /** Of a stack of kind 'tests'. */
  runTests?: RunTests
  /** Of a stack of kind 'servers': what is mounted stands in the right order in the host's files. */
  checkMounts?(host: HostProfile, layout: Layout, mounts: RouterMount[]): Promise<Check>
}
