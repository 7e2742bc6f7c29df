/**
 * The public data types: what a request becomes, what is found out about a host, what is planned,
 * and what `--json` prints. Everything here is plain JSON.
 */

export type Interval = 'day' | 'week' | 'month' | 'year'

/** What is sold, read from the request. Money is in minor units of `currency` throughout. */
export interface BillingSpec {
  version: 1
  /** ISO 4217, lower case. */
  currency: string
  /** Recurring plans, in the request's order. */
  tiers: Tier[]
  products: OneTimeProduct[]
  meters: Meter[]
  discounts: Discount[]
  /** Features are protected by tier. */
  gating: boolean
}

/** Exactly one of `free`, `contactSales` and a non-empty `prices` holds. */
export interface Tier {
  slug: string
  name: string
  prices: TierPrice[]
  free: boolean
  contactSales: boolean
  trial: Period | null
  features: string[]
  highlighted: boolean
}

export interface TierPrice {
  /** Minor units per interval (and per seat, when `perSeat`). */
  amount: number
  interval: Interval
  intervalCount: number
  perSeat: boolean
}

export interface Period {
  interval: Interval
  count: number
}

export interface Meter {
  slug: string
  name: string
  /** What is counted, in the singular: 'API call'. */
  unit: string
  aggregation: 'count' | 'sum'
  /** The event property that is summed; null when events are counted. */
  property: string | null
  /** Units per period that cost nothing. */
  included: number
  /** Minor units for one unit, a decimal string: $0.01 is "1", $2 per 100k is "0.002". */
  unitAmount: string
  /** Slug of the tier that carries it. */
  tier: string | null
}

export interface OneTimeProduct {
  slug: string
  name: string
  amount: number
}

export interface Discount {
  code: string
  percentOff: number | null
  amountOff: number | null
  duration: 'once' | 'forever' | 'repeating'
  months: number | null
}

/** Something the request or the host left open, and what was taken instead. */
export interface Assumption {
  /** Path of the value: `tiers.pro.prices`, `currency`, `host.users`. */
  field: string
  value: string
  reason: string
}

/** A piece of the request that cannot be read in one way, quoted, with what would settle it. */
export interface Unclear {
  text: string
  reason: string
  /** What to write in place of `text`, where one rewriting says no amount but those of the text. */
  suggestion?: string
  /** The whole command to run next, quoted for a shell, with `<request>` where words are wanted. */
  resume?: string
}

/** Something to know before anything is written; it stops nothing. */
export interface Warning {
  /** 'uncommitted_changes', … */
  code: string
  message: string
  hint: string
}

/** An answer that a run without a terminal ends for. */
export interface MissingAnswer {
  field: string
  question: string
  /** All answers there are, where they are known. */
  choices?: string[]
  /** The flag that gives the answer, with its form: `--server-dir <dir>`. */
  flag: string
  /**
   * The whole command to run next, quoted for a shell. It answers everything that is missing, with
   * a placeholder like `<dir>` where a value is wanted.
   */
  resume: string
}

/** Where in the host something was seen. `file` is relative to the root, with forward slashes. */
export interface Evidence {
  file: string
  /** 1-based. */
  line: number
}

/** A finding about the host, with its proof. A value given by flag has source 'flag'. */
export interface Found<T> {
  value: T
  source: 'detected' | 'flag' | 'assumed'
  evidence: Evidence[]
}

export type PackageManagerName = 'npm' | 'pnpm' | 'yarn' | 'bun'

/**
 * What the host is made of: one package, or a set of them. All paths are relative to `root`, the
 * root of the set, with forward slashes.
 */
export interface HostProfile {
  /** Absolute path. */
  root: string
  name: string
  /** All packages of the repository that were found, the root's first. */
  packages: PackageFolder[]
  /** The server's package is installed with it. */
  packageManager: Found<PackageManagerName>
  server: ServerProfile
  database: DatabaseProfile
  client: ClientProfile | null
  tests: TestsProfile
  format: FormatProfile
  /** How the front end's files are written; null where it shares the server's package. */
  clientFormat: FormatProfile | null
  env: EnvProfile
  /** What introduces the repository: 'README.md'; null without one in Markdown. */
  readme: string | null
}

