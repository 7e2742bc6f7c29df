import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { hostCopy, runCli } from '../support/host-copy.js'
import { snapshot } from './support/host-folder.js'
import { canMount, withMounts, type Said } from './support/own-mounts.js'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

const APPLY = `'Pro $29/mo' --yes --json --no-verify`
const WITHOUT_PACKAGES = `${APPLY} --no-install`

let folder: string
let host: string
let before: Record<string, string>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'integrate-polar-refused-'))
  host = await hostCopy({ packages: false })
  before = snapshot(host)
})

afterEach(() => {
  for (const path of [folder, host]) rmSync(path, { recursive: true })
})

function errorsOf({ events }: Said) {
  return events.filter(({ type }) => type === 'error')
}

/** The system's words with the file, no conflict and no defect; the last line says the same. */
function expectSystemError(said: Said | undefined, code: string, words: RegExp): void {
  if (said === undefined) throw new Error('The command did not run')
  const [error] = errorsOf(said)
  expect(error).toMatchObject({ code })
  expect(error?.['message']).toMatch(words)
  expect(error?.['message']).toMatch(/'\/.*'|\.integrate-polar/)
  expect(said.exitCode).toBe(9)
  expect(said.events.at(-1)).toMatchObject({ type: 'result', status: 'failed', exitCode: 9 })
}

/** Bytes and inodes below a folder. */
function roomOf(root: string): { bytes: number; inodes: number } {
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' })
  const sizes = all.map((path) => statSync(join(root, path))).map((stat) => stat.size)
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), inodes: all.length }
}

/** A fake package manager, as what happens while packages are installed. */
function fakeNpm(script: string): string {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(bin, 'npm'), 0o755)
  return `PATH=${bin}:$PATH`
}

describe.skipIf(!canMount)('on a read-only mount (needs root on Linux)', () => {
  const readOnly = () => `mount --bind ${host} ${host}; mount -o remount,ro,bind ${host}`

  it('a run ends with what the system said, and plan works', async () => {
    const [applied, planned, undone] = await withMounts(`
      ${readOnly()}
      integrate_polar --cwd ${host} ${WITHOUT_PACKAGES}
      integrate_polar plan --cwd ${host} 'Pro $29/mo' --json
      integrate_polar undo --cwd ${host} --json`)
    expectSystemError(applied, 'io_failed', /EROFS: read-only file system/)
    expect(planned?.exitCode).toBe(0)
    expect(undone).toMatchObject({ exitCode: 0 })
    expect(undone?.events.at(-1)).toMatchObject({ status: 'unchanged' })
    expect(snapshot(host)).toEqual(before)
  })

  it('so do undo and the restore of a run that was cut off', async () => {
    const [, undone, force, again] = await withMounts(`
      integrate_polar --cwd ${host} ${WITHOUT_PACKAGES}
      ${readOnly()}
      integrate_polar undo --cwd ${host} --json
      integrate_polar undo --force --cwd ${host} --json
      mount -o remount,rw,bind ${host}
      integrate_polar undo --cwd ${host} --json`)
    for (const said of [undone, force]) expectSystemError(said, 'io_failed', /EROFS/)
    expect(again?.exitCode).toBe(0)
    expect(snapshot(host)).toEqual(before)
  })

  it('a rollback that fails says what stands, where the copies are, and is finished later', async () => {
    const path = fakeNpm(`mount -o remount,ro,bind ${host}; exit 1`)
    const [failed, planned] = await withMounts(`
      mount --bind ${host} ${host}
      ${path} integrate_polar --cwd ${host} ${APPLY}
      mount -o remount,rw,bind ${host}
      integrate_polar plan --cwd ${host} 'Pro $29/mo' --json`)
    if (failed === undefined) throw new Error('The command did not run')
    const errors = errorsOf(failed)
    expect(errors).toMatchObject([{ code: 'install_failed' }, { code: 'rollback_failed' }])
    const { message, hint } = errors[1] as { message: string; hint: string }
    expect(message).toMatch(/EROFS.*\d+ files stand changed/)
    for (const file of ['package.json', 'server/app.ts', 'server/routes/billing.routes.ts']) {
      expect(message).toContain(`\n  ${file} `)
    }
    expect(hint).toContain('.integrate-polar/transaction/before')
    expect(hint).toContain('The next command puts the repository back')
    expect(hint).not.toContain('report')
    expect(failed.exitCode).toBe(9)
    expect(failed.events.at(-1)).toMatchObject({ status: 'failed', exitCode: 9 })
    expect(planned?.exitCode).toBe(0)
    expect(snapshot(host)).toEqual(before)
  })
})

