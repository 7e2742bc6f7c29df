import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { begin } from '../../src/tree/apply.js'
import { processIdentity } from '../../src/tree/process-identity.js'
import { runCli } from '../support/host-copy.js'
import { forge, makePlace, overwriting, removal, VICTIM_HASH } from './support/forged-host.js'
import type { Folder, Seal } from './support/forged-host.js'
import { hashOf, snapshot, write } from './support/host-folder.js'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

let place: string
let root: string

beforeEach(() => {
  ;({ place, root } = makePlace())
})

afterEach(() => rmSync(place, { recursive: true }))

/** Runs `plan` and `undo`: both refuse, say why, and leave every byte where it is. */
async function expectRefused(codes = ['not_ours', 'journal_damaged']): Promise<void> {
  const before = snapshot(place)
  for (const args of [
    ['plan', 'Pro $29/mo', '--json'],
    ['undo', '--force', '--json'],
  ]) {
    const run = await runCli(root, args)
    const said = run.events().find(({ type }) => type === 'error')
    expect(codes, run.stdout + run.stderr).toContain(said?.['code'])
    expect(run.events().at(-1)).toMatchObject({ type: 'result', status: 'conflict', exitCode: 5 })
    expect(run.exitCode).toBe(5)
    expect(snapshot(place), args.join(' ')).toEqual(before)
  }
}

const escapes: [string, (place: string) => object][] = [
  ['deletes a file above', () => removal('../outside/victim')],
  ['deletes a file by its absolute path', (place) => removal(join(place, 'outside/victim'))],
  ['deletes a file by a path that goes up later', () => removal('src/../../outside/victim')],
  ['deletes a file by a Windows path', () => removal('..\\outside\\victim')],
  ['plants a git hook', () => overwriting('.git/hooks/pre-commit')],
  ['overwrites a git hook', () => overwriting('.git/hooks/post-checkout')],
  ['writes into its own folder', () => removal('.integrate-polar/transaction/before/1')],
  ['plants a package', () => overwriting('node_modules/a/index.js')],
  ['overwrites a file above', () => overwriting('../outside/victim')],
  ['copies a file from above', () => overwriting('inside.ts', '../../../outside/secret')],
  [
    'copies a file by its absolute path',
    (place) => overwriting('a', join(place, 'outside/secret')),
  ],
  ['copies from another folder', () => overwriting('inside.ts', 'before/../../../inside.ts')],
  ['removes a folder above', () => ({ op: 'moved', path: '../outside/folder', aside: null })],
  ['removes the history', () => ({ op: 'moved', path: '.git', aside: null })],
  ['removes a source folder', () => ({ op: 'moved', path: 'src', aside: null })],
  [
    'moves a folder in from above',
    () => ({ op: 'moved', path: 'node_modules', aside: '../../../outside/folder' }),
  ],
  ['removes an empty folder above', () => ({ op: 'directory', path: '../outside/empty' })],
  ['ends every process', () => ({ op: 'process', leader: 1, identity: null })],
  ['has an operation that nobody knows', () => ({ op: 'run', command: 'sh' })],
]

describe.each<Seal>(['none', 'true'])('a journal (seal: %s) that', (seal) => {
  it.each(escapes)('%s is not followed', async (_, entry) => {
    await forge(root, 'transaction', seal, [entry(place)])
    await expectRefused()
  })
})

describe('a journal that somebody else sealed', () => {
  it.each<Folder>(['transaction', 'undo'])('is not followed as %s', async (folder) => {
    await forge(root, folder, 'strange', [removal('inside.ts')])
    await expectRefused(['not_ours'])
  })
})

describe.each<Seal>(['none', 'true'])('an undo record (seal: %s) that', (seal) => {
  it.each(escapes)('%s is not followed', async (_, entry) => {
    await forge(root, 'undo', seal, [entry(place)])
    await expectRefused()
  })
})

describe.each<Folder>(['transaction', 'undo'])('a %s of this user', (folder) => {
  it('is not followed through a link, even with a true seal', async () => {
    await forge(root, folder, 'true', [overwriting('link/victim')])
    if (folder === 'transaction') return expectRefused(['path_conflict'])
    const before = snapshot(place)
    const run = await runCli(root, ['undo', '--force', '--json'])
    expect(run.exitCode).toBe(5)
    expect(snapshot(place)).toEqual(before)
  })

  it('restores no copy with another hash, even with a true seal', async () => {
    await forge(root, folder, 'true', [overwriting('inside.ts', 'before/1', VICTIM_HASH)])
    if (folder === 'transaction') return expectRefused(['journal_damaged'])
    const before = snapshot(place)
    const run = await runCli(root, ['undo', '--force', '--json'])
    expect(run.exitCode).toBe(5)
    expect(run.stdout).toContain('journal_damaged')
    expect(snapshot(place)).toEqual(before)
  })

  it('restores no copy that is a link, even with a true seal', async () => {
    await forge(root, folder, 'true', [overwriting('inside.ts', 'before/1', VICTIM_HASH)])
    const copy = join(root, '.integrate-polar', folder, 'before/1')
    rmSync(copy)
    symlinkSync(join(place, 'outside/victim'), copy)
    const before = snapshot(place)
    const run = await runCli(root, ['undo', '--force', '--json'])
    expect(run.exitCode).toBe(5)
    expect(snapshot(place)).toEqual(before)
  })

  it('is refused when it was brought by another folder', async () => {
    const { root: other, place: otherPlace } = makePlace()
    await forge(other, folder, 'true', [removal('inside.ts')])
    cpSync(join(other, '.integrate-polar'), join(root, '.integrate-polar'), { recursive: true })
    const run = await runCli(root, ['plan', 'Pro $29/mo', '--json'])
    expect(run.stdout).toContain(`was written in ${other}`)
    await expectRefused(['not_ours'])
    rmSync(otherPlace, { recursive: true })
  })
})

