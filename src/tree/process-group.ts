import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { processIdentity, processStat } from './process-identity.js'

/**
 * Longest wait for killed processes to be gone, in milliseconds: one that waits for a slow disk
 * cannot be ended before the disk answers.
 */
const PATIENCE = 30_000

/** Sends a signal to every process of the group; one that is gone already is no error. */
export function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal)
  } catch {
    // ESRCH: nobody is left. EPERM: nobody left is ours to end.
  }
}

/** Kills the group and waits until no process of it can write any more. */
export async function endGroup(group: number): Promise<void> {
  signalGroup(group, 'SIGKILL')
  for (const start = Date.now(); groupRuns(group) && Date.now() - start < PATIENCE;) {
    await sleep(10)
  }
}

/**
 * Ends what an earlier run left running. The number may belong to a stranger by now, so nothing
 * is killed unless its leader is the process that was recorded, or the leader is gone and the
 * group, whose number cannot be given out again meanwhile, is still there.
 */
export async function endRecordedGroup(leader: number, identity: string | null): Promise<void> {
  const current = processIdentity(leader)
  if (current !== null && current !== identity) return
  if (current === null && !sameBoot(identity)) return
  await endGroup(leader)
}

function sameBoot(identity: string | null): boolean {
  const own = processIdentity(process.pid)
  return identity !== null && own !== null && own.split('-')[0] === identity.split('-')[0]
}

/** Zombies count as gone: in a container without an init they stay listed for ever. */
function groupRuns(group: number): boolean {
  if (process.platform !== 'linux') return answers(group)
  if (!answers(group)) return false
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false
    const stat = processStat(Number(name))
    return stat !== null && stat.group === group && stat.state !== 'Z'
  })
}

function answers(group: number): boolean {
  try {
    process.kill(-group, 0)
    return true
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}
