import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { discard } from '../../support/discard.js'
import { executable, hostCopy, REQUEST, runCli } from '../../support/host-copy.js'
import { differences, snapshot } from '../../support/snapshot.js'

const FIXED = { SOURCE_DATE_EPOCH: '1764000000' }
const NO_CHECKS = ['--yes', '--no-install', '--no-verify']

describe('a reader that goes away', () => {
  let host: string
  beforeEach(async () => {
    host = await hostCopy({ packages: false })
  })
  afterEach(() => discard(host))

  /** Runs the command and closes a stream once something has been read from it. */
  async function closing(stream: 'stdout' | 'stderr', args: string[]) {
    const child = spawn(process.execPath, [executable, ...args], {
      cwd: host,
      env: { ...process.env, ...FIXED },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child[stream].once('data', () => child[stream].destroy())
    const rest = text(child[stream === 'stdout' ? 'stderr' : 'stdout'])
    const exitCode = await new Promise((resolve) => child.on('close', resolve))
    return { exitCode, rest: await rest }
  }

  test.each([
    ['plan', ['plan', REQUEST]],
    ['plan --json --diff', ['plan', REQUEST, '--json', '--diff']],
    ['plan --diff', ['plan', REQUEST, '--diff']],
    ['--help', ['--help']],
    ['schema', ['schema']],
  ])('leaves %s to its own end', async (_, args) => {
    const before = snapshot(host)
    const { exitCode, rest } = await closing('stdout', args)
    expect(exitCode).toBe(0)
    expect(rest).not.toMatch(/EPIPE|\n\s+at /)
    expect(differences(before, snapshot(host))).toEqual([])
  })

  test('does not leave a transaction half done', async () => {
    const other = await hostCopy({ packages: false })
    expect((await runCli(other, [REQUEST, ...NO_CHECKS], FIXED)).exitCode).toBe(0)
    const { exitCode, rest } = await closing('stdout', [REQUEST, ...NO_CHECKS, '--json'])
    expect({ exitCode, rest }).toEqual({ exitCode: 0, rest: '' })
    await Promise.all([host, other].map((folder) => discard(`${folder}/.integrate-polar`)))
    expect(differences(snapshot(host), snapshot(other))).toEqual([])
    expect(snapshot(host).has('server/routes/billing.routes.ts')).toBe(true)
    await discard(other)
  })

  test('may be the one of standard error', async () => {
    const { exitCode, rest } = await closing('stderr', ['plan', REQUEST, '--diff'])
    expect(exitCode).toBe(0)
    expect(rest).toContain('diff --git a/server/app.ts b/server/app.ts')
  })

  test('is told from a disk that is full: exit 9', async () => {
    const command = '"$NODE" "$CLI" schema > /dev/full'
    const env = { NODE: process.execPath, CLI: executable }
    const run = await execa('sh', ['-c', command], { cwd: host, env, reject: false })
    expect(run.exitCode).toBe(9)
    expect(run.stderr).toContain('ENOSPC')
    expect(run.stderr).not.toMatch(/\n\s+at /)
  })
})