describe('a link in place of', () => {
  const parts = [
    '',
    'lock',
    'transaction',
    'undo',
    'kept',
    'transaction/before',
    'transaction/work',
  ]
  it.each(parts)('.integrate-polar/%s is refused', async (part) => {
    const path = join(root, '.integrate-polar', part)
    mkdirSync(join(path, '..'), { recursive: true })
    if (part.includes('/')) {
      await forge(root, 'transaction', 'true', [removal('inside.ts')])
      rmSync(path, { recursive: true })
    }
    symlinkSync(join(place, 'outside/folder'), path)
    await expectRefused(['not_ours'])
  })

  it.each(['.gitignore', 'lock/1@machine@start', 'transaction/journal.ndjson'])(
    '.integrate-polar/%s is refused',
    async (name) => {
      await forge(root, 'transaction', 'true', [removal('inside.ts')])
      const path = join(root, '.integrate-polar', name)
      mkdirSync(join(path, '..'), { recursive: true })
      rmSync(path, { force: true })
      symlinkSync(join(place, 'outside/victim'), path)
      await expectRefused()
    },
  )
})

describe('a folder that is not ours', () => {
  it.each(['lock/notes.txt', 'discarded-1/node_modules/file', 'transaction/nothing-else'])(
    'is refused for its %s',
    async (name) => {
      write(root, `.integrate-polar/${name}`, 'mine\n')
      await expectRefused()
    },
  )

  it('is refused when git tracks it, though a run of this user wrote it', async () => {
    await cutOffRun()
    execFileSync('git', ['add', '-f', '.'], { cwd: root })
    await expectRefused(['not_ours'])
    execFileSync('git', ['rm', '-rq', '--cached', '.integrate-polar'], { cwd: root })
    const run = await runCli(root, ['undo', '--json'])
    expect(run.exitCode).toBe(0)
    expect(existsSync(join(root, '.integrate-polar'))).toBe(false)
  })

  it('is refused when git tracks it in a folder of a larger repository', async () => {
    rmSync(join(root, '.git'), { recursive: true })
    execFileSync('git', ['init', '-q', place])
    for (const name of ['.idea/a', '.integrate-polar/kept/a', 'z']) write(root, name, 'x')
    execFileSync('git', ['add', '-f', '.'], { cwd: place })
    execFileSync('git', ['update-index', '--index-version', '4'], { cwd: place })
    await expectRefused(['not_ours'])
  })

  it.runIf(process.getuid?.() === 0)('is refused when it is another user’s', async () => {
    write(root, '.integrate-polar/kept/a', 'x')
    execFileSync('chown', ['-R', '12345', join(root, '.integrate-polar')])
    await expectRefused(['not_ours'])
  })
})

describe('a journal that was true once', () => {
  it('is not followed when it comes back after its run has ended', async () => {
    const transaction = await cutOffRun()
    cpSync(join(root, '.integrate-polar'), join(place, 'saved'), { recursive: true })
    rmSync(join(root, '.integrate-polar/lock'), { recursive: true, force: true })
    expect(await transaction.rollback()).toMatchObject({ ok: true })
    write(root, 'new.ts', 'a file of today\n')
    cpSync(join(place, 'saved'), join(root, '.integrate-polar'), { recursive: true })
    rmSync(join(root, '.integrate-polar/lock'), { recursive: true, force: true })
    await expectRefused(['not_ours'])
  })
})

describe('a process that a forged journal names', () => {
  let stranger: ChildProcess

  beforeEach(() => {
    stranger = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' })
  })

  afterEach(() => stranger.kill('SIGKILL'))

  it.each<Seal>(['none', 'strange'])('lives on (seal: %s)', async (seal) => {
    const leader = stranger.pid ?? 0
    const identity = processIdentity(leader)
    expect(identity).not.toBeNull()
    await forge(root, 'transaction', seal, [{ op: 'process', leader, identity }])
    await expectRefused()
    expect(processIdentity(leader)).toBe(identity)
  })
})

describe('the refusal', () => {
  it('says what to do, and that works', async () => {
    await forge(root, 'transaction', 'none', [removal('../outside/victim')])
    const run = await runCli(root, ['undo', '--json'])
    const hint = String(run.events().find(({ type }) => type === 'error')?.['hint'])
    expect(hint).toContain('delete .integrate-polar/transaction')
    rmSync(join(root, '.integrate-polar/transaction'), { recursive: true })
    expect((await runCli(root, ['undo', '--json'])).exitCode).toBe(0)
    expect(readdirSync(root)).not.toContain('.integrate-polar')
  })
})

/** A run of this user that has written something and then stopped for good. */
async function cutOffRun() {
  const baseHash = hashOf(root, 'inside.ts')
  const outcome = await begin(root, [
    { path: 'inside.ts', action: 'modify', content: 'let ours = 1\n', baseHash },
    { path: 'new.ts', action: 'create', content: 'ours\n', baseHash: null },
  ])
  if (!outcome.ok) throw new Error(outcome.error.message)
  await outcome.value.apply()
  rmSync(join(root, '.integrate-polar/lock'), { recursive: true })
  return outcome.value
}
