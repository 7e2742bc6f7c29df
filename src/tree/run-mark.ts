import { readFileSync } from 'node:fs'
import { endAll, signalTo } from './process-group.js'
import { runningProcesses } from './process-identity.js'

/**
 * The environment variable that everything a run starts inherits. A program of the host may leave
 * its process group (a database server that its tests start does); it keeps its environment.
 */
const NAME = 'INTEGRATE_POLAR_RUN'

/** Marks every process that is started from now on with the id of the transaction. */
export function markProcesses(id: string): void {
  process.env[NAME] = id
}

export function unmarkProcesses(): void {
  Reflect.deleteProperty(process.env, NAME)
}

/**
 * Ends whatever the run of that transaction has started and that still runs, in whatever group.
 * Linux only, where the environment of a process can be read.
 *
 * @throws TreeRefusal `busy` when one of them cannot be ended
 */
export async function endMarked(id: string): Promise<void> {
  const mark = `${NAME}=${id}`
  const running = (): number[] =>
    runningProcesses()
      .map(({ pid }) => pid)
      .filter((pid) => pid !== process.pid && environmentOf(pid).includes(mark))
  await endAll(running, (pid) => signalTo(pid, 'SIGKILL'))
}

/** None for a process of somebody else, which cannot be read, and would not be ours. */
function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0')
  } catch {
    return []
  }
}