/** One package.json with the code below it. */
export interface PackageFolder {
  /** Its folder: 'server', '' for the root. */
  dir: string
  /** 'server/package.json' */
  manifest: string
  name: string | null
  /** The source that an import by its name leads to; null where nothing says. */
  entry: string | null
  /** Where its packages are installed: its own folder, or '' where it is of the root's workspace. */
  installDir: string
}

export interface PackageProfile extends PackageFolder {
  packageManager: Found<PackageManagerName>
  language: Found<'typescript' | 'javascript'>
  /** What Node runs, or what the compiler emits for it. */
  modules: Found<'esm' | 'commonjs'>
  /** Its CommonJS modules begin with 'use strict'. */
  strictDirective: boolean
  /** How relative imports end in its code. */
  importExtension: Found<'.js' | '.ts' | ''>
  /** What its compiler takes; null where nothing is compiled by TypeScript. */
  compiler: CompilerProfile | null
}

/** What TypeScript has to keep to in a package, from its tsconfig.json. */
export interface CompilerProfile {
  /** `import x from` a CommonJS package, which esModuleInterop or its like allows. */
  defaultImports: boolean
  /** Packages are found by their `exports`; not under moduleResolution node. */
  packageExports: boolean
  /** The declarations of packages are not checked. */
  skipsDeclarations: boolean
  /** `ErrorOptions` of ES2022 is among the types. */
  errorOptions: boolean
  /** typescript-eslint reads the code: its usual rules take no reference to another file. */
  lintsReferences: boolean
}

/** Names of a server's folders, where another host may have another: 'controller', 'middlewares'. */
export interface ServerFolders {
  config: string
  controllers: string
  middleware: string
  models: string
  routes: string
  scripts: string
  services: string
  webhooks: string
}

export interface ServerProfile {
  package: PackageProfile
  /** Name of the stack: 'express'. */
  stack: Found<string>
  major: number
  /** Base folder of the server's source: 'server', 'src', '' for the root. */
  dir: Found<string>
  /** What it calls the folders below, each by the templates' name. */
  folders: ServerFolders
  app: Found<AppSource>
  /** The code that mounts the API's routers. */
  api: RouterSite
  /** Everything mounted on the app, in source order. */
  mounts: Mount[]
  /** What stands before the API and lets only requests of some kind through. */
  limits: RequestLimit[]
  /** What the API answers at, as a tree of routers; looked for where usage is sold, else empty. */
  routes: ApiRoute[]
  /** Where usage is counted by the host's own code; looked for where usage is sold, else empty. */
  counted: CountedMeter[]
  login: Found<Login> | null
  /** What the login reads of a request that nothing puts there before billing's router. */
  loginNeeds: LoginNeed[]
  /** The login takes who is signed in from the Authorization header alone, never from a cookie. */
  loginInHeader: boolean
  errorBody: Found<ErrorBody>
  logger: Found<Logger> | null
  mailer: Found<Mailer> | null
  /** How the server script is started in development: name of a package.json script. */
  startScript: string | null
  /** How one of our scripts is started like the host's server. */
  scripts: Found<ScriptRunner>
  /** The module in which the server starts to listen, or the one that starts it. */
  start: string
}

/**
 * Methods and headers that CORS allows other origins, written at `file`, or a token that a request
 * must bring against forgery.
 */
export type RequestLimit =
  | {
      kind: 'cors'
      /** The name that the options of `cors` have in the file; null without one. */
      options: string | null
      file: string
      line: number
    }
  | { kind: 'csrf'; file: string; line: number }

/** What is put on a request for a login to read: by cookie-parser, a session, Passport. */
export type LoginNeed = 'cookies' | 'session' | 'passport'

export interface ScriptRunner {
  /**
   * What stands before a TypeScript file: 'tsx', 'tsx --env-file=.env', 'dotenv -- tsx'; null
   * where the host only runs what it has built.
   */
  command: string | null
  /** The same for a built file, and the folders of sources and of what is built; null without. */
  built: { command: string; from: string; to: string } | null
}

/**
 * How the app's API answers an error: the text in the field `error` or `message`, or code and message
 * in an object `error`.
 */
export type ErrorBody = 'error' | 'message' | 'nested'

export interface AppSource {
  file: string
  /** The variable that holds the app. */
  variable: string
  /** How another module gets the app without listening; null when it cannot. */
  exported: { name: string; kind: 'factory' | 'instance'; default: boolean } | null
}

