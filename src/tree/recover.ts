import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Conflict } from '../types.js'
import { exists } from './disk.js'
import { noStep, syncFolder, type Step } from './durable.js'
import { attempt, fail, succeed, type Outcome } from './errors.js'
import { committed, readJournal } from './journal.js'
import { DISCARDED, layout, SETTLED } from './layout.js'
import { acquireLock } from './lock.js'
import { reverse } from './reverse.js'

export interface Recovery {
  /** An interrupted run was found, and the host is as it was before that run. */
  restored: boolean
  /** Edits made since by others, and where they are kept now. */
  kept: Conflict[]
}

const NOTHING: Recovery = { restored: false, kept: [] }

/**
 * Run at the start of every command: finds the journal of a run that died and restores the host,
 * or finishes a change that was complete. Fails with `busy` while such a run is alive. It costs
 * one look at the folder when there is nothing to do.
 */
export async function recover(
  root: string,
  options: { onStep?: Step } = {},
): Promise<Outcome<Recovery>> {
  const names = await readdir(layout(root).home).catch(() => [])
  if (names.length === 0 || isSettled(names)) return succeed(NOTHING)
  const lock = await acquireLock(root)
  if (!lock.ok) return fail(lock.error)
  const outcome = await attempt(() => recoverLocked(root, options.onStep ?? noStep))
  await lock.value.release()
  return outcome
}

function isSettled(names: string[]): boolean {
  return names.every((name) => SETTLED.has(name)) && names.some((name) => name !== '.gitignore')
}

/** The same for a process that holds the lock. */
export async function recoverLocked(root: string, step: Step): Promise<Recovery> {
  const { home, transaction } = layout(root)
  let recovery = NOTHING
  if (await exists(transaction)) {
    const entries = await readJournal(transaction)
    if (committed(entries) !== null) await settle(root, step)
    else recovery = await takeBack(root, step)
  }
  for (const name of await readdir(home)) {
    if (!name.startsWith(DISCARDED)) continue
    await step(`delete ${name}`)
    await rm(join(home, name), { recursive: true, force: true })
  }
  return recovery
}

/** Reverses the open transaction and removes it. */
export async function takeBack(root: string, step: Step): Promise<Recovery> {
  const entries = await readJournal(layout(root).transaction)
  const kept = await reverse(root, entries, step)
  await discard(root, layout(root).transaction, step)
  return { restored: entries.some(({ op }) => op !== 'begin'), kept }
}

/** Turns a committed transaction into the undo record; any part of it may have been done. */
export async function settle(root: string, step: Step): Promise<void> {
  const { home, transaction, undo, work } = layout(root)
  await discard(root, work, step)
  await discard(root, undo, step)
  await step('keep undo record')
  await rename(transaction, undo)
  await syncFolder(home)
}

/** Takes a folder out of account in one step; deleting it may take its time afterwards. */
export async function discard(root: string, folder: string, step: Step): Promise<void> {
  if (!(await exists(folder))) return
  const { home } = layout(root)
  const bin = join(home, `${DISCARDED}${process.pid}-${Date.now()}-${Math.random()}`)
  await mkdir(bin)
  await step(`discard ${folder}`)
  await rename(folder, join(bin, 'node_modules'))
  await syncFolder(home)
}