describe.skipIf(!canMount)('on a disk without room (needs root on Linux)', () => {
  /** A small disk with the host in it, of which only so many bytes or inodes are left. */
  const smallDisk = (options: string, left: string) => `
    mkdir -p ${folder}/disk
    mount -t tmpfs -o ${options} tmpfs ${folder}/disk
    cp -a ${host} ${folder}/disk/host
    ${left}`
  const bytesLeft = (bytes: number) => `
    free=$(df --output=avail -B1 ${folder}/disk | tail -1)
    head -c $((free - ${bytes})) /dev/zero > ${folder}/disk/filler`
  const inodesLeft = (count: number) => `
    free=$(df --output=iavail ${folder}/disk | tail -1)
    mkdir ${folder}/disk/filler
    i=${count}; while [ $i -lt $((free - 1)) ]; do : > ${folder}/disk/filler/$i; i=$((i + 1)); done`
  const after = () => `cp -a ${folder}/disk/host ${folder}/after`

  // Nothing, next to nothing, and shares of what the run writes for good: it needs more meanwhile.
  const SHARES = [0, 0.005, 0.3, 0.9]
  let written: { bytes: number; inodes: number }

  beforeAll(async () => {
    const copy = await hostCopy({ packages: false })
    const before = roomOf(copy)
    await runCli(copy, ['Pro $29/mo', '--yes', '--json', '--no-verify', '--no-install'])
    const after = roomOf(copy)
    written = { bytes: after.bytes - before.bytes, inodes: after.inodes - before.inodes }
    rmSync(copy, { recursive: true })
  })

  it.each(SHARES)('a run ends and leaves nothing, with room for %d of its bytes', async (share) => {
    const [said] = await withMounts(`
      ${smallDisk('size=24m', bytesLeft(Math.floor(share * written.bytes)))}
      integrate_polar --cwd ${folder}/disk/host ${WITHOUT_PACKAGES}
      ${after()}`)
    expectSystemError(said, 'io_failed', /ENOSPC: no space left on device/)
    expect(snapshot(`${folder}/after`)).toEqual(before)
  })

  it.each(SHARES)('a run ends and leaves nothing, with room for %d of its files', async (share) => {
    const [said] = await withMounts(`
      ${smallDisk('size=24m,nr_inodes=900', inodesLeft(Math.ceil(share * written.inodes)))}
      integrate_polar --cwd ${folder}/disk/host ${WITHOUT_PACKAGES}
      ${after()}`)
    expectSystemError(said, 'io_failed', /ENOSPC: no space left on device/)
    expect(snapshot(`${folder}/after`)).toEqual(before)
  })

  it('puts all back when the disk is full only then', async () => {
    const path = fakeNpm(`
      echo '{ "half' > package.json
      rm server/app.ts
      cat /dev/zero > ${folder}/disk/filler
      exit 1`)
    const [said] = await withMounts(`
      ${smallDisk('size=24m', ':')}
      ${path} integrate_polar --cwd ${folder}/disk/host ${APPLY}
      ${after()}`)
    expect(said?.exitCode).toBe(6)
    expect(snapshot(`${folder}/after`)).toEqual(before)
  })

  it('notes the run elsewhere when the state folder has no room', async () => {
    const state = `${folder}/disk`
    const [said, undone] = await withMounts(`
      ${smallDisk('size=24m', bytesLeft(0))}
      mkdir ${folder}/temporary
      export XDG_STATE_HOME=${state} HOME=${state} TMPDIR=${folder}/temporary
      integrate_polar --cwd ${host} ${WITHOUT_PACKAGES}
      integrate_polar undo --cwd ${host} --json`)
    expect([said?.exitCode, undone?.exitCode]).toEqual([0, 0])
    expect(snapshot(host)).toEqual(before)
    expect(readdirSync(join(folder, 'temporary'))).toHaveLength(1)
  })
})

describe.skipIf(!canMount)('a file of the host that the system does not give (needs root)', () => {
  it('is no finding about the host: exit 9 with its name', async () => {
    // Root may read everything, so it is read as somebody else.
    const [said] = await withMounts(`
      chmod 755 ${host}
      chmod 600 ${host}/server/app.ts
      AS='setpriv --reuid 12345 --clear-groups'
      integrate_polar plan --cwd ${host} 'Pro $29/mo' --json`)
    expectSystemError(said, 'io_failed', /EACCES: permission denied.*app\.ts/)
    expect(existsSync(join(host, '.integrate-polar'))).toBe(false)
  })

  it('is passed over where it is a folder, such as the data of a database', async () => {
    const [said] = await withMounts(`
      chmod 755 ${host}
      mkdir ${host}/data
      chmod 700 ${host}/data
      AS='setpriv --reuid 12345 --clear-groups'
      integrate_polar plan --cwd ${host} 'Pro $29/mo' --json`)
    expect(said?.exitCode).toBe(0)
  })
})
