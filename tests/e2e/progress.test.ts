import { chmod, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { discard } from '../support/discard.js'
import { hostCopy, REQUEST, runCli } from '../support/host-copy.js'
import { hasTerminal, TerminalWindow } from '../support/terminal-window.js'

/** As npm is to everybody: it says nothing for a long time. */
const SILENT_NPM = '#!/bin/sh\nsleep 3.5\n'

describe('installing that takes long', () => {
  let host: string
  let bin: string
  let env: Record<string, string>

  beforeEach(async () => {
    host = await hostCopy({ packages: false })
    bin = await mkdtemp(join(tmpdir(), 'integrate-polar-bin-'))
    await writeFile(join(bin, 'npm'), SILENT_NPM)
    await chmod(join(bin, 'npm'), 0o755)
    env = { PATH: bin + delimiter + (process.env['PATH'] ?? '') }
  })
  afterEach(() => Promise.all([discard(host), discard(bin)]))

  test('is told to programs while it goes on', async () => {
    const run = await runCli(host, [REQUEST, '--yes', '--json', '--no-verify'], env)
    expect(run.exitCode).toBe(0)
    const events = run.events()
    const names = events.filter(({ type }) => type === 'phase').map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['formatting', 'writing', 'packages']))
    const progress = events.filter(({ type, name }) => type === 'progress' && name === 'packages')
    expect(progress.at(-1)).toMatchObject({ detail: 'npm install' })
    expectGrowing(progress.map(({ elapsed }) => Number(elapsed)))
  })

  test.runIf(hasTerminal)('is seen in a terminal to go on', async () => {
    const terminal = new TerminalWindow(host, [REQUEST, '--yes', '--no-verify'], env)
    expect(await terminal.exit).toBe(0)
    const drawn = terminal.screen.matchAll(/Installing packages with npm \((\d) s, npm install\)/g)
    expectGrowing([...drawn].map(([, seconds]) => Number(seconds)))
  })
})

function expectGrowing(seconds: number[]): void {
  expect(seconds).toEqual([...seconds].sort((a, b) => a - b))
  expect(new Set(seconds).size).toBeGreaterThanOrEqual(2)
}
