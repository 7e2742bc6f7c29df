import { execFileSync } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { contentHash } from '../../../src/tree/content-hash.js'
import { createKey, noteHead, sealOf } from '../../../src/tree/transaction-key.js'
import { emptyFolder, write } from './host-folder.js'

/** A place with a repository and, beside it, what a forged one must not reach. */
export function makePlace(): { place: string; root: string } {
  const place = emptyFolder()
  const root = join(place, 'repository')
  write(place, 'outside/victim', 'precious\n')
  write(place, 'outside/secret', 'token\n', 0o600)
  write(place, 'outside/folder/file', 'in a folder\n')
  mkdirSync(join(place, 'outside/empty'))
  write(root, 'package.json', '{ "name": "host" }\n')
  write(root, 'inside.ts', 'let inside = 1\n')
  write(root, 'src/index.ts', 'listen()\n')
  symlinkSync('../outside', join(root, 'link'))
  execFileSync('git', ['init', '-q', root])
  write(root, '.git/hooks/post-checkout', '#!/bin/sh\n', 0o755)
  return { place, root }
}

export const VICTIM_HASH = contentHash('precious\n')

export const priorFile = (copy: string, hash = contentHash('copy\n')) => ({
  copy,
  hash,
  mode: 0o644,
  uid: 0,
  gid: 0,
  mtime: 1,
})

/** Removes a file, as a change that created it would be reversed. */
export const removal = (path: string) => ({
  op: 'file',
  path,
  before: null,
  after: null,
  staged: null,
})

/** Writes a file with the content of a copy. */
export const overwriting = (path: string, copy = 'before/1', hash?: string) => ({
  op: 'file',
  path,
  before: priorFile(copy, hash),
  after: null,
  staged: null,
})

/** Who seals a journal: nobody, as journals once were; somebody else; or really this user. */
export type Seal = 'none' | 'strange' | 'true'
export type Folder = 'transaction' | 'undo'

/** Puts a journal with the given entries into a repository, with one copy beside it. */
export async function forge(
  root: string,
  folder: Folder,
  seal: Seal,
  entries: object[],
): Promise<void> {
  const where = `.integrate-polar/${folder}`
  write(root, `${where}/before/1`, 'copy\n')
  if (folder === 'transaction') mkdirSync(join(root, where, 'work'))
  const commit = { op: 'commit', at: 'x', after: {} }
  const body = folder === 'undo' ? [...entries, commit] : entries
  if (seal === 'none') {
    const lines = [{ op: 'begin', version: 1, at: 'x' }, ...body].map((one) => JSON.stringify(one))
    write(root, `${where}/journal.ndjson`, lines.join('\n') + '\n')
    return
  }
  if (seal === 'true') write(root, '.integrate-polar/.gitignore', '*\n')
  const key = seal === 'true' ? await createKey(root) : null
  const id = key?.id ?? randomBytes(16).toString('hex')
  let last: string | null = null
  const lines = [{ op: 'begin', version: 2, id, at: 'x' }, ...body].map((one) => {
    const text = JSON.stringify(one)
    last =
      key === null
        ? createHmac('sha256', 'guess').update(`${last}\n${text}`).digest('hex')
        : sealOf(key, last, text)
    return `["${last}",${text}]\n`
  })
  write(root, `${where}/journal.ndjson`, lines.join(''))
  if (key !== null && last !== null) await noteHead(key, last)
}
