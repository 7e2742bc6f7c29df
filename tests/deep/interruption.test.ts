import { spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { executable, hostCopy, REQUEST, runCli } from '../support/host-copy.js'
import { discard } from '../support/discard.js'
import { described, differences, snapshot } from '../support/snapshot.js'

/** Runs that are killed; more with KILLS=200. */
const KILLS = Number(process.env['KILLS'] ?? 20)
const TIMEOUT = 60_000 * (10 + KILLS)

/** A phase of a run, and milliseconds within which it is likely to be in the midst of it. */
interface Window {
  phase: string
  span: number
}

/**
 * Where runs are killed. Installing comes most often: most processes write there, and outlive the
 * run that has started them.
 */
const WINDOWS: Window[] = [
  { phase: 'analysis', span: 500 },
  { phase: 'formatting', span: 2_000 },
  { phase: 'writing', span: 300 },
  { phase: 'packages', span: 600 },
  { phase: 'packages', span: 1_200 },
  { phase: 'packages', span: 1_200 },
  { phase: 'packages', span: 2_500 },
  { phase: 'verification', span: 1_000 },
  { phase: 'verification', span: 6_000 },
]

describe('a run that is cut off', () => {
  let host: string
  let before: Map<string, string>

  beforeEach(async () => {
    host = await hostCopy()
    before = snapshot(host)
  })
  afterEach(() => discard(host))

  test(
    'leaves the host as it was when it is asked to end, in each phase',
    async () => {
      for (const [index, window] of WINDOWS.entries()) {
        const signal = index % 2 === 0 ? 'SIGTERM' : 'SIGINT'
        const { exit, when } = await cutOff(host, signal, window)
        expect(exit, when).toBe(130)
        expect(described(before, snapshot(host)), when).toEqual([])
      }
    },
    TIMEOUT,
  )

  test(
    `is put back by the next command after kill -9, ${KILLS} times`,
    async () => {
      for (let round = 0; round < KILLS; round++) {
        const window = WINDOWS[round % WINDOWS.length] as Window
        const { exit, when } = await cutOff(host, 'SIGKILL', window)
        expect(exit, when).toBe('SIGKILL')
        const plan = await runCli(host, ['plan', REQUEST, '--json'])
        const errors = plan.events().filter(({ type }) => type === 'error')
        expect(errors, when).toEqual([])
        expect(described(before, snapshot(host)), when).toEqual([])
      }
    },
    TIMEOUT,
  )

  test('leaves the host as it was when installing fails half-way', async () => {
    const bin = join(host, '../', `${host.split('/').at(-1)}-bin`)
    await mkdir(bin, { recursive: true })
    const script = [
      '#!/bin/sh',
      'echo broken > node_modules/half-written',
      'rm -rf node_modules/express',
      'echo "{}" > package-lock.json',
      'echo "npm error network down" >&2',
      'exit 1',
    ]
    await writeFile(join(bin, 'npm'), script.join('\n'))
    await chmod(join(bin, 'npm'), 0o755)
    const run = await runCli(host, [REQUEST, '--yes', '--json'], {
      PATH: `${bin}:${process.env['PATH']}`,
    })
    expect(run.exitCode).toBe(6)
    expect(run.events().at(-1)).toMatchObject({ status: 'failed', exitCode: 6 })
    expect(run.stdout).toContain('network down')
    expect(differences(before, snapshot(host))).toEqual([])
    await discard(bin)
  })
})

interface CutOff {
  exit: number | NodeJS.Signals | null
  /** Where it was cut off, for a test that fails. */
  when: string
}

/** Runs the command and sends it the signal at a random moment of the window. */
async function cutOff(cwd: string, signal: NodeJS.Signals, window: Window): Promise<CutOff> {
  const child = spawn(process.execPath, [executable, REQUEST, '--yes', '--json'], {
    cwd,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  const begun = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes(`"name":"${window.phase}","status":"start"`)) resolve()
    })
  })
  const ended = new Promise<CutOff['exit']>((resolve) => {
    child.once('close', (code, by) => resolve(by ?? code))
  })
  await Promise.race([begun, ended])
  const delay = Math.round(Math.random() * window.span)
  await sleep(delay)
  child.kill(signal)
  const exit = await ended
  const last = output.trim().split('\n').slice(-3).join('\n')
  return { exit, when: `${signal} ${delay} ms into ${window.phase}, after\n${last.slice(0, 500)}` }
}
