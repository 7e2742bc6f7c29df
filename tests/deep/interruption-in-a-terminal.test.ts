import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { discard } from '../support/discard.js'
import { executable, hostCopy, REQUEST, runCli } from '../support/host-copy.js'
import { described, snapshot } from '../support/snapshot.js'
import { CTRL_C, ENTER, hasTerminal, TerminalWindow } from '../support/terminal-window.js'

const TIMEOUT = 1_800_000
const AS_IT_WAS = 'Interrupted. The repository is as it was.'

if (!hasTerminal) console.warn('No `script` of util-linux here: nothing is tried in a terminal.')

/** What is on the screen when Ctrl-C is pressed, and how much longer is waited (milliseconds). */
type Moment = [seen: RegExp, later?: number]

/** Each phase of a run, at its beginning and further on; the words are what the screen shows. */
const OF_A_RUN: Moment[] = [
  [/integrate-polar/],
  [/Looking at the repository/],
  [/Planning/],
  [/Formatting/],
  [/Formatting \(.*\d\d of \d+\)/],
  [/Writing/],
  [/Writing/, 50],
  [/Database: /],
  [/Documentation: /],
  [/Installing packages/],
  [/copying node_modules/],
  [/copying node_modules/, 250],
  [/copying node_modules/, 500],
  [/npm install/],
  [/npm install/, 300],
  [/npm install/, 800],
  [/Checking types and running tests/],
  [/\d s, types/, 500],
  [/tests, 0 done/],
  [/tests, [1-9]\d* done/],
]

