import type { HostOverrides } from '../host/index.js'
import type {
  ClientProfile,
  DatabaseProfile,
  EnvProfile,
  ErrorBody,
  Evidence,
  Found,
  HostProfile,
  Login,
  Mailer,
  Migrations,
  PackageFolder,
  PackageProfile,
  ServerProfile,
} from '../types.js'
import type { CommonOptions } from './options.js'

const ERROR_BODIES: Record<ErrorBody, string> = {
  nested: '{ error: { code, message } }',
  error: '{ error: message }',
  message: '{ message }',
}

/** What was detected, one finding a line with where it was seen. */
export function describeHost(host: Partial<HostProfile>): string {
  const { packages = [], packageManager, server, database, client, tests, format, env } = host
  const lines = [
    ...(packages.length > 1 ? [`Repository: packages ${foldersOf(packages)}`] : []),
    ...(packageManager ? [line('Packages', packageManager.value, packageManager)] : []),
    ...(server ? [languageLine(server.package)] : []),
    ...(server ? serverLines(server) : []),
    ...(database ? databaseLines(database) : []),
    ...(client === undefined ? [] : clientLines(client)),
    ...(tests
      ? [line('Tests', `${tests.runner.value} in ${folder(tests.dir.value)}`, tests.runner)]
      : []),
    ...(format ? [line('Formatter', format.tool.value, format.tool)] : []),
    ...(env ? [environmentLine(env)] : []),
  ]
  return lines.join('\n')
}

/** So many packages are named; the others are counted. */
const NAMED = 6

function foldersOf(packages: PackageFolder[]): string {
  const named = packages.slice(0, NAMED).map(({ dir }) => folder(dir))
  const others = packages.length - named.length
  return named.join(', ') + (others > 0 ? ` and ${others} more` : '')
}

function environmentLine({ file, exampleFile, exists }: EnvProfile): string {
  const example = exists ? `, example ${exampleFile}` : ''
  return file
    ? line('Environment', file.value + example, file)
    : `Environment: the server reads no file of variables${example}`
}

function languageLine({ language, modules }: PackageProfile): string {
  return line('Language', `${language.value}, ${modules.value}`, language)
}

function serverLines(server: ServerProfile): string[] {
  const { stack, major, dir, app, login, errorBody, logger, mailer } = server
  return [
    line('Server', `${stack.value} ${major} in ${folder(dir.value)}`, app),
    login
      ? line('Login', loginWords(login.value), login)
      : 'Login: none recognised; billing stays closed until you connect it',
    line('Errors', ERROR_BODIES[errorBody.value], errorBody),
    logger
      ? line('Logger', `${logger.value.kind}, ${logger.value.module.name}`, logger)
      : 'Logger: none recognised; billing logs to the console',
    mailer
      ? line('Mailer', mailerWords(mailer.value), mailer)
      : 'Mailer: none recognised; billing sends over SMTP_URL',
  ]
}

function loginWords({ middleware, betterAuth, userId }: Login): string {
  const session = betterAuth ? "Better Auth's session" : 'the session'
  const name = middleware ? middleware.name + middleware.use : session
  return `${name}, the user is ${userId}`
}

function databaseLines(database: DatabaseProfile): string[] {
  const { stack, settings, connection, users, migrations } = database
  const variables = [...new Set(settings.flatMap((setting) => setting.variables))]
  return [
    line('Database', `${stack.value}, ${variables.join(', ')}`, connection ?? stack),
    users
      ? line(
          'Users',
          `table ${users.value.table}, key ${users.value.key} ${users.value.keyType}`,
          users,
        )
      : 'Users: no table found',
    line('Migrations', migrationsWords(migrations.value), migrations),
  ]
}

function clientLines(client: ClientProfile | null): string[] {
  if (client === null) return ['Front end: none']
  return [
    line('Front end', `${client.stack.value} in ${folder(client.dir.value)}`, client.router),
    ...client.charts.map((found) =>
      line('Charts', `${found.value.name} ${found.value.range}`, found),
    ),
  ]
}

function mailerWords({ kind, module }: Mailer): string {
  return kind === 'function' ? `${module.name}()` : `nodemailer, ${module.name}`
}

function migrationsWords({ tool, dir }: Migrations): string {
  return tool === 'none' ? `billing's own in ${dir}` : `${tool} in ${dir}`
}

function line(name: string, words: string, found: Found<unknown> | null): string {
  const seen = found?.evidence[0]
  return `${name}: ${words}${seen ? ` (${place(seen)})` : ''}`
}

function place({ file, line }: Evidence): string {
  return `${file}:${line}`
}

function folder(dir: string): string {
  return dir === '' ? './' : `${dir}/`
}

/** The flags that stand in for a detection. */
export function overridesOf(options: CommonOptions): HostOverrides {
  const { server, database, client, serverDir, clientDir, usersTable, login, userId } = options
  const given = { server, database, client, serverDir, clientDir, usersTable, login, userId }
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