/** The code in which the API's routers are mounted. */
export interface RouterSite {
  file: string
  /** What the app is called there. */
  variable: string
  /** The exported function that is given the app; null where the app is made. */
  setup: string | null
  /** The functions of the host that the app is given to there. */
  setups: AppSetup[]
}

/** A function that is given the app, and what it mounts, in order, repetitions left out. */
export interface AppSetup {
  /** As it is called: 'registerRoutes', 'loaders.default'. */
  call: string
  /** The call is not given the app itself: its object was, before. */
  isKept?: true
  mounts: {
    /** 'unknown': the app is given to code that was not found. */
    kind: Mount['kind'] | 'unknown'
    path: string | null
    /** It answers at the path alone, and at nothing below it. */
    isExact: boolean
  }[]
}

export interface Mount {
  kind:
    | 'body-parser'
    | 'middleware'
    | 'login'
    | 'router'
    | 'route'
    | 'static'
    | 'catch-all'
    | 'error-handler'
  /** The path it is mounted at, null when none is given. */
  path: string | null
  file: string
  line: number
}

/** A router or a handler that requests reach, with what is mounted on that router. */
export interface ApiRoute {
  kind: 'router' | 'route'
  /** The whole path: '/api/v1'. */
  path: string
  /** The part of it that is written where it is mounted: '/v1'; null when none is. */
  mountPath: string | null
  /** What it is mounted on there: 'app', 'router'. */
  receiver: string
  file: string
  line: number
  /** The host's login was seen before it, or inside the router. */
  login: boolean
  routes: ApiRoute[]
}

/** A call of the usage middleware or of `recordUsage`. */
export interface CountedMeter {
  /** Slug of the meter; null when it is not a plain text. */
  meter: string | null
  file: string
  line: number
}

export interface Login {
  /**
   * The middleware that rejects a request without login. Null where the session puts the user on
   * every request, and routes look for themselves.
   */
  middleware: LoginMiddleware | null
  /** What is asked for the session of a request, where no middleware of the host does. */
  betterAuth?: ModuleExport
  /** Expression over `req` that names the user: 'req.user.id'. */
  userId: string
  /**
   * The middleware turns away who is signed out, but says of nobody who it is: its own code puts
   * nothing on the request, and looks at nothing there. Absent where it does, or may.
   */
  isAnonymous?: true
  /** What stands on the request beside the id is known, and is not the user's address. */
  lacksAddress?: true
}

export interface LoginMiddleware extends ModuleExport {
  /** `file` is the name of a package. */
  package: boolean
  /** What follows the export's name: '' where it is the middleware, '()' where it makes it. */
  use: string
  /** It asks for a type of request of the host's own. */
  cast: boolean
}

export interface Logger {
  module: ModuleExport
  kind: 'pino' | 'winston'
}

export interface Mailer {
  module: ModuleExport
  /** A nodemailer transporter, or a function that takes one object with to, subject and text. */
  kind: 'nodemailer' | 'function'
}

export interface ModuleExport {
  file: string
  name: string
  default: boolean
}

export interface DatabaseProfile {
  /** Name of the stack: 'pg'. */
  stack: Found<string>
  /** The module that exports the app's Pool; null: billing keeps a small one of its own. */
  connection: Found<ModuleExport> | null
  /** What a pool is made from; with the app's own, only the variables are known. */
  settings: ConnectionSetting[]
  /** The environment variable with the connection string; null where there is not just one. */
  urlVariable: string | null
  /** Variables that the app itself does not read: a person has to set them for billing. */
  newVariables: string[]
  /** The PostgreSQL schema that billing's tables get; null: that of the host's tables. */
  schema: string | null
  migrations: Found<Migrations>
  users: Found<UsersTable> | null
  /** Names of all tables the host's migrations make (without ours). */
  tables: string[]
}

/** One option of node-postgres for the host's database. */
export interface ConnectionSetting {
  option: 'connectionString' | 'host' | 'port' | 'user' | 'password' | 'database' | 'ssl'
  /** Over `process.env` alone; null where node-postgres finds the value by itself. */
  expression: string | null
  /** The environment variables that the value can come from. */
  variables: string[]
  /** Those of them that are only a part of the address, and which. */
  parts?: Record<string, ConnectionSetting['option']>
}

