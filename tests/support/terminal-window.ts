import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { setTimeout as sleep } from 'node:timers/promises'
import { executable } from './host-copy.js'

/** True where util-linux' `script` is, which runs a command in a terminal of its own. */
export const hasTerminal = /util-linux/.test(
  spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '',
)

/** The built command in a terminal (a pty), with somebody at the keyboard. */
export class TerminalWindow {
  /** The exit code; 128 and the signal's number when one ended it. */
  readonly exit: Promise<number>
  readonly #script: ChildProcess
  #screen = ''

  /** @param cwd the host */
  constructor(cwd: string, args: string[], env: Record<string, string> = {}) {
    const words = [process.execPath, executable, ...args].map(quoted).join(' ')
    const command = `stty rows 40 cols 100; echo "process $$"; exec ${words}`
    this.#script = spawn('script', ['--quiet', '--return', '--flush', '-c', command, '/dev/null'], {
      cwd,
      env: { ...process.env, CI: '', NO_COLOR: '1', SHELL: '/bin/sh', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#script.stdout?.on('data', (chunk: Buffer) => (this.#screen += chunk.toString()))
    this.#script.stdin?.on('error', () => undefined)
    this.exit = new Promise((resolve) => this.#script.once('close', (code) => resolve(code ?? -1)))
  }

  /** All that was printed, without colors; what was drawn over is still in it. */
  get screen(): string {
    return stripVTControlCharacters(this.#screen).replaceAll('\r', '\n')
  }

  /** Waits until the condition holds, or the command has ended. */
  async until(condition: RegExp | (() => boolean)): Promise<void> {
    let ended = false
    void this.exit.then(() => (ended = true))
    const holds = condition instanceof RegExp ? () => condition.test(this.screen) : condition
    while (!ended && !holds()) await sleep(5)
  }

  /** The number of the command's process. */
  async pid(): Promise<number> {
    await this.until(/process \d+/)
    return Number(/process (\d+)/.exec(this.screen)?.[1])
  }

  press(keys: string): void {
    this.#script.stdin?.write(keys)
  }

  /** Closes the window: the command gets SIGHUP, and nothing reads what it prints. */
  close(): void {
    this.#script.kill('SIGKILL')
  }
}

export const CTRL_C = '\x03'
export const ENTER = '\r'

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
