import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { recover } from '../../src/tree/recover.js'
import { runCli } from '../support/host-copy.js'
import { copyHost, makeHost, snapshot, thirtyChanges } from './support/host-folder.js'
import { prepareKilledRuns } from './support/killed-run.js'
import { wholeRun } from './support/whole-run.js'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

const RUNS = 40
const TRANSACTION = '.integrate-polar/transaction'
const JOURNAL = `${TRANSACTION}/journal.ndjson`
const host = makeHost()
const before = snapshot(host)
/** The host in the middle of installing, its run killed. */
let broken: string
let root: string

beforeAll(async () => {
  const { killedRun, cleanUp } = await prepareKilledRuns()
  const names: string[] = []
  const whole = await copyHost(host)
  await wholeRun(whole, thirtyChanges(whole), (step) => void names.push(step))
  broken = await copyHost(host)
  const step = names.indexOf('install: package.json')
  await killedRun('apply', broken, thirtyChanges(broken), { step })
  // Its claim is removed by whoever comes next, so it is no part of what must stay.
  rmSync(join(broken, '.integrate-polar/lock'), { recursive: true })
  cleanUp()
  rmSync(whole, { recursive: true })
})

beforeEach(async () => {
  root = await copyHost(broken)
})

afterEach(() => rmSync(root, { recursive: true }))

afterAll(() => {
  for (const folder of [host, broken]) rmSync(folder, { recursive: true })
})

/** Refused, every byte where it was, the copies too; by the command, exit 5. */
async function expectRefused(): Promise<void> {
  const now = snapshot(root)
  for (const args of [['plan', 'Pro $29/mo'], ['undo']]) {
    const run = await runCli(root, [...args, '--json'])
    expect(run.exitCode).toBe(5)
    expect(run.events()).toContainEqual(expect.objectContaining({ code: 'journal_damaged' }))
    expect(run.stdout).toContain(`${TRANSACTION}/before`)
    expect(snapshot(root)).toEqual(now)
  }
}

const file = (path: string) => join(root, path)

describe('the journal of a killed run', () => {
  it('restores the host when it is whole', async () => {
    expect(snapshot(root)).not.toEqual(before)
    expect(await recover(root)).toMatchObject({ ok: true, value: { restored: 'run', kept: [] } })
    expect(snapshot(root)).toEqual(before)
  })

  it('restores the host when a line behind it was cut off while it was written', async () => {
    const text = readFileSync(file(JOURNAL), 'utf8')
    writeFileSync(file(JOURNAL), text + text.slice(0, 40))
    expect(await recover(root)).toMatchObject({ ok: true, value: { restored: 'run', kept: [] } })
    expect(snapshot(root)).toEqual(before)
  })

  const cuts: [string, () => void][] = [
    ['is gone', () => rmSync(file(JOURNAL))],
    ['is empty', () => truncateSync(file(JOURNAL))],
    ['lost its last line', () => editLines((lines) => lines.slice(0, -1))],
    ['lost the end of its last line', () => truncateSync(file(JOURNAL), sizeOf() - 2)],
    ['lost a line', () => editLines((lines) => lines.toSpliced(5, 1))],
    ['has two lines in another order', () => editLines(([a, b, c, ...d]) => [a!, c!, b!, ...d])],
    ['has a line twice', () => editLines((lines) => lines.toSpliced(3, 0, lines[2]!))],
    ['has only its beginning', () => editLines((lines) => lines.slice(0, 1))],
    ['is of another version', () => edit((text) => text.replace('"version":2', '"version":3'))],
    ['has an unknown operation', () => edit((text) => text.replace('"op":"file"', '"op":"link"'))],
    ['has another path', () => edit((text) => text.replace('secret.env', 'public.env'))],
  ]

  it.each(cuts)('is refused when it %s', async (_, damage) => {
    damage()
    await expectRefused()
  })

  it('is refused when a copy that is needed is gone', async () => {
    for (const name of readdirSync(file(`${TRANSACTION}/before`))) {
      rmSync(file(`${TRANSACTION}/before/${name}`))
    }
    await expectRefused()
  })
})

describe('whatever happens to the folder of a killed run', () => {
  const hostOnly = (all: Record<string, string>) =>
    Object.fromEntries(Object.entries(all).filter(([path]) => !path.startsWith('.integrate-polar')))

  const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  const damages = fc.array(
    fc.oneof(
      fc.record({
        kind: fc.constant('flip' as const),
        at: place,
        bit: fc.integer({ min: 0, max: 7 }),
      }),
      fc.record({ kind: fc.constant('cut' as const), at: place }),
      fc.record({ kind: fc.constant('zeros' as const), at: place }),
      fc.record({ kind: fc.constant('delete' as const) }),
    ),
    { minLength: 1, maxLength: 2 },
  )
  type Damage = Parameters<Parameters<typeof damages.map>[0]>[0][number]

  function inflict(path: string, damage: Damage): void {
    const bytes = existsSync(path) ? readFileSync(path) : null
    if (bytes === null || bytes.length === 0) return
    const at = Math.floor(bytes.length * ('at' in damage ? damage.at : 0))
    if (damage.kind === 'flip') bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << damage.bit), at)
    if (damage.kind === 'zeros') bytes.fill(0, at, Math.min(at + 64, bytes.length))
    if (damage.kind === 'delete') rmSync(path)
    else writeFileSync(path, damage.kind === 'cut' ? bytes.subarray(0, at) : bytes)
  }

  it('a damaged journal is refused, and nothing is touched', async () => {
    await fc.assert(
      fc.asyncProperty(damages, async (many) => {
        const copy = await copyHost(broken)
        const whole = readFileSync(join(copy, JOURNAL))
        for (const damage of many) inflict(join(copy, JOURNAL), damage)
        const journal = existsSync(join(copy, JOURNAL)) ? readFileSync(join(copy, JOURNAL)) : null
        const now = snapshot(copy)
        const outcome = await recover(copy)
        if (journal?.equals(whole) === true) expect(snapshot(copy)).toEqual(before)
        else {
          expect(outcome.ok).toBe(false)
          expect(snapshot(copy)).toEqual(now)
        }
        rmSync(copy, { recursive: true })
      }),
      { numRuns: RUNS },
    )
  })

  it('a damaged copy never reaches the host: all is put back, or nothing is touched', async () => {
    const names = readdirSync(join(broken, TRANSACTION, 'before'))
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), damages, async (name, many) => {
        const copy = await copyHost(broken)
        for (const damage of many) inflict(join(copy, TRANSACTION, 'before', name), damage)
        const now = snapshot(copy)
        const outcome = await recover(copy)
        if (outcome.ok) expect(snapshot(copy)).toEqual(before)
        else expect(snapshot(copy)).toEqual(now)
        expect(hostOnly(snapshot(copy))).toEqual(outcome.ok ? before : hostOnly(now))
        rmSync(copy, { recursive: true })
      }),
      { numRuns: RUNS / 2 },
    )
  })
})

const sizeOf = () => readFileSync(file(JOURNAL)).length

function edit(change: (text: string) => string): void {
  const text = readFileSync(file(JOURNAL), 'utf8')
  const changed = change(text)
  if (changed === text) throw new Error('The damage did nothing')
  writeFileSync(file(JOURNAL), changed)
}

function editLines(change: (lines: string[]) => string[]): void {
  edit((text) => change(text.split('\n').slice(0, -1)).join('\n') + '\n')
}