export interface Migrations {
  tool: 'node-pg-migrate' | 'sql-runner' | 'none'
  dir: string
  /** The package.json script of the host that runs them. */
  script: string | null
  /** The script that runs ours: 'migrate', 'migrate:billing' where the host's `migrate` does not. */
  run: string
  /** File names in order (without ours). */
  files: string[]
}

export interface UsersTable {
  table: string
  key: string
  /** SQL type of the key as a reference to it must be written: 'uuid', 'integer', 'bigint', 'text'. */
  keyType: string
  emailColumn: string | null
}

export interface ClientProfile {
  /** The server's, where both share one. */
  package: PackageProfile
  /** Name of the stack: 'react'. */
  stack: Found<string>
  /** Base folder of the client's source: 'client/src'. */
  dir: Found<string>
  /** Major version of React. */
  react: number
  /** Whether a file with JSX has `React` in scope: 'classic'. */
  jsx: 'automatic' | 'classic'
  /** 'vite', 'react-scripts', 'webpack', 'parcel'; null for another, or none. */
  bundler: string | null
  /** Where it is seen in development: 'http://localhost:5173'. */
  devAddress: string
  /** The file of the component that shows the pages: 'client/src/App.tsx'. */
  app: string
  router: Found<ClientRouter> | null
  /** Where links to its pages are kept; null where nothing is like a navigation. */
  navigation: Found<ClientNavigation> | null
  /** Where people sign in: '/login'; null when the front end names no such page. */
  signIn: Found<string> | null
  /** Where they reach its people: '/contact'. */
  contact: Found<string> | null
  styling: Found<'tailwind' | 'css'>
  /** What billing's pages take over of the host's look. */
  theme: Found<ClientTheme>
  /** The host's hook that says who is signed in; null where none was found. */
  sessionHook: Found<ClientSessionHook> | null
  /** The query parameter with which signing in leads back to a page: 'next'; null without one. */
  signInBack: Found<string> | null
  /** What billing's provider is put around; null where the pages bring it themselves. */
  mount: Found<ClientMount> | null
  /** What package.json has for drawing charts. */
  charts: Found<ChartPackage>[]
  /** The linter asks for `propTypes`, which only code without types lacks. */
  propTypes: boolean
  api: Found<ClientApi>
  /** How the client proves who it is to the API. */
  session: Found<ClientSession>
}

export interface ClientTheme {
  /**
   * How pages turn dark: 'dark:' with Tailwind, else 'color-scheme', or the selector or media query
   * of the host's dark rules. Null where they never do.
   */
  dark: string | null
  /** What stands out: 'blue' of Tailwind's palette, or 'var(--accent)'; null when unknown. */
  accent: string | null
}

export interface ClientNavigation {
  /** The file with the links, or with the list of objects that they are made of. */
  file: string
  /** The package that `Link` comes from; null: pages are linked by `<a href>`. */
  linkFrom: string | null
}

/** `const { user, loading } = useSession()` */
export interface ClientSessionHook {
  hook: ImportedName
  /** Truthy for who is signed in. */
  user: string
  /** True while that is not known; null where the hook does not say. */
  loading: string | null
}

export interface ClientMount {
  file: string
  /** The name of the element: 'App'. */
  tag: string
}

export interface ChartPackage {
  name: string
  /** As package.json asks for it: '^4.4.0'. */
  range: string
}

export interface ClientRouter {
  /**
   * How pages are listed: `<Routes>`, a list of route objects, `<Switch>` (React Router 5, wouter),
   * a tree that is put together in code, or a file for each page (TanStack Router).
   */
  kind: 'routes-jsx' | 'data-router' | 'switch' | 'tanstack' | 'tanstack-files'
  /** The file with the list; with a file for each page, that of the root. */
  file: string
  /** 'react-router-dom' */
  package: string
  /** The file that a tool writes from the pages' files; null without one. */
  generated: string | null
  /**
   * Imported components that let only some people through, by their names in that file; with a file
   * for each page, what the names of guarded files begin with.
   */
  guards: Record<string, 'guarded' | 'restricted'>
}

/** A name that generated code imports, from the host or from a package. */
export interface ImportedName {
  name: string
  default: boolean
  /** One of these is null. */
  file: string | null
  package: string | null
}

