import { posix } from 'node:path'
import { packageManagers, type PackageManager } from '../packages/package-managers.js'
import { soldTiers } from '../polar/sold-tiers.js'
import { decimalsOf } from '../polar/currencies.js'
import { clientApiData, type ClientApiData } from '../stacks/clients/react/api/template-data.js'
import { chartFor, type ChartChoice } from '../stacks/charts/choice.js'
import { builtScriptCommand } from './built-script.js'
import { databaseData, type DatabaseData } from './database-data.js'
import { gatedFeatures, type GatedFeature } from './gated-features.js'
import {
  purchaseTableNames,
  tableNames,
  usageTableNames,
  type PurchaseTableNames,
  type TableNames,
  type UsageTableNames,
} from './table-names.js'
import { layoutOf } from './layout.js'
import { priceVariable, productVariable, variableName } from './variable-names.js'
import type {
  AppSource,
  BillingSpec,
  ClientProfile,
  Discount,
  ErrorBody,
  HostProfile,
  Interval,
  Logger,
  Login,
  Mailer,
  Meter,
  ModuleExport,
  OneTimeProduct,
  PackageProfile,
  Period,
  TierPrice,
  UsersTable,
} from '../types.js'

/** Everything a template can name. Logic belongs here, not in the templates. */
export interface TemplateData extends DatabaseData {
  spec: BillingSpec
  /** Decimals that amounts in the spec's currency have at Polar. */
  currencyDecimals: number
  host: HostProfile
  tables: TableNames
  /** Named in a request with usage prices alone. */
  usageTables: UsageTableNames
  /** Named in a request with one-time products alone. */
  purchaseTables: PurchaseTableNames
  meters: Meter[]
  products: ProductData[]
  discounts: DiscountData[]
  /** By plan, from the lowest on; empty when features are not protected. */
  gatedFeatures: GatedFeature[]
  /** What the request asks for; everything else leaves no trace. */
  sells: Sells
  plans: PlanData[]
  /** All plans, from the lowest to the highest. */
  rankedPlans: PlanData[]
  /** Plans with a price, in the request's order, each with its first price. */
  paidPlans: PaidPlan[]
  /** By the year. */
  cheapest: PaidPlan | null
  /**
   * By the year, of the plans that a subscription to the cheapest can move to and back: those by
   * the seat as well when it is, else those that are not. Null when there is none.
   */
  mostExpensive: PaidPlan | null
  freePlan: PlanData | null
  contactPlan: PlanData | null
  highlightedPlan: PlanData | null
  trialPlan: PaidPlan | null
  /** A plan by the seat beside one that is not: Polar moves nobody from the one to the other. */
  seatPair: SeatPair | null
  /** A plan that is sold by a shorter and by a longer interval. */
  intervalPair: IntervalPair | null
  users: UsersTable | null
  userIdType: string
  /** Stands before user ids at Polar where these are not unique by themselves: 'brieflog'. */
  appName: string
  login: LoginData | null
  /** Billing has a `requireLogin` of its own, because no export of the host is it. */
  ownLogin: boolean
  errorBody: ErrorBody
  /** Null: billing logs to the console. */
  logger: Logger | null
  /** Null: billing sends over SMTP_URL. */
  mailer: Mailer | null
  /** How billing's emails are sent: over SMTP_URL where the app has no mailer. */
  sendsThrough: 'smtp' | Mailer['kind']
  connection: ModuleExport | null
  app: AppSource
  /** What the SDK's types lack in the host's compiler. */
  sdkTypes: { atPath: boolean; errorOptions: boolean }
  /** The app as another module imports it; null when it cannot. */
  appExport: ModuleExport | null
  /**
   * The command that runs the built form of billing's script, where another one stands in
   * package.json.
   */
  builtScript: string | null
  /** What the test files of the host's folder for them are called. */
  testsPattern: string
  /** The server's package, and what a program that runs there calls the files of others. */
  inPackage: InPackage
  /**
   * The files that Vitest is to leave to Node, as a regular expression: those of a server of which
   * each module requires others by Node. Null where Vitest loads all of them.
   */
  nativeServer: string | null
  /** What people write to run a script of package.json, and a program of a package. */
  commands: Pick<PackageManager, 'run' | 'exec' | 'flags'>
  client: ClientProfile | null
  /** How the front end reaches billing's API; null without a front end. */
  clientApi: ClientApiData | null
  styling: 'tailwind' | 'css'
  /** What the chart of usage is drawn with; null without a front end. */
  chart: ChartChoice | null
}

/** Paths as they are written in the folder of the server's package. */
export interface InPackage {
  /** The folder itself, from the root: 'server'; empty for the root. */
  dir: string
  tests: string
  envExample: string
  /** The file that the variables are read from in development; null without. */
  env: string | null
}

