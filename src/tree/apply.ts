import { mkdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import type { Change } from '../types.js'
import { hashOnDisk } from './disk.js'
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
import { appendJournal, readJournal } from './journal.js'
import { layout } from './layout.js'
import { acquireLock, type Lock } from './lock.js'
import { processIdentity } from './process-identity.js'
import { protectPackages } from './protect.js'
import { recoverLocked, settle, takeBack, type Recovery } from './recover.js'
import { resolveTargets, type Target } from './targets.js'
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
  const opened = await attempt(async () => acquireLock(await realpath(root)))
  const lock = opened.ok ? opened.value : opened
  if (!lock.ok) return fail(lock.error)
  const outcome = await attempt(async () =>
    open(await realpath(root), changes, options, lock.value),
  )
  if (!outcome.ok) await lock.value.release()
  return outcome
}

async function open(root: string, changes: Change[], options: BeginOptions, lock: Lock) {
  const step = options.onStep ?? noStep
  await recoverLocked(root, step)
  const targets = resolveTargets(root, changes)
  const { home, transaction, work } = layout(root)
  await step('open transaction')
  await mkdir(transaction)
  await mkdir(join(transaction, 'before'))
  await mkdir(work)
  await appendJournal(transaction, [{ op: 'begin', version: 1, at: new Date().toISOString() }])
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

  /** Writes the changes given to `begin`. */
  apply(): Promise<Outcome<void>> {
    return this.#whileOpen(() => writeChanges(this.#context, this.#targets))
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
    return this.#whileOpen(() =>
      appendJournal(layout(this.#context.root).transaction, [
        { op: 'process', leader, identity: processIdentity(leader) },
      ]),
    )
  }

  /**
   * Makes the change final, and the journal the record that `undo` works from. Without any change
   * an earlier record stays. An abort is heard until the change is final: a commit that succeeded
   * stands, whatever the signal says afterwards.
   */
  async commit(): Promise<Outcome<void>> {
    const journal = layout(this.#context.root).transaction
    const entries = await attempt(() => readJournal(journal))
    if (entries.ok && entries.value.every(({ op }) => op === 'begin' || op === 'process')) {
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

  /** Brings the host back byte for byte. Harmless when the transaction is closed already. */
  async rollback(): Promise<Outcome<Recovery>> {
    if (this.#closed) return succeed({ restored: false, kept: [] })
    this.#closed = true
    return attempt(() => this.#tidy(() => takeBack(this.#context.root, this.#context.step)))
  }

  async #markCommitted(): Promise<void> {
    const { root, step, signal } = this.#context
    const { transaction } = layout(root)
    const after: Record<string, string | null> = {}
    for (const entry of await readJournal(transaction)) {
      if (entry.op === 'file') after[entry.path] = await hashOnDisk(join(root, entry.path))
    }
    // The last moment at which an interruption can still be heard.
    stopIfAborted(signal)
    await step('journal commit')
    await appendJournal(transaction, [{ op: 'commit', at: new Date().toISOString(), after }])
  }

  async #tidy<T>(work: () => Promise<T>): Promise<T> {
    const { root, step } = this.#context
    try {
      const result = await work()
      await recoverLocked(root, step)
      return result
    } finally {
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