/** What the front end's requests to the API are sent with, and where to. */
export interface ClientApi {
  /** Expression of what addresses begin with; null for the page's own origin, and when unknown. */
  base: string | null
  /** What the expression is made of. */
  imports: ImportedName[]
  /** Whether it ends in `/api`, or in another path of the API's own; null when it is not known. */
  includesApi: 'yes' | 'no' | 'prefix' | null
  /** That other path: '/api/v1', '/v1'. */
  prefix: string | null
  /** Some of the paths that the host calls behind it. */
  paths: string[]
  /** The development server takes the first `/api` of a path away. */
  strippedByProxy: boolean
  /** The file whose proxy passes other paths on to the API, but not `/api`; null without. */
  proxyWithoutApi: string | null
  /** The app's own axios, which carries billing's requests as well; null: `fetch` does. */
  axios: {
    module: ImportedName
    /** It sends the token along, where that is how the login is proved. */
    sendsToken: boolean
    /** It repeats a refused request with a new token. */
    refreshes: boolean
  } | null
}

export type ClientSession =
  | { kind: 'cookie' }
  | {
      kind: 'bearer'
      /** The expression that gives the token: "localStorage.getItem('token')". */
      token: string
      imports: ImportedName[]
      /** The header that carries it, and what stands before it there: 'Bearer '. */
      header: string
      scheme: string
    }

export interface TestsProfile {
  /** What billing's tests run with; 'assumed' where billing brings it. */
  runner: Found<'vitest'>
  /** What the host's own tests run with: 'jest', 'other' where it is not known; null without any. */
  hostRunner: Found<string> | null
  /** Base folder of billing's tests: 'tests'. */
  dir: Found<string>
  /** The package.json script that runs the host's own tests. */
  script: string | null
  /** Billing's tests have a run of their own; null where they run with the host's. */
  apart: TestsApart | null
}

export interface OldJest {
  major: number
  /** The file with its settings; where they belong when it has none. */
  settings: string
}

export interface TestsApart {
  /** How the names of test files end, before the ending of the language. */
  ending: '.test' | '.vitest'
  /** The tsconfig files whose build would compile the tests, and is told to leave them out. */
  compiledBy: string[]
  /** The host's runner would take the tests for its own. */
  collected: boolean
  /** The NODE_ENV that the app is loaded with, where it knows none called "test". */
  nodeEnv: string | null
  /** A Jest for the host's own tests that does not load all that billing imports. */
  oldJest: OldJest | null
  /** npm refuses Vitest beside the host's @types/node unless it is told to take that. */
  overridesTypes: boolean
  /** The server's code is imported by path aliases of tsconfig.json. */
  aliases: boolean
  /** The range of Vitest that goes with the host's Vite. */
  vitest: string
}

export interface FormatProfile {
  tool: Found<'prettier' | 'biome' | 'none'>
  /** Prettier options that apply to the host's source files. */
  options: Record<string, string | number | boolean>
}

export interface EnvProfile {
  /** The committed example file; where it is to be made when there is none. */
  exampleFile: string
  exists: boolean
  /** Variables of the example that let everybody in, which development may have: AUTH_BYPASS. */
  bypasses: string[]
  /** What the server's variables are read from in development: 'server/.env'; null without. */
  file: Found<string> | null
  /** The server's package has dotenv, which other programs read that file with too. */
  dotenv: boolean
  /**
   * A script that is started like the server, and reaches the database, has them. Else only the
   * module that starts the server loads them.
   */
  isPreloaded: boolean
}

