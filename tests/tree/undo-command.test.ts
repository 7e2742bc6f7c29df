import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { begin } from '../../src/tree/apply.js'
import type { Result } from '../../src/types.js'
import { hostCopy, runCli } from '../support/host-copy.js'
import { copyHost, snapshot } from './support/host-folder.js'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

/** A host with an integration in it, and what was said when it was written. */
let integrated: string
let applied: Result
let before: Record<string, string>
let host: string

beforeAll(async () => {
  integrated = await hostCopy({ packages: false })
  before = snapshot(integrated)
  host = integrated
  applied = await resultOf(['Pro $29/mo', '--yes', '--json', '--no-install', '--no-verify'])
})

beforeEach(async () => {
  host = await copyHost(integrated)
})

afterEach(() => rmSync(host, { recursive: true }))

afterAll(() => rmSync(integrated, { recursive: true }))

async function resultOf(args: string[]): Promise<Result> {
  const run = await runCli(host, args)
  const result = run.events().at(-1) as unknown as Result
  expect(run.exitCode).toBe(result.exitCode)
  return result
}

function count(changes: Result['changes'], action: string): number {
  return changes.filter((change) => change.action === action).length
}

describe('undo', () => {
  it('says which files it removed and restored', async () => {
    const undone = await resultOf(['undo', '--json'])
    expect(undone).toMatchObject({ status: 'ok', exitCode: 0 })
    const paths = ({ changes }: Result) => changes.map(({ path }) => path).sort()
    expect(paths(undone)).toEqual(paths(applied))
    expect(count(undone.changes, 'delete')).toBe(count(applied.changes, 'create'))
    expect(count(undone.changes, 'restore')).toBe(count(applied.changes, 'modify'))
    expect(snapshot(host)).toEqual(before)
  })

  it('tells a person the numbers, and the second time that there is nothing: both exit 0', async () => {
    const { changes } = applied
    const [created, modified] = [count(changes, 'create'), count(changes, 'modify')]
    const first = await runCli(host, ['undo'])
    expect(first.stdout).toContain(`${created} files removed, ${modified} restored`)
    const second = await runCli(host, ['undo'])
    expect(second.stdout).toContain('no applied change to take back')
    expect([first.exitCode, second.exitCode]).toEqual([0, 0])
    expect(await resultOf(['undo', '--json'])).toMatchObject({ status: 'unchanged', changes: [] })
  })

  it('keeps and names what was edited, and takes it back with --force', async () => {
    const [app, manifest] = [join(host, 'server/app.ts'), join(host, 'package.json')]
    const edited = readFileSync(app, 'utf8') + '// an hour of work\n'
    const formatted = JSON.stringify(JSON.parse(readFileSync(manifest, 'utf8')), null, 4)
    writeFileSync(app, edited)
    writeFileSync(manifest, formatted)
    const kept = ['package.json', 'server/app.ts']
    const partly = await resultOf(['undo', '--json'])
    expect(partly).toMatchObject({ status: 'manual', exitCode: 8 })
    const keeps = partly.changes.filter(({ action }) => action === 'keep')
    expect(keeps.map(({ path }) => path).sort()).toEqual(kept)
    expect(JSON.stringify(partly.nextSteps)).toContain('undo --force')
    const rest = Object.entries(snapshot(host)).filter(
      ([path]) => !path.startsWith('.integrate-polar') && !kept.includes(path),
    )
    expect(rest).toEqual(Object.entries(before).filter(([path]) => !kept.includes(path)))
    expect(readFileSync(app, 'utf8')).toBe(edited)

    const forced = await resultOf(['undo', '--force', '--json'])
    expect(forced.changes.map(({ path, action }) => [action, path]).sort()).toEqual([
      ['restore', 'package.json'],
      ['restore', 'server/app.ts'],
    ])
    const saved = join(host, '.integrate-polar/kept')
    expect(readFileSync(join(saved, 'server/app.ts'), 'utf8')).toBe(edited)
    expect(readFileSync(join(saved, 'package.json'), 'utf8')).toBe(formatted)
    expect(statSync(saved).mode & 0o777).toBe(0o700)
    rmSync(join(host, '.integrate-polar'), { recursive: true })
    expect(snapshot(host)).toEqual(before)
  })

  it('says what it did about a run that was cut off', async () => {
    const outcome = await begin(host, [
      { path: 'new.ts', action: 'create', content: 'x\n', baseHash: null },
    ])
    if (!outcome.ok) throw new Error(outcome.error.message)
    await outcome.value.apply()
    rmSync(join(host, '.integrate-polar/lock'), { recursive: true })
    const run = await runCli(host, ['undo'])
    expect(run.stdout).toContain('had been cut off. It is taken back: 1 file removed')
    expect(run.stdout).not.toContain('no applied change')
    expect(run.exitCode).toBe(0)
    // The change before it stands, and is the next to be taken back.
    expect(existsSync(join(host, 'new.ts'))).toBe(false)
    expect((await resultOf(['undo', '--json'])).changes).toHaveLength(applied.changes.length)
    expect(snapshot(host)).toEqual(before)
  })

  it('says that tables stay, and gives the SQL that drops them', async () => {
    const { changes } = applied
    const migration = changes.find(({ path }) => path.startsWith('migrations/'))?.path ?? ''
    const { nextSteps } = await resultOf(['undo', '--json'])
    const step = JSON.stringify(nextSteps)
    expect(step).toMatch(/DROP TABLE IF EXISTS customers, subscriptions, .*webhook_events/)
    const name = migration.slice('migrations/'.length, -'.sql'.length)
    expect(step).toContain(`DELETE FROM pgmigrations WHERE name IN ('${name}');`)
    expect(existsSync(join(host, migration))).toBe(false)
  })

  it('leaves no empty folder behind', async () => {
    expect(await resultOf(['undo', '--json'])).toMatchObject({ status: 'ok' })
    expect(existsSync(join(host, '.integrate-polar'))).toBe(false)
    expect(await resultOf(['undo', '--json'])).toMatchObject({ status: 'unchanged' })
    await resultOf(['plan', 'Pro $29/mo', '--json'])
    expect(existsSync(join(host, '.integrate-polar'))).toBe(false)
  })
})
