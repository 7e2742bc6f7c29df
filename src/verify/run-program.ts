export interface ProgramResult {
  exitCode: number
  /** Standard output and error as they came. */
  output: string
}

/**
 * Runs a program of the host to its end, in a process group of its own.
 *
 * @throws the signal's reason when aborted; the whole group is gone by then
 */
export async function runProgram(
  file: string,
  args: string[],
  options: { cwd: string; signal: AbortSignal; env?: Record<string, string> },
): Promise<ProgramResult> {
  options.signal.throwIfAborted()
  const { execa } = await import('execa')
  const child = execa(file, args, {
    cwd: options.cwd,
    env: { CI: 'true', NO_COLOR: '1', ...options.env },
    all: true,
    reject: false,
    stdin: 'ignore',
    detached: process.platform !== 'win32',
    cleanup: true,
  })
  const stop = (): void => killGroup(child.pid)
  options.signal.addEventListener('abort', stop, { once: true })
  try {
    const result = await child
    options.signal.throwIfAborted()
    return { exitCode: result.exitCode ?? 1, output: result.all || result.message || '' }
  } finally {
    options.signal.removeEventListener('abort', stop)
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch {
    // It ended by itself meanwhile.
  }
}
