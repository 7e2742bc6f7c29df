import { appendJournal } from './journal.js'
import type { JournalEntry } from './journal-entry.js'
import { layout } from './layout.js'
import { processIdentity } from './process-identity.js'

/** Notes a process group that may write to the host or the journal, so that recovery ends it. */
export function recordProcess(root: string, leader: number): Promise<void> {
  const identity = processIdentity(leader)
  const entry: JournalEntry = { op: 'process', leader, identity }
  return appendJournal(root, layout(root).transaction, [entry])
}
