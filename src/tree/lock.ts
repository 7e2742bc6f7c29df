import { createHash } from 'node:crypto'
import { lstat, mkdir, open, readdir, rmdir, stat, unlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fail, succeed, systemCode, treeError, type Outcome } from './errors.js'
import { HOME, layout } from './layout.js'
import { processIdentity } from './process-identity.js'

export interface Lock {
  release(): Promise<void>
}

const ATTEMPTS = 4

/** A claim of another machine (a shared folder) cannot be checked; it counts for an hour. */
const FOREIGN_CLAIM_LIFE = 3_600_000

/**
 * Takes the host for this process. Everyone puts down a claim of their own, whose name says who
 * they are, and then looks for other live claims; whoever sees one steps back. So a dead claim can
 * be removed by anybody at any time, and no two processes ever both go on.
 */
export async function acquireLock(root: string): Promise<Outcome<Lock>> {
  const { home, locks, ignoreFile } = layout(root)
  const foreign = await homeError(home)
  if (foreign !== null) return fail(foreign)
  const own = claimName()
  for (let attempt = 1; ; attempt += 1) {
    const rival = (await putClaim(locks, own)) ? await liveRival(locks, own) : own
    if (rival === null) {
      await ignoreHome(ignoreFile)
      return succeed({ release: () => releaseLock(root, own) })
    }
    if (rival !== own) await releaseLock(root, own)
    if (attempt === ATTEMPTS) return fail(busy(rival))
    await sleep(20 + Math.random() * 60)
  }
}

function claimName(): string {
  return [process.pid, machine(), processIdentity(process.pid) ?? 'unknown'].join('@')
}

function machine(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8)
}

/** False when this very process holds the host already. */
async function putClaim(locks: string, own: string): Promise<boolean> {
  for (;;) {
    try {
      await mkdir(locks, { recursive: true })
      await (await open(join(locks, own), 'wx')).close()
      return true
    } catch (cause) {
      const code = systemCode(cause)
      if (code === 'EEXIST') return false
      // Somebody who finished removed the empty folder in between.
      if (code !== 'ENOENT') throw cause
    }
  }
}

async function liveRival(locks: string, own: string): Promise<string | null> {
  for (const name of await readdir(locks)) {
    if (name === own) continue
    if (await isLive(join(locks, name), name)) return name
    await ignoreMissing(unlink(join(locks, name)))
  }
  return null
}

async function isLive(path: string, name: string): Promise<boolean> {
  const [pid, where, identity] = name.split('@')
  if (where === machine()) return processIdentity(Number(pid)) === identity
  const stats = await stat(path).catch(() => null)
  return stats !== null && Date.now() - stats.mtimeMs < FOREIGN_CLAIM_LIFE
}

async function ignoreHome(path: string): Promise<void> {
  const handle = await open(path, 'w')
  await handle.writeFile('*\n').finally(() => handle.close())
}

/** Gives the host back and leaves no trace, except an undo record or kept edits. */
export async function releaseLock(root: string, own: string): Promise<void> {
  const { home, locks, ignoreFile } = layout(root)
  await ignoreMissing(unlink(join(locks, own)))
  await ignoreMissing(rmdir(locks))
  const names = await readdir(home).catch(() => ['gone'])
  if (names.some((name) => name !== '.gitignore')) return
  await ignoreMissing(unlink(ignoreFile))
  await ignoreMissing(rmdir(home))
}

async function ignoreMissing(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (cause) {
    // Not empty: another process has come meanwhile, and cleans up when it is done.
    const code = systemCode(cause) ?? ''
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(code)) throw cause
  }
}

async function homeError(home: string) {
  const stats = await lstat(home).catch(() => null)
  if (stats === null || stats.isDirectory()) return null
  return treeError(
    'path_conflict',
    `${HOME} is not a folder, and the journal needs one of that name.`,
    `Move ${HOME} away, then run again.`,
    HOME,
  )
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
