import type { EditResult } from '../patch/index.js'
import type { TemplateData } from '../render/data.js'
import type { Layout } from '../render/layout.js'
import type {
  ApiRoute,
  Assumption,
  BillingSpec,
  HostProfile,
  ManualStep,
  NextStep,
  Packages,
  Page,
  Route,
  RouterMount,
} from '../types.js'

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
  /** The front end's new pages. */
  pages: Page[]
  /** The routers that the server is to mount. */
  mounts: RouterMount[]
  /** What is to be called where the server starts to listen. */
  starts: StartCall[]
  /** What the server is to count of the host's own requests. */
  tracking: MeterTracking[]
  edits: HostEdit[]
  /** What only a person can do, whatever the host's files hold. */
  steps: HostStep[]
  /** What the host left open, and what is taken instead. */
  assumptions: Assumption[]
  /** What is left for a person to do once all is written. */
  nextSteps: NextStep[]
}

/** A function without parameters, and the logical path of its module. */
export interface StartCall {
  module: string
  name: string
}

export interface EnvVariable {
  name: string
  /** The value in the example file; empty when it is a secret or not known yet. */
  value: string
  comment: string
}

/** How the units of a meter are to be counted in the host. */
export interface MeterTracking {
  /** Its slug. */
  meter: string
  /** A request is one unit, or brings a quantity that only the host's code knows. */
  counts: 'requests' | 'quantities'
  /** Mounts before which the middleware is to stand. */
  routes: ApiRoute[]
  /** Nobody has said what is counted, and nothing is: a person has to place the middleware. */
  isOpen: boolean
}

/** One edit of a file that the host already has. */
export interface HostEdit {
  file: string
  /** The router that it mounts. */
  mount?: RouterMount
  /** @param text the file's content, null when there is no such file */
  apply(text: string | null): Promise<EditResult>
}

/** A step that is left to a person until it is done. */
export interface HostStep extends ManualStep {
  /**
   * Whether it has been done; where nothing can show that, it is said in every run.
   *
   * @param text the file's content, null when there is no such file
   */
  isDone?(text: string | null): boolean
}

/** What a person has said to count: requests to a route of the host, for a meter. */
export interface TrackedRoute {
  /** Slug of the meter. */
  meter: string
  /** The route, as it was named: '/api/v1'. */
  route: string
}

export interface ContributionInput {
  spec: BillingSpec
  host: HostProfile
  /** None when nothing was said. */
  track?: readonly TrackedRoute[]
  data: TemplateData
  /** Knows every place but those of the migrations, which are named when all parts are known. */
  layout: Layout
}

export interface StackInput extends ContributionInput {
  /** What all capabilities that apply want mounted. */
  mounts: RouterMount[]
  /** What they want called where the server starts to listen. */
  starts: StartCall[]
  /** What they want counted. */
  tracking: MeterTracking[]
  /** What they want answered. */
  routes: Route[]
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
  /** As the flags name it: --server, --database, --client. */
  name: string
  kind: 'servers' | 'databases' | 'clients' | 'charts' | 'tests'
  /** The stack whose templates it is written with; its own when not given. */
  templates?: string
  contribute(
    input: StackInput,
  ): Partial<Omit<Contribution, 'mounts' | 'starts' | 'tracking' | 'routes'>>
}
