import { createHash, createHmac, randomBytes } from 'node:crypto'
import { open, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { naming, syncFolder, writeDurable } from './durable.js'
import { systemCode } from './errors.js'
import { isTrusted, stateFolders, writeState } from './state-folder.js'

/**
 * What a journal is sealed with. It is kept in the user's own state folder, so nobody who brings a
 * repository can make a journal, and it ends with its transaction, so an old journal that comes
 * back means nothing.
 */
export interface TransactionKey {
  id: string
  /** Where it is kept. */
  file: string
  secret: string
  /** Absolute real path of the host it was made for. */
  root: string
  /**
   * Seal of the last line that is known to be in the journal; null before the first. The host is
   * touched only after it is noted, so a journal that ends before it has lost something, and what
   * stands behind it announces nothing that was begun.
   */
  head: string | null
}

const ID = /^[0-9a-f]{32}$/
const SEAL = /^[0-9a-f]{64}$/

export function isTransactionId(text: unknown): text is string {
  return typeof text === 'string' && ID.test(text)
}

/** Makes the key of a new transaction and returns when it is on the disk. */
export async function createKey(root: string): Promise<TransactionKey> {
  const id = randomBytes(16).toString('hex')
  const secret = randomBytes(32).toString('hex')
  const name = fileName(root, id)
  return writeState(root, async (folder) => {
    const file = join(folder, name)
    try {
      await writeDurable(file, JSON.stringify({ root, secret }) + '\n', { mode: 0o600 })
      await syncFolder(folder)
    } catch (cause) {
      await rm(file, { force: true })
      throw cause
    }
    return { id, file, secret, root, head: null }
  })
}

/** The key of a transaction in this host; null when this user on this machine has none. */
export async function findKey(root: string, id: string): Promise<TransactionKey | null> {
  for (const folder of stateFolders(root)) {
    if (!(await isTrusted(folder))) continue
    const key = await readKey(join(folder, fileName(root, id)), id)
    if (key !== null && key.root === root) return key
  }
  return null
}

/** The path of the host that the transaction was begun in, if it was another one. */
export async function findOtherRoot(root: string, id: string): Promise<string | null> {
  for (const folder of stateFolders(root)) {
    if (!(await isTrusted(folder))) continue
    for (const name of await readdir(folder)) {
      if (!name.endsWith(`-${id}`)) continue
      const key = await readKey(join(folder, name), id)
      if (key !== null) return key.root
    }
  }
  return null
}

/** Notes that the journal has come as far as this seal. */
export async function noteHead({ file }: TransactionKey, seal: string): Promise<void> {
  await naming(file, async () => {
    const handle = await open(file, 'a')
    try {
      // A line that was cut off before stays a line of its own.
      await handle.writeFile(`\n${seal}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
  })
}

/** Deletes the keys of this host's transactions that have ended. */
export async function forgetKeys(root: string, living: Set<string>): Promise<void> {
  for (const folder of stateFolders(root)) {
    if (!(await isTrusted(folder))) continue
    for (const name of await readdir(folder)) {
      const id = name.slice(-32)
      if (name === fileName(root, id) && !living.has(id)) await rm(join(folder, name))
    }
  }
}

/** The seal of a journal's line; each one hangs on the one before, the first on host and id. */
export function sealOf(key: TransactionKey, before: string | null, line: string): string {
  const origin = before ?? JSON.stringify([key.id, key.root])
  return createHmac('sha256', key.secret).update(`${origin}\n${line}`).digest('hex')
}

function fileName(root: string, id: string): string {
  return `${createHash('sha256').update(root).digest('hex').slice(0, 32)}-${id}`
}

async function readKey(file: string, id: string): Promise<TransactionKey | null> {
  const [first = '', ...heads] = (await readIfThere(file)).split('\n').slice(0, -1)
  try {
    const { root, secret } = JSON.parse(first) as Record<string, unknown>
    if (typeof root !== 'string' || typeof secret !== 'string') return null
    return { id, file, secret, root, head: heads.findLast((line) => SEAL.test(line)) ?? null }
  } catch {
    // Cut off while it was made: nothing was sealed with it.
    return null
  }
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return ''
    throw cause
  }
}
