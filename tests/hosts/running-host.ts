import { execa } from 'execa'
import { join } from 'node:path'
import { freePort } from '../support/free-port.js'
import type { HostFacts } from './facts.js'
import { shell } from './host-programs.js'

export interface RunningHost {
  url: string
  /** What the server has printed. */
  output(): string
  stop(): void
}

/** The environment of the host's programs over one database. */
export function environmentOf(facts: HostFacts, databaseUrl: string): Record<string, string> {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl)
  const parts: Record<string, string> = {
    DATABASE_URL: databaseUrl,
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: username,
    // A server that trusts everybody asks for none; a client may insist on having one.
    PGPASSWORD: password || 'unused',
    PGDATABASE: pathname.slice(1),
  }
  const filled = Object.entries(facts.env ?? {}).map(([name, value]) => [
    name,
    value.replace(/\$\{(\w+)\}/g, (_, part: string) => parts[part] ?? ''),
  ])
  return { DATABASE_URL: databaseUrl, ...(Object.fromEntries(filled) as Record<string, string>) }
}

/** Starts the host's server with its own command and waits until it answers. */
export async function startHost(
  host: string,
  facts: HostFacts,
  env: Record<string, string>,
): Promise<RunningHost> {
  const port = facts.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const child = execa(facts.start, {
    shell: true,
    cwd: join(host, facts.dir ?? ''),
    env: { ...env, PORT: String(port) },
    all: true,
    reject: false,
    stdin: 'ignore',
    // A group of its own, because the command may be a launcher of the server.
    detached: true,
  })
  let printed = ''
  child.all?.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  let ended = false
  void child.then(() => (ended = true))
  const stop = (): void => {
    if (child.pid !== undefined && !ended) process.kill(-child.pid, 'SIGKILL')
  }
  const deadline = Date.now() + 40_000
  for (;;) {
    try {
      await fetch(url)
      return { url, output: () => printed, stop }
    } catch (error) {
      if (ended || Date.now() > deadline) {
        stop()
        throw new Error(`The server does not answer:\n${printed}`, { cause: error })
      }
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

/**
 * The host's own migrations, then the integration's.
 *
 * @param scripts the integration's, as they are run from the root
 */
export async function migrate(
  host: string,
  facts: HostFacts,
  scripts: string[],
  env: Record<string, string>,
): Promise<void> {
  const commands = [
    ...(facts.migrate ?? []).map((command) => ({ command, dir: facts.dir ?? '' })),
    ...scripts.map((command) => ({ command, dir: '' })),
  ]
  for (const { command, dir } of commands) {
    const { exitCode, output } = await shell(join(host, dir), command, env)
    if (exitCode !== 0) throw new Error(`${command} failed:\n${output}`)
  }
}

/** Makes an account as the host's front end does; gives the headers that prove who asks. */
export async function signIn(
  url: string,
  { register, login, token }: NonNullable<HostFacts['login']>,
): Promise<Record<string, string>> {
  let headers: Record<string, string> = {}
  for (const request of [register, login]) {
    if (!request) continue
    const response = await fetch(`${url}${request.path}`, {
      method: request.method ?? 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(request.body),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${request.path} answered ${response.status}: ${text}`)
    const cookies = response.headers.getSetCookie().map((one) => one.split(';')[0])
    if (cookies.length > 0) headers = { cookie: cookies.join('; ') }
    const bearer = token ? fieldOf(JSON.parse(text), token) : undefined
    if (typeof bearer === 'string') headers = { authorization: `Bearer ${bearer}` }
  }
  return headers
}

/** @param path 'data.token' */
function fieldOf(answer: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null
          ? (value as Record<string, unknown>)[name]
          : undefined,
      answer,
    )
}
