import { setTimeout as sleep } from 'node:timers/promises'
import { treeError, TreeRefusal } from './errors.js'
import { isNumberedHere, processIdentity, runningProcesses } from './process-identity.js'

/**
 * Longest wait for killed processes to be gone, in milliseconds: one that waits for a slow disk
 * cannot be ended before the disk answers.
 */
const PATIENCE = 30_000

/** Sends a signal to every process of the group; one that is gone already is no error. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  signalTo(-group, signal)
}

/**
 * Kills the group and waits until no process of it can write any more.
 *
 * @throws TreeRefusal `busy` when one of them cannot be ended
 */
export async function endGroup(group: number): Promise<void> {
  await endAll(
    () => (groupRuns(group) ? [group] : []),
    () => signalTo(-group, 'SIGKILL'),
  )
}

/**
 * Ends what an earlier run left running. The number may belong to a stranger by now, so nothing
 * is killed unless its leader is the process that was recorded, or the leader is gone and the
 * group, whose number cannot be given out again meanwhile, is still there.
 */
export async function endRecordedGroup(leader: number, identity: string | null): Promise<void> {
  const current = processIdentity(leader)
  if (current !== null && current !== identity) return
  if (current === null && !isNumberedHere(identity)) return
  await endGroup(leader)
}

/**
 * Sends SIGKILL until `running` gives nobody any more.
 *
 * @throws TreeRefusal `busy` after half a minute
 */
export async function endAll(running: () => number[], kill: (one: number) => void): Promise<void> {
  for (const start = Date.now(); ;) {
    const left = running()
    if (left.length === 0) return
    if (Date.now() - start > PATIENCE) throw new TreeRefusal(stillRunning(left))
    for (const one of left) kill(one)
    await sleep(10)
  }
}

export function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // ESRCH: nobody is left. EPERM: nobody left is ours to end.
  }
}

/** Zombies count as gone: in a container without an init they stay listed for ever. */
function groupRuns(group: number): boolean {
  if (!answers(group)) return false
  if (process.platform !== 'linux') return true
  return runningProcesses().some((one) => one.group === group)
}

function answers(group: number): boolean {
  try {
    process.kill(-group, 0)
    return true
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}

function stillRunning(left: number[]) {
  return treeError(
    'busy',
    `Process ${left.join(', ')} of an earlier run still works on this project and cannot be ended.`,
    'End it, then run again; the project is put back then.',
  )
}
