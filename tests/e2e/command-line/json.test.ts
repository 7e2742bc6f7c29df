import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { MissingAnswer, Result, Unclear } from '../../../src/types.js'
import { discard } from '../../support/discard.js'
import { executable, hostCopy, runCli, type CliRun } from '../../support/host-copy.js'
import { differences, snapshot } from '../../support/snapshot.js'

describe('--json', () => {
  let host: string
  /** A folder for PATH in which the command is installed. */
  let bin: string

  beforeEach(async () => {
    host = await hostCopy({ packages: false })
    bin = await mkdtemp(join(tmpdir(), 'integrate-polar-bin-'))
    await symlink(executable, join(bin, 'integrate-polar'))
  })
  afterEach(() => Promise.all([discard(host), discard(bin)]))

  function resultOf(run: CliRun): Result {
    expect(run.stderr).toBe('')
    const result = run.events().at(-1) as unknown as Result
    expect(result.type).toBe('result')
    expect(result.exitCode).toBe(run.exitCode)
    return result
  }

  function missingIn(run: CliRun): MissingAnswer[] {
    const asked = run.events().filter(({ type }) => type === 'needs_input')
    expect(asked).toHaveLength(1)
    return asked[0]?.['missing'] as MissingAnswer[]
  }

  /** Pastes a command into a shell, with its placeholder replaced. */
  async function paste(command: string, answers: Record<string, string> = {}) {
    let line = command
    for (const [placeholder, answer] of Object.entries(answers)) {
      expect(line).toContain(`<${placeholder}>`)
      line = line.replaceAll(`<${placeholder}>`, answer)
    }
    const env = { PATH: `${bin}:${process.env['PATH']}` }
    const run = await execa('sh', ['-c', line], { cwd: host, env, reject: false, stdin: 'ignore' })
    return { ...run, result: JSON.parse(run.stdout.split('\n').at(-1) ?? '') as Result }
  }

  async function editManifest(from: string, to: string): Promise<void> {
    const file = join(host, 'package.json')
    const manifest = await readFile(file, 'utf8')
    expect(manifest).toContain(from)
    await writeFile(file, manifest.replace(from, to))
  }

  test.each([
    [['plan', 'Pro $29/mo', '--no-such-flag'], '--no-such-flag'],
    [['--instal', 'Pro $29/mo'], '--instal'],
    [['--spec'], '--spec'],
    [['undo', 'now'], 'undo'],
    [['schema', 'extra'], 'schema'],
    [['frobnicate'], 'frobnicate'],
    [['help', 'frobnicate'], 'frobnicate'],
  ])('ends with a result when the usage is wrong: %j', async (args, named) => {
    const before = snapshot(host)
    const run = await runCli(host, ['--json', ...args])
    expect(resultOf(run)).toMatchObject({ status: 'failed', exitCode: 2, changes: [] })
    const errors = run.events().filter(({ type }) => type === 'error')
    expect(errors).toMatchObject([{ code: 'usage' }])
    expect(errors[0]?.['message']).toContain(named)
    expect(errors[0]?.['hint']).not.toBe('')
    expect(differences(before, snapshot(host))).toEqual([])
  })

  test('names the request, and the command to run next works once it is filled in', async () => {
    const run = await runCli(host, ['plan', '--json', '--no-trial'])
    expect(resultOf(run)).toMatchObject({ status: 'unclear', exitCode: 2 })
    const [answer, ...others] = missingIn(run)
    expect(others).toEqual([])
    expect(answer).toMatchObject({ field: 'request', question: expect.any(String) as string })
    expect(answer?.resume).toBe("integrate-polar plan '<request>' --json --no-trial")
    const { exitCode, result } = await paste(answer?.resume ?? '', { request: 'Pro $29/mo' })
    expect({ exitCode, status: result.status }).toEqual({ exitCode: 0, status: 'planned' })
    expect(result.spec?.tiers).toMatchObject([{ name: 'Pro', prices: [{ amount: 2900 }] }])
  })

  test('asks for the consent to write with the very command that gives it', async () => {
    const run = await runCli(host, ['Pro $29/mo', '--json', '--no-install', '--no-verify'])
    expect(run.exitCode).toBe(2)
    const [answer] = missingIn(run)
    expect(answer).toMatchObject({ field: 'apply', flag: '--yes' })
    const { exitCode, result } = await paste(answer?.resume ?? '')
    expect({ exitCode, status: result.status }).toEqual({ exitCode: 0, status: 'ok' })
  })

  test('has all that is missing in one list, and one command that answers it', async () => {
    await editManifest('"cookie-parser"', '"vue": "^3.5.0",\n    "cookie-parser"')
    const run = await runCli(host, ['--json', '--no-install', '--no-verify'])
    expect(resultOf(run)).toMatchObject({ status: 'unsupported', exitCode: 4 })
    const missing = missingIn(run)
    expect(missing.map(({ field }) => field)).toEqual(['client_not_supported', 'request', 'apply'])
    expect(missing[0]).toMatchObject({ choices: ['none'], flag: '--client <name>' })
    expect(new Set(missing.map(({ resume }) => resume)).size).toBe(1)
    const resume = missing[0]?.resume ?? ''
    const { exitCode, result } = await paste(resume, { request: 'Free, Pro $29/mo' })
    expect({ exitCode, status: result.status }).toEqual({ exitCode: 0, status: 'ok' })
  })

  test('lists the choices there are, and leaves the choice', async () => {
    const migration =
      'create schema auth;\ncreate table auth.users (id uuid primary key, email text);\n'
    await writeFile(join(host, 'migrations/20990101000000000_auth.sql'), migration)
    const run = await runCli(host, ['plan', 'Pro $29/mo', '--json'])
    expect(run.exitCode).toBe(4)
    const [answer] = missingIn(run)
    expect(answer).toMatchObject({
      field: 'users_table_ambiguous',
      choices: ['users', 'auth.users'],
      flag: '--users-table <name>',
    })
    const { exitCode, result } = await paste(answer?.resume ?? '', { name: 'users' })
    expect(exitCode).toBe(0)
    expect(result.host?.database.users?.value.table).toBe('users')
  })

  test('replaces a flag that was wrong', async () => {
    const run = await runCli(host, ['plan', 'Pro $29/mo', '--server', 'koa', '--json'])
    const [answer] = missingIn(run)
    expect(answer?.resume).toBe("integrate-polar plan 'Pro $29/mo' --json --server express")
    expect((await paste(answer?.resume ?? '')).exitCode).toBe(0)
  })

  test('says the command to run next for what is unclear', async () => {
    const run = await runCli(host, ['plan', 'Free, Pro at -$29/mo, Team $99/mo', '--json'])
    const result = resultOf(run)
    expect(result).toMatchObject({ status: 'unclear', exitCode: 3 })
    const [piece] = result.unclear as [Unclear]
    expect(piece.resume).toMatch(/^integrate-polar plan '.*' --json$/)
    const filled = (piece.resume ?? '').replace(/'.*'/, "'Free, Pro ($29/mo), Team $99/mo'")
    expect((await paste(filled)).result.spec?.tiers).toHaveLength(3)
  })

  test('reads the pricing although the host is not supported, and ends with the host', async () => {
    const empty = join(host, 'empty')
    await mkdir(join(empty, '.git'), { recursive: true })
    const run = await runCli(empty, ['plan', 'Pro $29/mo', '--json'])
    const result = resultOf(run)
    expect(result).toMatchObject({ status: 'unsupported', exitCode: 4, host: null })
    expect(result.spec?.tiers).toMatchObject([{ name: 'Pro' }])
    const both = await runCli(empty, ['plan', 'Pro at -$5/mo', '--json'])
    expect(resultOf(both)).toMatchObject({ status: 'unsupported', exitCode: 4 })
    expect(resultOf(both).unclear).not.toEqual([])
    const codes = both.events().flatMap(({ type, code }) => (type === 'error' ? [code] : []))
    expect(codes).toEqual(['no_package_json', 'unclear'])
  })
})
