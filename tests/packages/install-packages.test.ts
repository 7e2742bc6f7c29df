import { spawn } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildInstallingChild } from './installing-child.js'
import { installPackages } from '../../src/packages/install-packages.js'
import { begin, type Transaction } from '../../src/tree/apply.js'
import { processIdentity } from '../../src/tree/process-identity.js'
import { recover } from '../../src/tree/recover.js'
import {
  emptyFolder,
  makeHost,
  snapshot,
  thirtyChanges,
  write,
} from '../tree/support/host-folder.js'

let root: string
let bin: string
let before: Record<string, string>

beforeEach(() => {
  root = makeHost()
  bin = emptyFolder()
  before = snapshot(root)
})

afterEach(() => {
  for (const folder of [root, bin]) rmSync(folder, { recursive: true })
})

/** Puts an `npm`, or another program, on PATH that does this. */
function fakeNpm(script: string, name = 'npm'): Record<string, string> {
  write(bin, name, `#!/bin/sh\n${script}\n`, 0o755)
  return { PATH: bin + delimiter + (process.env.PATH ?? '') }
}

const HALF =
  'echo half > node_modules/half; echo x >> node_modules/a/index.js; rm -r node_modules/@s'

async function openTransaction(): Promise<Transaction> {
  const outcome = await begin(root, thirtyChanges(root))
  if (!outcome.ok) throw new Error(outcome.error.message)
  await outcome.value.apply()
  await outcome.value.protectNodeModules()
  return outcome.value
}

async function waitForFile(path: string): Promise<string> {
  while (!existsSync(path) || readFileSync(path, 'utf8') === '') await sleep(10)
  return readFileSync(path, 'utf8').trim()
}

describe('installPackages', () => {
  it('runs npm without audit, fund or questions', async () => {
    const env = fakeNpm('echo "$@" > args; cat > stdin')
    expect(await installPackages(root, 'npm', { env, scripts: true })).toEqual({
      ok: true,
      command: 'npm install --no-audit --no-fund --include=dev',
    })
    expect(readFileSync(join(root, 'args'), 'utf8')).toBe(
      'install --no-audit --no-fund --include=dev\n',
    )
    expect(readFileSync(join(root, 'stdin'), 'utf8')).toBe('')
  })

  it.each([
    ['pnpm', {}, 'install --no-frozen-lockfile --prod=false --config.confirm-modules-purge=false'],
    ['yarn', {}, 'install --non-interactive --production=false'],
    ['yarn', { 'yarn.lock': '# yarn lockfile v1\n' }, 'install --non-interactive'],
    ['yarn', { '.yarnrc.yml': 'nodeLinker: node-modules\n' }, 'install --no-immutable'],
    ['yarn', { 'yarn.lock': '__metadata:\n  version: 8\n' }, 'install --no-immutable'],
    ['bun', {}, 'install --no-progress'],
  ] as const)('runs %s with development packages, and its lock file free %j', async (...given) => {
    const [manager, files, args] = given
    for (const [path, text] of Object.entries(files)) write(root, path, text)
    const env = fakeNpm('echo "$@" > args', manager)
    expect(await installPackages(root, manager, { env, scripts: true })).toMatchObject({ ok: true })
    expect(readFileSync(join(root, 'args'), 'utf8')).toContain(args)
  })

  it.each([
    ['pnpm', {}, '--ignore-scripts'],
    ['yarn', {}, '--ignore-scripts'],
    ['yarn', { '.yarnrc.yml': '' }, '--mode=skip-build'],
    ['bun', {}, '--ignore-scripts'],
  ] as const)('has %s leave install scripts out %j', async (manager, files, flag) => {
    for (const [path, text] of Object.entries(files)) write(root, path, text)
    const env = fakeNpm('true', manager)
    expect(await installPackages(root, manager, { env, scripts: false })).toMatchObject({
      command: expect.stringContaining(` ${flag}`) as string,
    })
  })

  it.each([
    ['npm', {}, null],
    ['npm', { '.npmrc': 'engine-strict=true\n' }, '--engine-strict=false'],
    ['pnpm', { '.npmrc': 'engine-strict=true\n' }, '--config.engine-strict=false'],
    ['yarn', {}, '--ignore-engines'],
    ['yarn', { '.yarnrc.yml': '' }, null],
  ] as const)('has %s take what asks for another Node %j', async (manager, files, flag) => {
    for (const [path, text] of Object.entries(files)) write(root, path, text)
    const env = fakeNpm('true', manager)
    const strict = await installPackages(root, manager, { env })
    const lenient = await installPackages(root, manager, { env, ignoreEngines: true })
    expect(lenient.command).toBe(flag === null ? strict.command : `${strict.command} ${flag}`)
  })

  it('leaves install scripts out where everything has been installed before', async () => {
    const env = fakeNpm('true')
    expect(await installPackages(root, 'npm', { env })).toMatchObject({
      command: expect.stringContaining('--ignore-scripts') as string,
    })
    rmSync(join(root, 'node_modules'), { recursive: true })
    expect(await installPackages(root, 'npm', { env })).toMatchObject({
      command: expect.not.stringContaining('--ignore-scripts') as string,
    })
  })

  it('gives the last lines of a failing package manager', async () => {
    const env = fakeNpm(
      'for n in $(seq 30); do echo "line $n"; done; echo "E404 no such" >&2; exit 1',
    )
    const outcome = await installPackages(root, 'npm', { env })
    expect(outcome).toMatchObject({ ok: false, error: { code: 'install_failed' } })
    const output = outcome.ok ? [] : outcome.error.output
    expect(output).toHaveLength(15)
    expect(output).toContain('line 30')
    expect(output).toContain('E404 no such')
  })

  it('says so when there is no such package manager', async () => {
    const env = { PATH: bin }
    expect(await installPackages(root, 'npm', { env })).toMatchObject({
      ok: false,
      error: { code: 'package_manager_missing', message: 'npm was not found.' },
    })
  })

  it('passes output on while it comes', async () => {
    const pieces: string[] = []
    await installPackages(root, 'npm', {
      env: fakeNpm('echo one; sleep 0.2; echo two'),
      onOutput: (text) => pieces.push(text),
    })
    expect(pieces).toEqual(['one\n', 'two\n'])
  })

  it('does not start when aborted before', async () => {
    const signal = AbortSignal.abort()
    const outcome = await installPackages(root, 'npm', { env: fakeNpm('touch started'), signal })
    expect(outcome).toMatchObject({ error: { code: 'install_aborted' } })
    expect(existsSync(join(root, 'started'))).toBe(false)
  })

  it('does not start before its process is on record', async () => {
    const env = fakeNpm('touch started')
    await installPackages(root, 'npm', {
      env,
      onSpawn: async (leader) => {
        expect(processIdentity(leader)).not.toBeNull()
        await sleep(100)
        expect(existsSync(join(root, 'started'))).toBe(false)
      },
    })
    expect(existsSync(join(root, 'started'))).toBe(true)
  })

  it('does not run at all when it cannot be put on record', async () => {
    const closed = await openTransaction()
    await closed.rollback()
    const installing = installPackages(root, 'npm', {
      env: fakeNpm('touch started'),
      onSpawn: async (leader) => {
        const recorded = await closed.recordProcess(leader)
        if (!recorded.ok) throw new Error(recorded.error.code)
      },
    })
    await expect(installing).rejects.toThrow('closed')
    await sleep(100)
    expect(existsSync(join(root, 'started'))).toBe(false)
  })
})

