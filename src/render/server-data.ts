import { posix } from 'node:path'
import { packageManagers, type PackageManager } from '../packages/package-managers.js'
import { builtScriptCommand } from './built-script.js'
import { asModule } from './language/endings.js'
import { layoutOf } from './layout.js'
import type {
  AppSource,
  ErrorBody,
  HostProfile,
  Logger,
  Login,
  Mailer,
  ModuleExport,
  PackageProfile,
} from '../types.js'

/** What templates can name of the server and of its package. */
export interface ServerData {
  login: LoginData | null
  /** The middleware that rejects requests without login, as people write it in a route. */
  loginWord: string
  /** The file that has it; null where billing has one of its own. */
  loginFile: string | null
  /** Billing has a `requireLogin` of its own, because no export of the host is it. */
  ownLogin: boolean
  errorBody: ErrorBody
  /** Null: billing logs to the console. */
  logger: Logger | null
  /** Null: billing sends over SMTP_URL. */
  mailer: Mailer | null
  /** How billing's emails are sent: over SMTP_URL where the app has no mailer. */
  sendsThrough: 'smtp' | Mailer['kind']
  /** Tests can put their own in the place of the app's transporter: nothing else is in its module. */
  replacesTransporter: boolean
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

export interface LoginData extends Login {
  /** The properties that `userId` walks from the request: 'req.auth.user.id' is auth, user, id. */
  path: string[]
  /** The name that the host's export has there, and the expression over it that is the middleware. */
  importedAs: string
  code: string
  /** What is asked for a request's session, and the name under which it is imported. */
  askedFrom: ModuleExport | null
  asked: string
}

export function serverData(host: HostProfile): ServerData {
  const login = host.server.login?.value ?? null
  const middleware = login?.middleware ?? null
  return {
    login: login && loginData(login),
    loginWord: middleware ? middleware.name + middleware.use : 'requireLogin',
    loginFile: middleware?.file ?? null,
    ownLogin: login !== null && isOwn(login),
    errorBody: host.server.errorBody.value,
    logger: host.server.logger?.value ?? null,
    mailer: host.server.mailer?.value ?? null,
    sendsThrough: host.server.mailer?.value.kind ?? 'smtp',
    replacesTransporter: replacesTransporter(host),
    app: host.server.app.value,
    builtScript: builtScriptOf(host),
    testsPattern: testsPatternOf(host),
    inPackage: inPackageOf(host),
    nativeServer: nativeServerOf(host),
    commands: packageManagers[host.packageManager.value],
    sdkTypes: sdkTypesOf(host.server.package),
    appExport: appExportOf(host.server.app.value),
  }
}

function loginData(login: Login): LoginData {
  const { middleware, userId, betterAuth } = login
  const { name = '', use = '' } = middleware ?? {}
  const importedAs = isTaken(name) ? 'login' : name
  const asked = betterAuth?.name ?? ''
  return {
    ...login,
    path: userId.split(/[?!]?\./).slice(1),
    importedAs,
    code: importedAs + use,
    askedFrom: betterAuth ?? null,
    asked: isTaken(asked) ? 'betterAuth' : asked,
  }
}

/** The names of what stands beside it. */
function isTaken(name: string): boolean {
  return /^(requireLogin|json|log|express|userOf|noStore)$/.test(name)
}

function isOwn({ middleware }: Login): boolean {
  return !middleware || middleware.use !== '' || middleware.cast || middleware.package
}

function sdkTypesOf({ compiler }: PackageProfile): ServerData['sdkTypes'] {
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
  const pattern = posix.join(folder, `**/*${tests.apart?.ending ?? '.test'}.${language}`)
  return asModule(server.package, pattern)
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

/** What else billing takes from the module would be gone with it. */
function replacesTransporter({ server, database }: HostProfile): boolean {
  const { mailer, logger, login } = server
  if (mailer?.value.kind !== 'nodemailer') return false
  const used = [
    database.connection?.value.file,
    logger?.value.module?.file,
    login?.value.middleware?.file,
  ]
  return !used.includes(mailer.value.module.file)
}
