import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * Tells one process from any other with the same number, later or in another container: boot,
 * process namespace and start time where the system gives them. Null when no such process runs
 * (a zombie does not run).
 */
export function processIdentity(pid: number): string | null {
  if (process.platform === 'linux') return linuxIdentity(pid)
  if (!answersSignals(pid)) return null
  return process.platform === 'win32' ? 'running' : startTimeFromPs(pid)
}

function linuxIdentity(pid: number): string | null {
  const stat = processStat(pid)
  if (stat === null || stat.state === 'Z') return null
  return `${numbering()}-${stat.startTime}`
}

/** True when a number that was noted with this identity could still mean the same process. */
export function isNumberedHere(identity: string | null): boolean {
  const own = processIdentity(process.pid)
  return identity !== null && own !== null && own.split('-')[0] === identity.split('-')[0]
}

/** What gives the numbers out: this boot, and in a container its own namespace. */
function numbering(): string {
  return `${bootId()}.${namespace()}`
}

function namespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? ''
  } catch {
    return ''
  }
}

/** Numbers and groups of all processes that run, zombies left out. Linux only; else empty. */
export function runningProcesses(): { pid: number; group: number }[] {
  if (process.platform !== 'linux') return []
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.flatMap((name) => {
    const stat = processStat(Number(name))
    if (stat === null || stat.state === 'Z') return []
    return [{ pid: Number(name), group: stat.group }]
  })
}

/** The fields of /proc/<pid>/stat behind the command's name, which may itself hold spaces. */
export function processStat(
  pid: number,
): { state: string; group: number; startTime: string } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', group: Number(fields[2]), startTime: fields[19] ?? '' }
  } catch {
    return null
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)
  } catch {
    return 'boot'
  }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'EPERM'
  }
}

function startTimeFromPs(pid: number): string | null {
  try {
    const text = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
    return String(Date.parse(text.trim()))
  } catch {
    return null
  }
}
