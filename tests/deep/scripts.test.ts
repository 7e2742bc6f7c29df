import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, describe, expect, test } from 'vitest'
import { discard } from '../support/discard.js'
import { hostCopy, REQUEST, runCli } from '../support/host-copy.js'

/** How the server is started, and what the environment is read with. */
const SCRIPTS = {
  'dev:server': 'tsx watch --env-file=.env server/index.ts',
  start: 'NODE_ENV=production node --env-file=.env --import tsx server/index.ts',
  migrate: 'node --env-file=.env node_modules/node-pg-migrate/bin/node-pg-migrate.js up',
}
/** No database is there: the attempt to connect to it shows that the file was read. */
const ENV = 'DATABASE_URL=postgres://nobody@127.0.0.1:1/none\nJWT_SECRET=only-for-tests\n'

describe('the scripts of a host whose environment comes by a flag', () => {
  let host: string
  afterEach(() => discard(host))

  test('read what its server reads', async () => {
    host = await hostCopy()
    await edit('package.json', (text) => {
      const manifest = JSON.parse(text) as Record<string, Record<string, string>>
      delete manifest['dependencies']?.['dotenv']
      return JSON.stringify(
        { ...manifest, scripts: { ...manifest['scripts'], ...SCRIPTS } },
        null,
        2,
      )
    })
    await edit('server/config.ts', (text) => text.replace(/^import 'dotenv.*\n/, ''))
    await writeFile(join(host, '.env'), ENV)

    const run = await runCli(host, [REQUEST, '--yes', '--json', '--no-verify'])
    expect(run.exitCode).toBe(0)
    const manifest = JSON.parse(await readFile(join(host, 'package.json'), 'utf8')) as unknown
    expect(manifest).toMatchObject({
      scripts: { 'sync:subscriptions': 'tsx --env-file=.env server/scripts/billing.ts sync' },
    })

    for (const command of [
      'sync:subscriptions -- --dry-run',
      'webhooks:process',
      'webhooks:replay',
    ]) {
      const { all, exitCode } = await execa('npm', ['run', ...command.split(' ')], {
        cwd: host,
        env: { DATABASE_URL: undefined, JWT_SECRET: undefined },
        reject: false,
        all: true,
      })
      expect(all, command).toContain('ECONNREFUSED')
      expect(all, command).not.toContain('is not set')
      expect(exitCode, command).toBe(1)
    }
  })

  async function edit(file: string, change: (text: string) => string): Promise<void> {
    const path = join(host, file)
    await writeFile(path, change(await readFile(path, 'utf8')))
  }
})
