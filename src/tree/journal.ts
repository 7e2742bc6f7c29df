import { constants } from 'node:fs'
import { lstat, open, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { naming } from './durable.js'
import { systemCode, treeError, TreeRefusal } from './errors.js'
import { JOURNAL_VERSION, readEntry, type JournalEntry } from './journal-entry.js'
import { HOME } from './layout.js'
import { findKey, findOtherRoot, isTransactionId, noteHead, sealOf } from './transaction-key.js'
import type { TransactionKey } from './transaction-key.js'

const NAME = 'journal.ndjson'

/** A journal whose every line was written by this user on this machine, for this host. */
export interface Journal {
  key: TransactionKey
  entries: JournalEntry[]
  /** Seal of its last line. */
  seal: string
  /** Bytes up to the end of its last line; what stands behind was cut off while written. */
  length: number
}

/** Begins the journal of a transaction in its new folder. */
export async function beginJournal(folder: string, key: TransactionKey): Promise<void> {
  const at = new Date().toISOString()
  await write(folder, key, { seal: null, length: 0 }, [
    { op: 'begin', version: JOURNAL_VERSION, id: key.id, at },
  ])
}

/** Appends entries and returns when they are on the disk: only then may the host be touched. */
export async function appendJournal(
  root: string,
  folder: string,
  entries: JournalEntry[],
): Promise<void> {
  const journal = await readJournal(root, folder)
  await write(folder, journal.key, journal, entries)
}

/**
 * Reads a journal. Throws `TreeRefusal` with `not_ours` when this user on this machine has not
 * written it, and with `journal_damaged` when it is not whole. Lines that were being written when
 * the run died are left out: what they announce was not begun.
 */
export async function readJournal(root: string, folder: string): Promise<Journal> {
  const bytes = await readWhole(folder)
  const lines = linesOf(bytes)
  const key = await keyOf(root, folder, lines[0])
  const entries: JournalEntry[] = []
  let [seal, length, headSeen]: [string | null, number, boolean] = [null, 0, key.head === null]
  for (const line of lines) {
    const [written, text] = splitLine(line)
    const expected = sealOf(key, seal, text)
    if (written !== expected) break
    const entry = readEntry(parse(text))
    if (entry === null) throw damaged(folder, 'has an entry that this version does not know')
    entries.push(entry)
    seal = expected
    length += Buffer.byteLength(line) + 1
    headSeen ||= seal === key.head
  }
  if (seal === null || !headSeen) throw damaged(folder, 'was cut or changed')
  return { key, entries, seal, length }
}

/**
 * What a journal says of its change: it is `open`, or it stands until the user takes it back
 * (`settled`), or that has begun (`undoing`).
 */
export function stateOf(entries: JournalEntry[]): 'open' | 'settled' | 'undoing' {
  switch (entries.at(-1)?.op) {
    case 'commit':
    case 'undone':
      return 'settled'
    case 'undo':
      return 'undoing'
    default:
      return 'open'
  }
}

async function write(
  folder: string,
  key: TransactionKey,
  { seal, length }: { seal: string | null; length: number },
  entries: JournalEntry[],
): Promise<void> {
  let last = seal
  const lines = entries.map((entry) => {
    const text = JSON.stringify(entry)
    last = sealOf(key, last, text)
    return `["${last}",${text}]\n`
  })
  if (last === null || entries.length === 0) return
  const path = join(folder, NAME)
  await naming(path, async () => {
    const handle = await open(path, constants.O_RDWR | constants.O_CREAT)
    try {
      await handle.truncate(length)
      await handle.write(lines.join(''), length)
      await handle.sync()
    } finally {
      await handle.close()
    }
  })
  await noteHead(key, last)
}

async function readWhole(folder: string): Promise<Buffer> {
  const path = join(folder, NAME)
  try {
    if ((await lstat(path)).isFile()) return await readFile(path)
  } catch (cause) {
    if (systemCode(cause) !== 'ENOENT') throw cause
    throw damaged(folder, 'is missing')
  }
  throw damaged(folder, 'is no regular file')
}

/** Complete lines only; one that is not UTF-8 cannot have a true seal. */
function linesOf(bytes: Buffer): string[] {
  return bytes.toString('utf8').split('\n').slice(0, -1)
}

const LINE = /^\["([0-9a-f]{64})",(.*)\]$/

function splitLine(line: string): [seal: string, text: string] {
  const [, seal = '', text = ''] = LINE.exec(line) ?? []
  return [seal, text]
}

async function keyOf(root: string, folder: string, first = ''): Promise<TransactionKey> {
  const begin = parse(splitLine(first)[1])
  const id = typeof begin === 'object' && begin !== null && 'id' in begin ? begin.id : null
  if (!isTransactionId(id)) throw damaged(folder, 'has no beginning that this version knows')
  const key = await findKey(root, id)
  if (key === null) throw notOurs(folder, await findOtherRoot(root, id))
  return key
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function damaged(folder: string, what: string): TreeRefusal {
  const place = `${HOME}/${basename(folder)}`
  return new TreeRefusal(
    treeError(
      'journal_damaged',
      `${place}/${NAME} ${what}, so what it says is not followed. Nothing was touched.`,
      whatToDo(place),
      `${place}/${NAME}`,
    ),
  )
}

function notOurs(folder: string, otherRoot: string | null): TreeRefusal {
  const place = `${HOME}/${basename(folder)}`
  const [why, first] =
    otherRoot === null
      ? ['was not written here by you on this machine', '']
      : [
          `was written in ${otherRoot}, not here`,
          `If the project was moved, move it back there and run again. Otherwise: `,
        ]
  return new TreeRefusal(
    treeError(
      'not_ours',
      `${place} ${why}, so it is not followed. Nothing was touched.`,
      first + whatToDo(place),
      place,
    ),
  )
}

/** True of both folders: what they hold is the only thing that is lost with them. */
function whatToDo(place: string): string {
  return place.endsWith('/undo')
    ? `Nothing in the project needs it, it only serves to undo an earlier run (prior contents ` +
        `are in ${place}/before). Delete the folder ${place}, then run again.`
    : `If the folder came with the repository, delete ${place} and run again. If a run of yours ` +
        `was cut off: prior contents of files that it changed are in ${place}/before, and a prior ` +
        `node_modules in ${place}/work; compare the project with version control before you delete it.`
}
