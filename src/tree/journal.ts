import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { place, syncFolder, writeDurable, type FileAttributes } from './durable.js'
import { systemCode, treeError, TreeRefusal } from './errors.js'

/** A file as it was: its bytes are in `copy`, relative to the journal's folder. */
export interface PriorFile extends FileAttributes {
  copy: string
  hash: string
}

/** What is about to be done to the host. Paths are relative to the root. */
export type JournalEntry =
  | { op: 'begin'; version: 1; at: string }
  | { op: 'directory'; path: string }
  /**
   * `after` is the hash of what will be written; null when another program writes it. `staged`
   * (relative to the journal's folder) is the finished file: while it is there, it has not been
   * put in place.
   */
  | {
      op: 'file'
      path: string
      before: PriorFile | null
      after: string | null
      staged: string | null
    }
  /** `aside` (relative to the journal's folder) takes the folder; null when there is none. */
  | { op: 'moved'; path: string; aside: string | null }
  /** A process group that may write to the host. */
  | { op: 'process'; leader: number; identity: string | null }
  /** From here the change stands. `after` has the hash of every file, null where there is none. */
  | { op: 'commit'; at: string; after: Record<string, string | null> }
  /** The user takes the change back. */
  | { op: 'undo'; at: string }

export type FileEntry = Extract<JournalEntry, { op: 'file' }>
export type MovedEntry = Extract<JournalEntry, { op: 'moved' }>
export type CommitEntry = Extract<JournalEntry, { op: 'commit' }>

const NAME = 'journal.ndjson'

/** Appends entries and returns when they are on the disk: only then may the host be touched. */
export async function appendJournal(folder: string, entries: JournalEntry[]): Promise<void> {
  const handle = await open(join(folder, NAME), 'a')
  try {
    await handle.writeFile(entries.map((entry) => JSON.stringify(entry) + '\n').join(''))
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export async function replaceJournal(folder: string, entries: JournalEntry[]): Promise<void> {
  const finished = join(folder, `${NAME}-new`)
  await writeDurable(finished, entries.map((entry) => JSON.stringify(entry) + '\n').join(''))
  await place(finished, join(folder, NAME))
  await syncFolder(folder)
}

/**
 * The entries of a journal, none when there is no journal. A last line without its line break was
 * being written when the run died, so what it announces was not begun.
 */
export async function readJournal(folder: string): Promise<JournalEntry[]> {
  const text = await readText(join(folder, NAME))
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => parseEntry(line))
}

/** The entry that settles the change, null while it is open or being undone. */
export function committed(entries: JournalEntry[]): CommitEntry | null {
  const last = entries.at(-1)
  return last?.op === 'commit' ? last : null
}

function parseEntry(line: string): JournalEntry {
  try {
    return JSON.parse(line) as JournalEntry
  } catch {
    throw new TreeRefusal(
      treeError(
        'journal_damaged',
        'The journal of an interrupted run is damaged and cannot be replayed.',
        'Compare the project with version control; the prior contents are in ' +
          '.integrate-polar/transaction/before. Then delete the folder .integrate-polar.',
        '.integrate-polar/transaction/journal.ndjson',
      ),
    )
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return ''
    throw cause
  }
}
