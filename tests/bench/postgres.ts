import { chown, mkdtemp, readdir } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import { discard } from '../support/discard.js'
import { freePort } from '../support/free-port.js'

export interface Postgres {
  url: string
  stop(): Promise<void>
}

/**
 * The server of TEST_DATABASE_URL, or else one of this run's own, with the settings that
 * PostgreSQL has by itself: a commit waits for the disk. Null when the machine has none.
 */
export async function startPostgres(): Promise<Postgres | null> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return { url: given, stop: async () => {} }
  const programs = await folderOfPrograms()
  if (programs === null) return null

  const folder = await mkdtemp(join(tmpdir(), 'integrate-polar-postgres-'))
  // PostgreSQL refuses to run as root.
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    const { stdout } = await execa('id', ['-u', 'postgres'])
    await chown(folder, Number(stdout), -1)
  }
  const run = async (program: string, args: string[]): Promise<void> => {
    const command = [join(programs, program), ...args]
    const [file = '', ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command
    // The server outlives this command and would keep its output open.
    await execa(file, rest, { cwd: folder, stdio: 'ignore' })
  }
  const data = join(folder, 'data')
  const port = await freePort()
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder}`
  await run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust'])
  await run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start'])
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      await run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop'])
      await discard(folder)
    },
  }
}

async function folderOfPrograms(): Promise<string | null> {
  const debian = '/usr/lib/postgresql'
  const versions = await readdir(debian).catch(() => [])
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...versions.sort((a, b) => Number(b) - Number(a)).map((name) => join(debian, name, 'bin')),
  ]
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null
}