export interface Sells {
  /** Something is paid by the interval. */
  subscriptions: boolean
  /** Something is paid once. */
  products: boolean
  usage: boolean
  /** Codes that lower a price. */
  discounts: boolean
  /** A plan is priced by the seat. */
  seats: boolean
  /** A plan is sold by more than one interval. */
  periods: boolean
  /** Features are protected by plan. */
  gating: boolean
}

export interface ProductData extends OneTimeProduct {
  /** The environment variable with the id of the Polar product: POLAR_PRODUCT_ID_COURSE. */
  variable: string
}

export interface DiscountData extends Discount {
  /** The environment variable with the id of the Polar discount: POLAR_DISCOUNT_HELLO. */
  variable: string
}

export interface PlanData {
  slug: string
  name: string
  free: boolean
  contactSales: boolean
  highlighted: boolean
  trial: Period | null
  features: string[]
  prices: PriceData[]
}

export interface SeatPair {
  bySeat: PaidPlan
  flat: PaidPlan
  /** One seat costs more by the year than the flat price. */
  seatIsDearer: boolean
}

export interface IntervalPair {
  slug: string
  shorter: PriceData
  longer: PriceData
}

export interface PriceData extends TierPrice {
  /** The environment variable with the id of the Polar product: POLAR_PRODUCT_ID_PRO. */
  variable: string
}

export interface LoginData extends Login {
  /** The properties that `userId` walks from the request: 'req.auth.user.id' is auth, user, id. */
  path: string[]
  /** The name that the host's export has there, and the expression over it that is the middleware. */
  importedAs: string
  code: string
}

export interface PaidPlan extends PlanData {
  price: PriceData
}

export function templateData(spec: BillingSpec, host: HostProfile): TemplateData {
  const tiers = soldTiers(spec)
  const variables = new Set([...tiers, ...spec.products].map(({ slug }) => productVariable(slug)))
  const plans = tiers.map((tier) => ({
    ...tier,
    prices: tier.prices.map((price, index) => ({
      ...price,
      variable: priceVariable(tier.slug, price, index, variables),
    })),
  }))
  const paidPlans = plans.flatMap((plan) => {
    const price = plan.prices[0]
    return price ? [{ ...plan, price }] : []
  })
  const byYear = paidPlans.toSorted((a, b) => yearlyAmount(a.price) - yearlyAmount(b.price))
  const [cheapest = null, ...dearer] = byYear
  const within = dearer.filter(({ price }) => price.perSeat === cheapest?.price.perSeat)
  const rankedPlans = plans.toSorted(byRank)
  const isGated = spec.gating && paidPlans.length > 0
  const login = host.server.login?.value ?? null
  const users = host.database.users?.value ?? null
  return {
    spec,
    currencyDecimals: decimalsOf(spec.currency),
    host,
    tables: tableNames(host.database.tables, host.database.schema),
    usageTables: usageTableNames(host.database.tables, host.database.schema),
    purchaseTables: purchaseTableNames(host.database.tables, host.database.schema),
    meters: spec.meters,
    products: spec.products.map((product) => ({
      ...product,
      variable: productVariable(product.slug),
    })),
    discounts: spec.discounts.map((discount) => ({
      ...discount,
      variable: `POLAR_DISCOUNT_${variableName(discount.code)}`,
    })),
    gatedFeatures: isGated ? gatedFeatures(rankedPlans) : [],
    sells: {
      subscriptions: paidPlans.length > 0,
      products: spec.products.length > 0,
      usage: spec.meters.length > 0,
      discounts: spec.discounts.length > 0,
      seats: paidPlans.some(({ prices }) => prices.some(({ perSeat }) => perSeat)),
      periods: paidPlans.some(({ prices }) => prices.length > 1),
      gating: isGated,
    },
    plans,
    rankedPlans,
    paidPlans,
    cheapest,
    mostExpensive: within.at(-1) ?? null,
    freePlan: plans.find((plan) => plan.free) ?? null,
    contactPlan: plans.find((plan) => plan.contactSales) ?? null,
    highlightedPlan: plans.find((plan) => plan.highlighted) ?? null,
    trialPlan: paidPlans.find((plan) => plan.trial !== null) ?? null,
    seatPair: seatPairOf(byYear),
    intervalPair: intervalPairOf(paidPlans),
    users,
    userIdType: users?.keyType ?? 'text',
    appName: appNameOf(host.name),
    login: login && loginData(login),
    ownLogin: login !== null && isOwn(login),
    errorBody: host.server.errorBody.value,
    logger: host.server.logger?.value ?? null,
    mailer: host.server.mailer?.value ?? null,
    sendsThrough: host.server.mailer?.value.kind ?? 'smtp',
    connection: host.database.connection?.value ?? null,
    ...databaseData(host),
    app: host.server.app.value,
    builtScript: builtScriptOf(host),
    testsPattern: testsPatternOf(host),
    inPackage: inPackageOf(host),
    nativeServer: nativeServerOf(host),
    commands: packageManagers[host.packageManager.value],
    sdkTypes: sdkTypesOf(host.server.package),
    appExport: appExportOf(host.server.app.value),
    client: host.client,
    clientApi: host.client && clientApiData(host.client, host.server.mounts),
    styling: host.client?.styling.value ?? 'css',
    chart: host.client && chartFor(host.client),
  }
}