describe('a package installation that goes wrong', () => {
  it('leaves the host as it was when it fails half-way', async () => {
    const transaction = await openTransaction()
    const env = fakeNpm(`${HALF}; echo '{' > package-lock.json; exit 1`)
    const outcome = await installPackages(root, 'npm', { env })
    expect(outcome).toMatchObject({ ok: false, error: { code: 'install_failed' } })
    await transaction.rollback()
    expect(snapshot(root)).toEqual(before)
  })

  it('is over, with everything it started, when an abort returns', async () => {
    const transaction = await openTransaction()
    const stop = new AbortController()
    // Deaf to SIGTERM, with a child that keeps writing.
    const env = fakeNpm(
      `trap '' TERM; ${HALF}; (trap '' TERM; while :; do echo more >> node_modules/more; sleep 0.02; done) & echo $! > node_modules/pid; wait; sleep 60`,
    )
    const installing = installPackages(root, 'npm', { env, signal: stop.signal })
    const writer = Number(await waitForFile(join(root, 'node_modules/pid')))
    stop.abort()
    expect(await installing).toMatchObject({ ok: false, error: { code: 'install_aborted' } })
    expect(processIdentity(writer)).toBeNull()
    await transaction.rollback()
    await sleep(100)
    expect(snapshot(root)).toEqual(before)
  })

  it('is ended by the next run when this one is killed with SIGKILL', async () => {
    const script = join(bin, 'child.mjs')
    await buildInstallingChild(script)
    const env = fakeNpm(
      `${HALF}; echo $$ > node_modules/pid; while :; do echo more >> node_modules/more; mkdir -p node_modules; sleep 0.02; done`,
    )
    const run = spawn(process.execPath, [script, root], { env: { ...process.env, ...env } })
    const orphan = Number(await waitForFile(join(root, 'node_modules/pid')))
    run.kill('SIGKILL')
    await sleep(50)
    expect(processIdentity(orphan)).not.toBeNull()
    expect(await recover(root)).toMatchObject({ ok: true, value: { restored: 'run' } })
    expect(processIdentity(orphan)).toBeNull()
    await sleep(100)
    expect(snapshot(root)).toEqual(before)
  })
})
