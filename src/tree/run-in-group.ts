import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { setTimeout as sleep } from 'node:timers/promises'
import { endGroup, signalGroup } from './process-group.js'

/** Time between asking processes to end and ending them, in milliseconds. */
const GRACE = 1_500

/** Time in which the last output is read after the command has ended, in milliseconds. */
const LINGER = 1_000

/** The line that the shell waits for. It reads no further, so the rest is the command's. */
const GO = process.platform === 'win32' ? '' : 'go\n'

export interface RunOptions {
  cwd: string
  signal?: AbortSignal
  env?: Record<string, string>
  /**
   * Called with the process group's number before the command begins to do anything
   * (`Transaction.recordProcess`). When it throws, the command does not run and the error is
   * passed on.
   */
  onSpawn?: (leader: number) => Promise<void>
  /** Called with every piece of output. */
  onOutput?: (text: string) => void
  /** What the command reads on its standard input; nothing when it is not given. */
  input?: string
}

export type RunResult =
  | { kind: 'exited'; exitCode: number; output: string }
  | { kind: 'aborted'; output: string }
  /** There is no such command. */
  | { kind: 'missing'; output: string }

/**
 * Runs a command in a process group of its own: Ctrl-C in a terminal reaches only this process,
 * which decides; and an abort ends every process the command has started before this returns.
 */
export async function runInGroup(
  command: string,
  args: string[],
  options: RunOptions,
): Promise<RunResult> {
  if (options.signal?.aborted === true) return { kind: 'aborted', output: '' }
  const { execa } = await import('execa')
  const [file, fileArgs] = waitingForGo(command, args)
  const child = execa(file, fileArgs, {
    cwd: options.cwd,
    env: options.env ?? {},
    all: true,
    buffer: false,
    reject: false,
    detached: process.platform !== 'win32',
    cleanup: false,
    stripFinalNewline: false,
    windowsHide: true,
  })
  const ended = endOf(child, options.onOutput)
  const stop = stopOnAbort(child.pid, options.signal)
  try {
    child.stdin.on('error', () => undefined)
    if (child.pid !== undefined) await options.onSpawn?.(child.pid)
    child.stdin.end(`${GO}${options.input ?? ''}`)
    const { exitCode, output } = await ended
    if (child.pid !== undefined && (exitCode !== 0 || stop.aborted())) await endGroup(child.pid)
    if (stop.aborted()) return { kind: 'aborted', output }
    if (child.pid === undefined || exitCode === 127) return { kind: 'missing', output }
    return { kind: 'exited', exitCode, output }
  } finally {
    child.stdin.end()
    stop.release()
  }
}

/** What is used here of a child process of execa. */
interface Running extends PromiseLike<{ exitCode?: number | undefined }> {
  all: Readable
  stdout: Readable
  stderr: Readable
  once(event: 'exit', listener: (code: number | null) => void): unknown
}

/**
 * Waits until the command has ended, not for what it leaves in the background: that may hold the
 * output open for ever.
 */
async function endOf(
  child: Running,
  onOutput: RunOptions['onOutput'],
): Promise<{ exitCode: number; output: string }> {
  let output = ''
  const decoder = new StringDecoder()
  child.all.on('data', (chunk: Buffer) => {
    const text = decoder.write(chunk)
    output += text
    onOutput?.(text)
  })
  const exited = new Promise<number>((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1))
  })
  const closed = child.then(({ exitCode }) => exitCode ?? 1)
  const exitCode = await Promise.race([closed, exited.then((code) => sleep(LINGER, code))])
  for (const stream of [child.all, child.stdout, child.stderr]) stream.destroy()
  return { exitCode, output }
}

/**
 * The command starts only when it is told to, so that its number is on record before it can write
 * anything. If this process dies before, the shell reads the end of its input and gives up.
 */
function waitingForGo(command: string, args: string[]): [string, string[]] {
  if (process.platform === 'win32') return [command, args]
  return ['/bin/sh', ['-c', 'read -r go && exec "$@"', 'sh', command, ...args]]
}

function stopOnAbort(leader: number | undefined, signal: AbortSignal | undefined) {
  let aborted = false
  let timer: NodeJS.Timeout | undefined
  const stop = () => {
    aborted = true
    if (leader === undefined) return
    if (process.platform === 'win32') return void endTreeOnWindows(leader)
    signalGroup(leader, 'SIGTERM')
    timer = setTimeout(() => signalGroup(leader, 'SIGKILL'), GRACE)
  }
  signal?.addEventListener('abort', stop, { once: true })
  return {
    aborted: () => aborted,
    release: () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
    },
  }
}

async function endTreeOnWindows(leader: number): Promise<void> {
  const { execa } = await import('execa')
  await execa('taskkill', ['/PID', String(leader), '/T', '/F'], { reject: false })
}
