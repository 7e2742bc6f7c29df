import { spawn } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { executable, hostCopy, REQUEST, runCli } from '../support/host-copy.js'
import { discard } from '../support/discard.js'
import { differences, snapshot } from '../support/snapshot.js'

const MOMENTS = 10
/** Milliseconds within which a run plans, writes, installs and is well into verifying. */
const SPAN = 24_000
const TIMEOUT = 900_000

/** One random moment out of each tenth of the span, so that every phase is cut into. */
function moment(round: number): number {
  return Math.round(((round + Math.random()) * SPAN) / MOMENTS)
}

describe('a run that is cut off', () => {
  let host: string
  let before: Map<string, string>

  beforeEach(async () => {
    host = await hostCopy()
    before = snapshot(host)
  })
  afterEach(() => discard(host))

  test(
    `leaves the host as it was after Ctrl-C, at ${MOMENTS} random moments`,
    async () => {
      for (let round = 0; round < MOMENTS; round++) {
        const delay = moment(round)
        const exit = await cutOff(host, 'SIGINT', delay)
        if (exit === 0) throw new Error(`The run had ended before ${delay} ms`)
        expect(differences(before, snapshot(host)), `SIGINT after ${delay} ms`).toEqual([])
        if (exit !== 'SIGINT') expect(exit).toBe(130)
      }
    },
    TIMEOUT,
  )

  test(
    `is put back by the next command after kill -9, at ${MOMENTS} random moments`,
    async () => {
      for (let round = 0; round < MOMENTS; round++) {
        const delay = moment(round)
        expect(await cutOff(host, 'SIGKILL', delay)).toBe('SIGKILL')
        await runCli(host, ['plan', REQUEST, '--json'])
        expect(differences(before, snapshot(host)), `SIGKILL after ${delay} ms`).toEqual([])
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

/** Runs the command and sends it the signal after so many milliseconds. */
function cutOff(
  cwd: string,
  signal: NodeJS.Signals,
  delay: number,
): Promise<number | NodeJS.Signals | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [executable, REQUEST, '--yes', '--json'], {
      cwd,
      stdio: 'ignore',
    })
    const timer = setTimeout(() => child.kill(signal), delay)
    child.on('exit', (code, by) => {
      clearTimeout(timer)
      resolve(by ?? code)
    })
  })
}
