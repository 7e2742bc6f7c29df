import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rmdir, stat, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { entryOnDisk } from './disk.js'
import { naming } from './durable.js'
import {
  attempt,
  errorOf,
  fail,
  succeed,
  systemCode,
  treeError,
  type Outcome,
  type TreeError,
} from './errors.js'
import { checkHome, CLAIM } from './home.js'
import { HOME, layout } from './layout.js'
import { processIdentity } from './process-identity.js'

export interface Lock {
  /** Never fails: a claim that stays is that of a dead process soon. */
  release(): Promise<void>
}

/** How often the host is tried to be taken before it is given up. */
const ROUNDS = 4

/** A claim of another machine (a shared folder) cannot be checked; it counts for an hour. */
const FOREIGN_CLAIM_LIFE = 3_600_000

/**
 * Takes the host for this process, after `checkHome`. Everyone puts down a claim of their own,
 * whose name says who they are, and then looks for other live claims; whoever sees one steps back.
 * So a dead claim can be removed by anybody at any time, and no two processes ever both go on.
 */
export async function acquireLock(root: string): Promise<Outcome<Lock>> {
  const own = claimName()
  let refused = await tryToTake(root, own)
  for (let round = 1; refused !== null && round < ROUNDS; round += 1) {
    if (refused.final) break
    await sleep(20 + Math.random() * 60)
    refused = await tryToTake(root, own)
  }
  if (refused !== null) return fail(refused.error)
  return succeed({ release: () => releaseLock(root, own) })
}

interface Refused {
  error: TreeError
  /** Waiting does not help. */
  final: boolean
}

/** Null when the host is taken. What was put down is gone again otherwise. */
async function tryToTake(root: string, own: string): Promise<Refused | null> {
  const { locks, ignoreFile } = layout(root)
  // While another run works, the folder may be seen half-way: that is no fault of the folder.
  const checked = await attempt(() => checkHome(root))
  if (!checked.ok) {
    const rival = await liveRival(locks, own)
    return { error: rival === null ? checked.error : busy(rival), final: false }
  }
  try {
    if (!(await putClaim(root, own))) return { error: busy(own), final: false }
    const rival = await liveRival(locks, own)
    if (rival === null) {
      await removeDeadClaims(locks, own)
      await ignoreHome(ignoreFile)
      return null
    }
    await releaseLock(root, own)
    return { error: busy(rival), final: false }
  } catch (cause) {
    await releaseLock(root, own)
    // ENOENT: somebody who finished removed the empty folder in between.
    return { error: errorOf(cause), final: systemCode(cause) !== 'ENOENT' }
  }
}

function claimName(): string {
  return [process.pid, machine(), processIdentity(process.pid) ?? 'unknown'].join('@')
}

function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8)
}

/** False when this very process holds the host already. */
async function putClaim(root: string, own: string): Promise<boolean> {
  const { home, locks } = layout(root)
  for (const folder of [home, locks]) await makeFolder(folder)
  try {
    await (await open(join(locks, own), 'wx')).close()
    return true
  } catch (cause) {
    if (systemCode(cause) === 'EEXIST') return false
    throw cause
  }
}

/** What is kept in it may be secret, so it is this user's alone. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 })
  } catch (cause) {
    if (systemCode(cause) !== 'EEXIST') throw cause
  }
}

/** Reads only. */
async function liveRival(locks: string, own: string): Promise<string | null> {
  if ((await entryOnDisk(locks)) !== 'folder') return null
  for (const name of await readdir(locks)) {
    const path = join(locks, name)
    if (name === own || !CLAIM.test(name) || (await entryOnDisk(path)) !== 'file') continue
    if (await isLive(path, name)) return name
  }
  return null
}

/** For the one who holds the host: every other claim is dead, or steps back. */
async function removeDeadClaims(locks: string, own: string): Promise<void> {
  for (const name of await readdir(locks)) {
    const path = join(locks, name)
    if (name === own || !CLAIM.test(name) || (await isLive(path, name))) continue
    await ignoreMissing(unlink(path))
  }
}

async function isLive(path: string, name: string): Promise<boolean> {
  const [pid, where, identity] = name.split('@')
  if (where === machine()) return processIdentity(Number(pid)) === identity
  const stats = await stat(path).catch(() => null)
  return stats !== null && Date.now() - stats.mtimeMs < FOREIGN_CLAIM_LIFE
}

/** Keeps the folder out of version control; a file that is there stays. */
async function ignoreHome(path: string): Promise<void> {
  if ((await entryOnDisk(path)) !== 'absent') return
  await naming(path, async () => {
    const handle = await open(path, 'wx')
    await handle.writeFile('*\n').finally(() => handle.close())
  })
}

/** Gives the host back and leaves no trace, except an undo record or kept edits. */
async function releaseLock(root: string, own: string): Promise<void> {
  await attempt(async () => {
    const { home, locks, ignoreFile } = layout(root)
    await ignoreMissing(unlink(join(locks, own)))
    await ignoreMissing(rmdir(locks))
    const names = await readdir(home).catch(() => ['gone'])
    if (names.some((name) => name !== '.gitignore')) return
    await ignoreMissing(unlink(ignoreFile))
    await ignoreMissing(rmdir(home))
  })
}

async function ignoreMissing(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (cause) {
    // Not empty: another process has come meanwhile, and cleans up when it is done.
    const code = systemCode(cause) ?? ''
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(code)) throw cause
  }
}

function busy(rival: string) {
  const [pid, where] = rival.split('@')
  const place = where === machine() ? '' : ' on another machine'
  return treeError(
    'busy',
    `Another run (process ${pid}${place}) is working on this project.`,
    `Wait until it has ended. If you are sure that it has, delete ${HOME}/lock/${rival}.`,
    `${HOME}/lock/${rival}`,
  )
}
