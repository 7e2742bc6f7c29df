import type { Progress } from '../types.js'
import { runInGroup } from '../tree/run-in-group.js'

/** How programs of the host are run: they end with the signal, and their groups are on record. */
export interface ProgramRuns {
  signal: AbortSignal
  onSpawn(leader: number): Promise<void>
  /** Told which program runs, and how far its tests are. */
  report(progress: Progress): void
}

export interface ProgramResult {
  exitCode: number
  /** Standard output and error as they came. */
  output: string
}

/**
 * Runs a program of the host to its end.
 *
 * @throws the signal's reason when aborted; every process it started is gone by then
 */
export async function runProgram(
  file: string,
  args: string[],
  options: ProgramRuns & { cwd: string; onOutput?: (text: string) => void },
): Promise<ProgramResult> {
  options.signal.throwIfAborted()
  const env = { CI: 'true', NO_COLOR: '1' }
  const result = await runInGroup(file, args, { ...options, env })
  options.signal.throwIfAborted()
  const exitCode = result.kind === 'exited' ? result.exitCode : 127
  return { exitCode, output: result.output }
}