export interface Packages {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

export interface ManualStep {
  file: string
  snippet: string
  reason: string
}

/** One line of what was read, for a person to check before anything is written. */
export interface PriceRow {
  name: string
  price: string
  /** Trial, coupon's length, quota: what is said beside the price. */
  note: string
}

export interface Route {
  method: string
  path: string
}

/** A page of the front end. */
export interface Page {
  /** Where the browser finds it: '/pricing'. */
  path: string
  /** Its component's file in the host. */
  file: string
}

/** What is left for a person to do once all is written. */
export interface NextStep {
  /** Stable, in snake_case, for programs: 'run_migration'. */
  code: string
  /** One sentence, for people. */
  text: string
}

/** A router that is mounted in the host's app. */
export interface RouterMount {
  path: string
  /** Logical path of the module that exports it. */
  module: string
  /** The name that it is exported by. */
  name: string
  /**
   * A webhook is told by a machine, and reads the raw bytes before anything else has. An API is
   * asked by the front end; it brings the host's login itself.
   */
  kind: 'webhook' | 'api'
}

export interface PlannedMount extends RouterMount {
  /** No place was found for it: one of the plan's steps says where a person mounts it. */
  byHand: boolean
}

/** One file of a plan. */
export interface PlannedChange {
  path: string
  action: 'create' | 'modify'
  /** SHA-256 (hex) of the file this was computed from; null when it was not there. */
  baseHash: string | null
  template?: string
}

/** A change with what stands in the file afterwards. */
export interface Change extends PlannedChange {
  content: string
}

/** The ordered changes, computed once: dry run, diff, JSON and apply all read this. */
export interface Plan {
  spec: BillingSpec
  host: HostProfile
  changes: PlannedChange[]
  /** What is added; not what the host has already. */
  packages: Packages
  scripts: Record<string, string>
  tables: string[]
  routes: Route[]
  pages: Page[]
  mounts: PlannedMount[]
  env: { name: string; comment: string }[]
  manualSteps: ManualStep[]
  assumptions: Assumption[]
  conflicts: Conflict[]
  /** What is left for a person to do once it is applied. */
  nextSteps: NextStep[]
}

export interface Conflict {
  path: string
  reason: string
}

export interface Verification {
  typecheck: Check
  /** The host's own lint script; skipped where it has none. */
  lint: LintCheck
  tests: TestsCheck
  mountOrder: Check
}

export interface TestsCheck extends Check {
  hostPassed: number
  generatedPassed: number
  failed: number
  /** What is left to show where generated tests had to be skipped, as the app gave no answer. */
  steps: ManualStep[]
}

export interface LintCheck extends Check {
  /**
   * What is left to its owner where all that it finds is in files that the run has made or changed:
   * its rules are no reason to take everything back. Empty where it finds anything else.
   */
  steps: ManualStep[]
}

export interface Check {
  status: 'passed' | 'failed' | 'skipped'
  details: string[]
}

export type ResultStatus =
  'ok' | 'planned' | 'unchanged' | 'manual' | 'failed' | 'unclear' | 'unsupported' | 'conflict'

/** What a run does, or would do, to a file. */
export interface ResultChange {
  path: string
  /**
   * `undo` removes what was created and restores what was modified; it keeps a file that was edited
   * since as it is.
   */
  action: 'create' | 'modify' | 'delete' | 'restore' | 'keep'
  template?: string
  /** Programs of the host that brought the new code into its style: ['eslint', 'prettier']. */
  styledBy?: string[]
  diff?: string
}

export interface Result {
  type: 'result'
  version: 1
  status: ResultStatus
  exitCode: number
  spec: BillingSpec | null
  host: HostProfile | null
  /** What was found of a host that is not supported; null when `host` is there, or nothing was. */
  found: Partial<HostProfile> | null
  assumptions: Assumption[]
  unclear: Unclear[]
  /** The prices as they were read, one row for each. */
  prices: PriceRow[]
  /** What the server answers at, the tables that are made, and the front end's new pages. */
  routes: Route[]
  tables: string[]
  pages: Page[]
  changes: ResultChange[]
  packages: Packages
  manualSteps: ManualStep[]
  verification: Verification | null
  nextSteps: NextStep[]
  warnings: Warning[]
}

/** Why a run, or a part of it, came to nothing, and what to do about it. */
export interface RunError {
  /** Stable, in snake_case: 'app_not_found'. */
  code: string
  message: string
  hint: string
  /** Where in the host it was seen. */
  evidence?: Evidence[]
}

/** How far a phase has come. What is not known is left out. */
export interface Progress {
  /** Tests, or files, that are done; `failed` of them have failed. */
  done?: number
  failed?: number
  total?: number
  /** What is being done right now: 'npm install'. */
  detail?: string
}

/** One line of `--json`. The last line is always a `Result`. */
export type OutputEvent =
  | { type: 'phase'; name: string; status: 'start' | 'done' }
  /** Once a second while a phase runs. `elapsed` is in whole seconds since it began. */
  | ({ type: 'progress'; name: string; elapsed: number } & Progress)
  | ({ type: 'assumption' } & Assumption)
  | ({ type: 'warning' } & Warning)
  | { type: 'needs_input'; missing: MissingAnswer[] }
  | ({ type: 'error' } & RunError)
  | Result