describe.runIf(hasTerminal)('Ctrl-C in a terminal', () => {
  let host: string
  let before: Map<string, string>

  function expectAsBefore(when: string): void {
    expect(described(before, snapshot(host)), when).toEqual([])
  }

  async function pressedAt([seen, later = 0]: Moment, args: string[]): Promise<TerminalWindow> {
    const terminal = new TerminalWindow(host, args)
    await terminal.until(seen)
    await sleep(later)
    terminal.press(CTRL_C)
    return terminal
  }

  describe('in a host with its packages', () => {
    beforeEach(async () => {
      host = await hostCopy()
      before = snapshot(host)
    })
    afterEach(() => discard(host))

    test(
      `ends a run with 130 and leaves the host as it was, at ${OF_A_RUN.length} moments`,
      async () => {
        for (const moment of OF_A_RUN) {
          const when = moment.join(' + ')
          const terminal = await pressedAt(moment, [REQUEST, '--yes'])
          expect(await terminal.exit, `${when}\n${terminal.screen.slice(-500)}`).toBe(130)
          expect(terminal.screen, when).toContain(AS_IT_WAS)
          expectAsBefore(when)
        }
      },
      TIMEOUT,
    )

    test('pressed many times ends it no earlier', async () => {
      const terminal = await pressedAt([/npm install/], [REQUEST, '--yes'])
      for (let time = 0; time < 20; time++) {
        await sleep(25)
        terminal.press(CTRL_C)
      }
      expect(await terminal.exit).toBe(130)
      expect(terminal.screen).toContain(AS_IT_WAS)
      expectAsBefore('pressed many times')
    })

    test.each([
      ['copying', /copying node_modules/],
      ['installing', /npm install/],
      ['running tests', /tests, [1-9]\d* done/],
    ])('the host is as it was when the window is closed while %s', async (_, seen) => {
      const terminal = new TerminalWindow(host, [REQUEST, '--yes'])
      const pid = await terminal.pid()
      await terminal.until(seen)
      terminal.close()
      while (isRunning(pid)) await sleep(20)
      expectAsBefore('after the window was closed')
    })

    test(
      'while an earlier run is put back lets that be finished',
      async () => {
        const moments: (RegExp | (() => boolean))[] = [
          /integrate-polar/,
          /Putting back/,
          () => !existsSync(join(host, 'server/routes/billing.routes.ts')),
          () => !existsSync(join(host, '.integrate-polar/transaction')),
          /had been cut off/,
        ]
        for (const moment of moments) {
          await killedWhile('packages', host)
          const terminal = new TerminalWindow(host, ['plan', REQUEST])
          await terminal.until(moment)
          terminal.press(CTRL_C)
          expect(await terminal.exit, `${String(moment)}\n${terminal.screen}`).toBe(130)
          expect(terminal.screen).toContain(AS_IT_WAS)
          expectAsBefore(String(moment))
        }
      },
      TIMEOUT,
    )
  })

  describe('in a host without its packages', () => {
    beforeEach(async () => {
      host = await hostCopy({ packages: false })
      before = snapshot(host)
    })
    afterEach(() => discard(host))

    test('at the question writes nothing', async () => {
      const terminal = await pressedAt([/Offer the usual one/], [REQUEST])
      expect(await terminal.exit).toBe(130)
      expect(terminal.screen).toContain(AS_IT_WAS)
      const second = new TerminalWindow(host, [REQUEST, '--no-install', '--no-verify'])
      await second.until(/Offer the usual one/)
      second.press(ENTER)
      await second.until(/Write/)
      second.press(CTRL_C)
      expect(await second.exit).toBe(130)
      expect(second.screen).toContain(AS_IT_WAS)
      expectAsBefore('at the question')
    })

    test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
      'a %s at the question is Ctrl-C to it',
      async (signal) => {
        const terminal = new TerminalWindow(host, [REQUEST])
        const pid = await terminal.pid()
        await terminal.until(/Offer the usual one/)
        process.kill(pid, signal)
        expect(await terminal.exit, terminal.screen).toBe(130)
        expect(terminal.screen).toContain(AS_IT_WAS)
        expectAsBefore(signal)
      },
    )

    test('a window that is closed at the question ends the command', async () => {
      const terminal = new TerminalWindow(host, [REQUEST])
      const pid = await terminal.pid()
      await terminal.until(/Offer the usual one/)
      terminal.close()
      while (isRunning(pid)) await sleep(20)
      expectAsBefore('closed at the question')
    })

    test('stops an undo before it has begun, and lets one that has begun be finished', async () => {
      const generated = join(host, 'server/routes/billing.routes.ts')
      const manifest = join(host, 'package.json')
      const manifestBefore = readFileSync(manifest, 'utf8')
      const moments: (RegExp | (() => boolean))[] = [
        /integrate-polar/,
        /Taking the last run back/,
        () => existsSync(join(host, '.integrate-polar/transaction')),
        () => !existsSync(generated),
        () => readFileSync(manifest, 'utf8') === manifestBefore,
      ]
      for (const moment of moments) {
        if (!existsSync(generated)) {
          const run = await runCli(host, [REQUEST, '--yes', '--no-install', '--no-verify'])
          expect(run.exitCode).toBe(0)
        }
        const applied = snapshot(host)
        const terminal = new TerminalWindow(host, ['undo'])
        await terminal.until(moment)
        terminal.press(CTRL_C)
        expect(await terminal.exit, `${String(moment)}\n${terminal.screen}`).toBe(130)
        if (terminal.screen.includes('had been taken back by then')) {
          expectAsBefore(String(moment))
        } else {
          expect(terminal.screen).toContain(AS_IT_WAS)
          expect(described(applied, snapshot(host)), String(moment)).toEqual([])
        }
      }
    })
  })
})

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** A run that is killed with SIGKILL as soon as it says that this phase has begun. */
async function killedWhile(phase: string, cwd: string): Promise<void> {
  const child = spawn(process.execPath, [executable, REQUEST, '--yes', '--json'], {
    cwd,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    if (output.includes(`"name":"${phase}","status":"start"`)) child.kill('SIGKILL')
  })
  await new Promise((resolve) => child.once('close', resolve))
}