function loginData(login: Login): LoginData {
  const { middleware, userId } = login
  const { name = '', use = '' } = middleware ?? {}
  // The names of what stands beside it are taken.
  const importedAs = /^(requireLogin|json|log|express|userOf|noStore)$/.test(name) ? 'login' : name
  return {
    ...login,
    path: userId.split(/[?!]?\./).slice(1),
    importedAs,
    code: importedAs + use,
  }
}

function isOwn({ middleware }: Login): boolean {
  return !middleware || middleware.use !== '' || middleware.cast || middleware.package
}

const PER_YEAR: Record<Interval, number> = { day: 365, week: 52, month: 12, year: 1 }

/** Minor units a year, to put plans of different intervals in order. */
export function yearlyAmount(price: TierPrice): number {
  return price.amount * timesPerYear(price)
}

/** As the generated code compares plans: by the year at their cheapest, sold by contact last. */
function byRank(a: PlanData, b: PlanData): number {
  const [rankOfA, rankOfB] = [rankOf(a), rankOf(b)]
  return rankOfA === rankOfB ? 0 : rankOfA - rankOfB
}

function rankOf(plan: PlanData): number {
  if (plan.contactSales) return Infinity
  return plan.free ? 0 : Math.min(...plan.prices.map(yearlyAmount))
}

function timesPerYear(price: TierPrice): number {
  return PER_YEAR[price.interval] / price.intervalCount
}

/** @param byYear from the cheapest to the most expensive */
function seatPairOf(byYear: PaidPlan[]): SeatPair | null {
  const bySeat = byYear.find(({ price }) => price.perSeat)
  const flat = byYear.find(({ price }) => !price.perSeat)
  if (!bySeat || !flat) return null
  return { bySeat, flat, seatIsDearer: byYear.indexOf(bySeat) > byYear.indexOf(flat) }
}

function intervalPairOf(plans: PaidPlan[]): IntervalPair | null {
  for (const { slug, prices } of plans) {
    const [shorter, ...others] = prices.toSorted((a, b) => timesPerYear(b) - timesPerYear(a))
    const longer = others.findLast(({ perSeat }) => perSeat === shorter?.perSeat)
    if (shorter && longer && timesPerYear(shorter) > timesPerYear(longer)) {
      return { slug, shorter, longer }
    }
  }
  return null
}

/** '@acme/Habit_Tracker' is acme-habit-tracker. */
function appNameOf(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? []
  return words.join('-') || 'app'
}

function sdkTypesOf({ compiler }: PackageProfile): TemplateData['sdkTypes'] {
  return {
    atPath: compiler !== null && !compiler.packageExports,
    errorOptions: compiler !== null && !compiler.skipsDeclarations && !compiler.errorOptions,
  }
}

function appExportOf({ file, exported }: AppSource): ModuleExport | null {
  return exported && { file, name: exported.name, default: exported.default }
}

/** From the folder in which the tests are run. */
function inPackageOf({ server, tests, env }: HostProfile): InPackage {
  const { dir } = server.package
  return {
    dir,
    tests: posix.relative(dir, tests.dir.value),
    envExample: posix.relative(dir, env.exampleFile),
    env: env.file && posix.relative(dir, env.file.value),
  }
}

function testsPatternOf({ tests, server }: HostProfile): string {
  const folder = posix.relative(server.package.dir, tests.dir.value)
  const language = server.package.language.value === 'javascript' ? 'js' : 'ts'
  return posix.join(folder, `**/*${tests.apart?.ending ?? '.test'}.${language}`)
}

function nativeServerOf({ tests, server }: HostProfile): string | null {
  const { language, modules } = server.package
  if (language.value !== 'javascript' || modules.value !== 'commonjs') return null
  const folder = tests.dir.value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('/', '\\/')
  return `/^(?!.*\\/${folder}\\/).*\\.c?js$/`
}

function builtScriptOf(host: HostProfile): string | null {
  const runner = host.server.scripts.value
  if (runner.command === null) return null
  return builtScriptCommand(runner, layoutOf(host), 'server/scripts/billing.ts')
}
