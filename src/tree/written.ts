import { realpath } from 'node:fs/promises'
import { exists } from './disk.js'
import { attempt } from './errors.js'
import { readJournal } from './journal.js'
import { layout } from './layout.js'

/** SHA-256 of each content that a run has written, by path. */
export type Written = ReadonlyMap<string, ReadonlySet<string>>

/**
 * What the last applied change wrote into a host. Empty where there was none, and where its record
 * is not one of this user on this machine: then nothing shows who wrote a file.
 */
export async function lastWritten(folder: string): Promise<Written> {
  const read = await attempt(async () => {
    const root = await realpath(folder)
    const { undo } = layout(root)
    if (!(await exists(undo))) return new Map<string, Set<string>>()
    const written = new Map<string, Set<string>>()
    for (const entry of (await readJournal(root, undo)).entries) {
      if (entry.op !== 'file' || entry.after === null) continue
      written.set(entry.path, new Set(written.get(entry.path)).add(entry.after))
    }
    return written
  })
  return read.ok ? read.value : new Map<string, Set<string>>()
}
