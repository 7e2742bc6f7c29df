import type { HostOverrides } from '../host/index.js'
import type { Evidence, Found, HostProfile, Mailer } from '../types.js'
import type { CommonOptions } from './options.js'

/** What was detected, one finding a line with where it was seen. */
export function describeHost(host: HostProfile): string {
  const { server, database, client, tests, format } = host
  const login = server.login
  const users = database.users
  const lines = [
    line(
      'Server',
      `${server.stack.value} ${server.major} in ${folder(server.dir.value)}`,
      server.app,
    ),
    login
      ? line('Login', `${login.value.middleware.name}, the user is ${login.value.userId}`, login)
      : 'Login: none recognised; billing stays closed until you connect it',
    server.logger
      ? line(
          'Logger',
          `${server.logger.value.kind}, ${server.logger.value.module.name}`,
          server.logger,
        )
      : 'Logger: none recognised; billing logs to the console',
    server.mailer
      ? line('Mailer', mailerWords(server.mailer.value), server.mailer)
      : 'Mailer: none recognised; billing sends over SMTP_URL',
    line('Database', `${database.stack.value}, ${database.urlVariable}`, database.connection),
    users
      ? line(
          'Users',
          `table ${users.value.table}, key ${users.value.key} ${users.value.keyType}`,
          users,
        )
      : 'Users: no table found',
    line('Migrations', migrationsWords(host), database.migrations),
    client
      ? line('Front end', `${client.stack.value} in ${folder(client.dir.value)}`, client.router)
      : 'Front end: none',
    ...(client?.charts ?? []).map((found) =>
      line('Charts', `${found.value.name} ${found.value.range}`, found),
    ),
    line('Tests', `${tests.runner.value} in ${folder(tests.dir.value)}`, tests.runner),
    line('Formatter', format.tool.value, format.tool),
  ]
  return lines.join('\n')
}

function mailerWords({ kind, module }: Mailer): string {
  return kind === 'function' ? `${module.name}()` : `nodemailer, ${module.name}`
}

function migrationsWords(host: HostProfile): string {
  const { tool, dir } = host.database.migrations.value
  return tool === 'none' ? `none yet; node-pg-migrate in ${dir}` : `${tool} in ${dir}`
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
