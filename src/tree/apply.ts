import { mkdir, realpath, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Change } from '../types.js'
import { exists, hashOnDisk } from './disk.js'
import { noStep, syncFolder, type Step } from './durable.js'
import {
  attempt,
  fail,
  stopIfAborted,
  succeed,
  treeError,
  TreeRefusal,
  type Outcome,
} from './errors.js'
import { appendJournal, beginJournal, readJournal } from './journal.js'
import { discardedName, layout } from './layout.js'
import { acquireLock, type Lock } from './lock.js'
import { protectPackages } from './protect.js'
import { recordProcess } from './record-process.js'
import { NOTHING, recoverLocked, settle, takeBack, whatStands, type Recovery } from './recover.js'
import { markProcesses, unmarkProcesses } from './run-mark.js'
import { resolveTargets, type Target } from './targets.js'
import { createKey } from './transaction-key.js'
import { writeChanges, type Context } from './write-changes.js'

export interface BeginOptions {
  /** Stops between two steps; the caller then rolls back. */
  signal?: AbortSignal
  /** Called before every step that changes the disk. */
  onStep?: Step
}

/**
 * Opens a transaction: takes the host for this process, restores it if an earlier run died, and
 * checks every change against the disk. Fails with `busy` or `stale_content` (all stale files in
 * `conflicts`), and has written nothing then.
 */
export async function begin(
  root: string,
  changes: Change[],
  options: BeginOptions = {},
): Promise<Outcome<Transaction>> {
  const real = await attempt(() => realpath(root))
  if (!real.ok) return real
  const lock = await acquireLock(real.value)
  if (!lock.ok) return lock
  const outcome = await attempt(() => open(real.value, changes, options, lock.value))
  if (!outcome.ok) {
    // What was made of a transaction that did not begin.
    await attempt(() => recoverLocked(real.value, options.onStep ?? noStep))
    await lock.value.release()
  }
  return outcome
}

async function open(root: string, changes: Change[], options: BeginOptions, lock: Lock) {
  const step = options.onStep ?? noStep
  await recoverLocked(root, step)
  const targets = resolveTargets(root, changes)
  const { home, transaction } = layout(root)
  const key = await createKey(root)
  // Complete before it has its name: a transaction without a journal is a damaged one.
  const opening = join(home, discardedName(key.id, 'opening'))
  await mkdir(opening, { mode: 0o700 })
  for (const part of ['before', 'work']) await mkdir(join(opening, part), { mode: 0o700 })
  await beginJournal(opening, key)
  await syncFolder(opening)
  await step('open transaction')
  await rename(opening, transaction)
  markProcesses(key.id)
  await syncFolder(home)
  let number = 0
  const nextNumber = () => (number += 1)
  return new Transaction({ root, step, signal: options.signal, nextNumber }, targets, lock)
}

/**
 * All or nothing: whatever is done to the host between `begin` and `commit` is in the journal
 * first. After a method has failed the caller calls `rollback`; after a death `recover` does.
 */
export class Transaction {
  readonly #context: Context
  readonly #targets: Target[]
  readonly #lock: Lock
  #closed = false

  constructor(context: Context, targets: Target[], lock: Lock) {
    this.#context = context
    this.#targets = targets
    this.#lock = lock
  }

  /** False once it was committed, or a rollback was begun. */
  get isOpen(): boolean {
    return !this.#closed
  }

  /** Writes the changes given to `begin`. */
  apply(): Promise<Outcome<void>> {
    return this.#whileOpen(() => writeChanges(this.#context, this.#targets))
  }

  /** Writes files once more that were written before. Fails with `stale_content` as `begin` does. */
  rewrite(changes: Change[]): Promise<Outcome<void>> {
    const { root } = this.#context
    return this.#whileOpen(() => writeChanges(this.#context, resolveTargets(root, changes)))
  }

  /**
   * To be called before a package manager runs in `folder` (relative, '' for the root): secures
   * its package.json, lock files and node_modules.
   */
  protectNodeModules(folder = ''): Promise<Outcome<void>> {
    return this.#whileOpen(() => protectPackages(this.#context, folder))
  }

  /** Notes a process group that may write to the host, so that `recover` ends it first. */
  recordProcess(leader: number): Promise<Outcome<void>> {
    return this.#whileOpen(() => recordProcess(this.#context.root, leader))
  }

  /**
   * Makes the change final, and the journal the record that `undo` works from. Without any change
   * an earlier record stays. An abort is heard until the change is final: a commit that succeeded
   * stands, whatever the signal says afterwards.
   */
  async commit(): Promise<Outcome<void>> {
    const { root } = this.#context
    const journal = await attempt(() => readJournal(root, layout(root).transaction))
    const entries = journal.ok ? journal.value.entries : null
    if (entries?.every(({ op }) => op === 'begin' || op === 'process') === true) {
      const closed = await this.rollback()
      return closed.ok ? succeed(undefined) : closed
    }
    const marked = await this.#whileOpen(() => this.#markCommitted())
    if (!marked.ok) return marked
    this.#closed = true
    // The change stands from the mark on; what may fail here is finished by the next run.
    await attempt(() => this.#tidy(() => settle(this.#context.root, this.#context.step)))
    return succeed(undefined)
  }

  /**
   * Brings the host back byte for byte. Harmless when the transaction is closed already. Fails with
   * `rollback_failed` and the files that stand changed; the next run puts them back.
   */
  async rollback(): Promise<Outcome<Recovery>> {
    if (this.#closed) return succeed(NOTHING)
    this.#closed = true
    const { root, step } = this.#context
    const outcome = await attempt(() => this.#tidy(() => takeBack(root, step)))
    if (outcome.ok) return outcome
    // Without its transaction the host is as it was, and only what is to be deleted is left.
    const back = await attempt(async () => !(await exists(layout(root).transaction)))
    if (back.ok && back.value) return succeed(NOTHING)
    const stands = await whatStands(root, outcome.error)
    if (stands.code === 'rollback_failed') return fail(stands)
    const message = `The repository could not be put back: ${stands.message}`
    return fail({ ...stands, code: 'rollback_failed', message })
  }

  async #markCommitted(): Promise<void> {
    const { root, step, signal } = this.#context
    const { transaction } = layout(root)
    const after: Record<string, string | null> = {}
    for (const entry of (await readJournal(root, transaction)).entries) {
      if (entry.op === 'file') after[entry.path] = await hashOnDisk(join(root, entry.path))
    }
    // The last moment at which an interruption can still be heard.
    stopIfAborted(signal)
    await step('journal commit')
    await appendJournal(root, transaction, [{ op: 'commit', at: new Date().toISOString(), after }])
  }

  async #tidy<T>(work: () => Promise<T>): Promise<T> {
    const { root, step } = this.#context
    try {
      const result = await work()
      // What fails here is only the deleting, which the next run goes on with.
      await attempt(() => recoverLocked(root, step))
      return result
    } finally {
      unmarkProcesses()
      await this.#lock.release()
    }
  }

  #whileOpen(work: () => Promise<void>): Promise<Outcome<void>> {
    return attempt(() => {
      if (this.#closed) throw new TreeRefusal(closedError())
      return work()
    })
  }
}

function closedError() {
  return treeError('closed', 'The transaction is closed.', 'Begin a new one.')
}
