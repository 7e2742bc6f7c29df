import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recover } from '../../src/tree/recover.js'
import { copyHost, makeHost, snapshot, thirtyChanges } from './support/host-folder.js'
import { forEveryStep, prepareKilledRuns } from './support/killed-run.js'
import { wholeRun } from './support/whole-run.js'

const MINUTES = 60_000
const host = makeHost()
const changes = thirtyChanges(host)
const before = snapshot(host)
let tools: Awaited<ReturnType<typeof prepareKilledRuns>>
/** The host with the change applied and its undo record. */
let applied: string
let after: Record<string, string>

const withoutRecord = (all: Record<string, string>) =>
  Object.fromEntries(Object.entries(all).filter(([path]) => !path.startsWith('.integrate-polar')))

beforeAll(async () => {
  tools = await prepareKilledRuns()
  applied = await copyHost(host)
  await wholeRun(applied, changes, () => undefined)
  after = withoutRecord(snapshot(applied))
})

afterAll(() => {
  tools.cleanUp()
  for (const folder of [host, applied]) rmSync(folder, { recursive: true })
})

describe('a run killed with SIGKILL', () => {
  it(
    'leaves a host that the next run restores, whichever step it died at',
    async () => {
      const steps = await forEveryStep(async (step) => {
        const root = await copyHost(host)
        const died = await tools.killedRun('apply', root, changes, { step })
        const recovered = await recover(root)
        expect(recovered).toMatchObject({ ok: true, value: { kept: [] } })
        const last = died.steps.at(-1) ?? ''
        if (died.steps.includes('journal commit')) {
          expect(withoutRecord(snapshot(root)), `after "${last}"`).toEqual(after)
          expect(existsSync(join(root, '.integrate-polar/undo'))).toBe(true)
        } else {
          expect(snapshot(root), `after "${last}"`).toEqual(before)
        }
        rmSync(root, { recursive: true })
        return died.signal !== null
      })
      expect(steps).toBeGreaterThan(100)
    },
    3 * MINUTES,
  )

  it(
    'leaves such a host before any call of the file system, too',
    async () => {
      const counting = await copyHost(host)
      const { calls } = await tools.killedRun('apply', counting, changes, {})
      rmSync(counting, { recursive: true })
      expect(calls).toBeGreaterThan(400)
      const stride = Number(process.env.KILL_STRIDE ?? 17)
      const first = Math.floor(Math.random() * stride)
      await forEveryStep(async (round) => {
        const call = first + round * stride
        if (call >= calls) return false
        const root = await copyHost(host)
        await tools.killedRun('apply', root, changes, { call })
        expect(await recover(root)).toMatchObject({ ok: true, value: { kept: [] } })
        const now = snapshot(root)
        const whole = existsSync(join(root, '.integrate-polar'))
        if (whole) expect(withoutRecord(now), `call ${call}`).toEqual(after)
        else expect(now, `call ${call}`).toEqual(before)
        rmSync(root, { recursive: true })
        return true
      })
    },
    10 * MINUTES,
  )

  it(
    'leaves such a host at any moment between two steps, too',
    async () => {
      for (let round = 0; round < 12; round += 1) {
        const root = await copyHost(host)
        await tools.killedRun('apply', root, changes, {
          afterMs: 60 + Math.random() * 250,
        })
        expect(await recover(root)).toMatchObject({ ok: true })
        const now = snapshot(root)
        if (existsSync(join(root, '.integrate-polar'))) expect(withoutRecord(now)).toEqual(after)
        else expect(now).toEqual(before)
        rmSync(root, { recursive: true })
      }
    },
    MINUTES,
  )
})

describe('a recovery killed with SIGKILL', () => {
  it(
    'is finished by the next one, whichever step it died at',
    async () => {
      const broken = await copyHost(host)
      const step = await stepOf('journal commit')
      await tools.killedRun('apply', broken, changes, { step })
      const steps = await forEveryStep(async (step) => {
        const root = await copyHost(broken)
        const { signal } = await tools.killedRun('recover', root, changes, { step })
        expect(await recover(root)).toMatchObject({ ok: true, value: { kept: [] } })
        expect(snapshot(root)).toEqual(before)
        rmSync(root, { recursive: true })
        return signal !== null
      })
      expect(steps).toBeGreaterThan(40)
      rmSync(broken, { recursive: true })
    },
    3 * MINUTES,
  )
})

describe('an undo killed with SIGKILL', () => {
  it(
    'has either not begun or is finished by the next run',
    async () => {
      const steps = await forEveryStep(async (step) => {
        const root = await copyHost(applied)
        const died = await tools.killedRun('undo', root, [], { step })
        expect(await recover(root)).toMatchObject({ ok: true, value: { kept: [] } })
        const now = snapshot(root)
        if (died.steps.includes('mark as undone')) {
          expect(existsSync(join(root, '.integrate-polar'))).toBe(false)
          expect(withoutPackages(now)).toEqual(withoutPackages(before))
        } else {
          expect(withoutRecord(now)).toEqual(after)
        }
        rmSync(root, { recursive: true })
        return died.signal !== null
      })
      expect(steps).toBeGreaterThan(40)
    },
    3 * MINUTES,
  )
})

const withoutPackages = (all: Record<string, string>) =>
  Object.fromEntries(Object.entries(all).filter(([path]) => !path.startsWith('node_modules')))

async function stepOf(name: string): Promise<number> {
  const names: string[] = []
  const root = await copyHost(host)
  await wholeRun(root, changes, (step) => void names.push(step))
  rmSync(root, { recursive: true })
  return names.indexOf(name)
}
