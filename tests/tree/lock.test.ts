import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { begin } from '../../src/tree/apply.js'
import { acquireLock } from '../../src/tree/lock.js'
import { processIdentity } from '../../src/tree/process-identity.js'
import { recover } from '../../src/tree/recover.js'
import { undo } from '../../src/tree/undo.js'
import { emptyFolder, makeHost, snapshot, thirtyChanges, write } from './support/host-folder.js'
import { prepareKilledRuns } from './support/killed-run.js'

let root: string

beforeEach(() => {
  root = makeHost()
})

afterEach(() => rmSync(root, { recursive: true }))

describe('two runs in one host', () => {
  it('tells the second one who is working, and lets it in afterwards', async () => {
    const first = await begin(root, [])
    const busy = {
      ok: false,
      error: { code: 'busy', path: expect.stringContaining('lock/') as string },
    }
    expect(await begin(root, [])).toMatchObject(busy)
    expect(await recover(root)).toMatchObject(busy)
    expect(await undo(root)).toMatchObject(busy)
    if (first.ok) await first.value.rollback()
    const second = await begin(root, [])
    expect(second.ok).toBe(true)
    if (second.ok) await second.value.rollback()
    expect(existsSync(join(root, '.integrate-polar'))).toBe(false)
  })

  it('never both hold it, however many come at once and find a dead claim', async () => {
    const folder = emptyFolder()
    const script = join(folder, 'child.mjs')
    await build({
      entryPoints: [join(import.meta.dirname, 'support/lock-child.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
    })
    const dead = deadProcess()
    write(root, `.integrate-polar/lock/${dead}@0@x`, '')
    utimesSync(join(root, `.integrate-polar/lock/${dead}@0@x`), 0, 0)
    const log = join(folder, 'log')
    const startAt = String(Date.now() + 1_000)
    await Promise.all(
      Array.from({ length: 5 }, () => {
        const child = spawn(process.execPath, [script, root, log, startAt], { stdio: 'inherit' })
        return new Promise((resolve) => child.once('close', resolve))
      }),
    )
    const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1)
    expect(lines.length).toBeGreaterThan(4)
    for (let index = 0; index < lines.length; index += 2) {
      expect(lines[index + 1]).toBe(lines[index]?.replace('in', 'out'))
    }
    expect(existsSync(join(root, '.integrate-polar'))).toBe(false)
    rmSync(folder, { recursive: true })
  })
})

describe('the claim of a process that died', () => {
  it('does not keep the next run out, even under a number that is in use again', async () => {
    const lock = await acquireLock(root)
    expect(lock.ok).toBe(true)
    const [name = ''] = readdirSync(join(root, '.integrate-polar/lock'))
    if (lock.ok) await lock.value.release()
    const reused = name.replace(/@[^@]*$/, '@another-start')
    write(root, `.integrate-polar/lock/${reused}`, '')
    expect(await recover(root)).toMatchObject({ ok: true })
    expect(existsSync(join(root, '.integrate-polar'))).toBe(false)
  })

  it('of another machine counts for an hour', async () => {
    const claim = '.integrate-polar/lock/1@otherhost@x'
    write(root, claim, '')
    expect(await recover(root)).toMatchObject({ error: { code: 'busy', path: claim } })
    utimesSync(join(root, claim), 0, 0)
    expect(await recover(root)).toMatchObject({ ok: true })
  })

  it('lets the next run restore the host and then do its own work', async () => {
    const before = snapshot(root)
    const changes = thirtyChanges(root)
    const { killedRun, cleanUp } = await prepareKilledRuns()
    await killedRun('apply', root, changes, { step: 75 })
    expect(snapshot(root)).not.toEqual(before)
    const outcome = await begin(root, changes)
    expect(outcome.ok).toBe(true)
    if (outcome.ok) await outcome.value.rollback()
    expect(snapshot(root)).toEqual(before)
    cleanUp()
  })
})

describe('processIdentity', () => {
  it('is the same for one process and null for none', () => {
    expect(processIdentity(process.pid)).toBe(processIdentity(process.pid))
    expect(processIdentity(process.pid)).not.toBeNull()
    expect(processIdentity(deadProcess())).toBeNull()
  })
})

function deadProcess(): number {
  return spawnSync(process.execPath, ['-e', '0']).pid
}
