import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Readable } from 'node:stream'
import { executable, projectRoot } from './host-copy.js'

export const KEYS = {
  enter: '\r',
  down: '\u001b[B',
  up: '\u001b[A',
  escape: '\u001b',
  interrupt: '\u0003',
}

export interface Terminal {
  /** Everything that was drawn so far, with its control sequences. */
  output(): string
  /** The same without control sequences and carriage returns. */
  words(): string
  /** Resolves once the words have appeared (again, after `from` characters of `words()`). */
  waitFor(words: string, from?: number): Promise<void>
  /** Presses keys. */
  write(keys: string): void
  /** Process id of the program. */
  pid: Promise<number>
  /** How the program ended: its exit code, or the signal's name. */
  exit: Promise<number | NodeJS.Signals>
}

export interface TerminalOptions {
  cwd: string
  env?: Record<string, string>
  cols?: number
  rows?: number
  /** The program in place of the built command, with its first arguments. */
  program?: string[]
  /** Milliseconds that `waitFor` waits at most. */
  patience?: number
}

/** Runs the built command in a terminal of its own. CI is unset: somebody sits in front of it. */
export function startTerminal(args: string[], options: TerminalOptions): Terminal {
  const { cols = 80, rows = 40, program = [process.execPath, executable] } = options
  const driver = join(projectRoot, 'tests/support/terminal.py')
  const child = spawn('python3', ['-u', driver, String(cols), String(rows), ...program, ...args], {
    cwd: options.cwd,
    env: { ...attended(), ...options.env },
    stdio: ['pipe', 'pipe', 'inherit', 'pipe'],
  })
  const [stdin, stdout, , announced] = child.stdio
  if (!stdin || !stdout) throw new Error('The terminal has no pipes')
  let drawn = ''
  const watchers = new Set<() => void>()
  const wake = (): void => {
    for (const watcher of watchers) watcher()
  }
  stdout.setEncoding('utf8').on('data', (chunk: string) => {
    drawn += chunk
    wake()
  })
  stdin.on('error', () => {})
  let ended = false
  const exit = new Promise<number | NodeJS.Signals>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      ended = true
      wake()
      resolve(signal ?? code ?? -1)
    })
  })
  const words = (): string => stripVTControlCharacters(drawn).replaceAll('\r', '')

  return {
    output: () => drawn,
    words,
    waitFor: (wanted, from = 0) =>
      new Promise((resolve, reject) => {
        const settle = (done: () => void): void => {
          clearTimeout(timer)
          watchers.delete(look)
          done()
        }
        const fail = (why: string): void => {
          child.kill('SIGHUP')
          settle(() => reject(new Error(`${why} before ${JSON.stringify(wanted)}:\n${words()}`)))
        }
        const look = (): void => {
          if (words().slice(from).includes(wanted)) settle(resolve)
          else if (ended) fail('The program ended')
        }
        const timer = setTimeout(() => fail('Time ran out'), options.patience ?? 60_000)
        watchers.add(look)
        look()
      }),
    write: (keys) => void stdin.write(keys),
    pid: text(announced as Readable).then(Number),
    exit,
  }
}

/** The environment of a person in front of a terminal that has colors. */
function attended(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, TERM: 'xterm-256color' }
  for (const name of ['CI', 'NO_COLOR', 'FORCE_COLOR']) delete env[name]
  return env
}
