import { chmod, mkdir, readFile, rename, rm, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { contentHash } from './content-hash.js'
import { place, writeDurable, type Step } from './durable.js'
import { systemCode } from './errors.js'
import type { PriorFile } from './journal-entry.js'
import { layout } from './layout.js'
import { copyDamaged } from './reversible.js'

/** Puts a file's prior content, which is checked by its hash, back in its place in one step. */
export async function restoreFile(
  root: string,
  path: string,
  before: PriorFile,
  step: Step,
): Promise<void> {
  const { transaction, work } = layout(root)
  const copy = join(transaction, before.copy)
  const target = join(root, path)
  const finished = join(work, 'restored')
  const bytes = await readFile(copy)
  if (contentHash(bytes) !== before.hash)
    throw copyDamaged(transaction, [{ path, copy: before.copy }])
  await mkdir(dirname(target), { recursive: true })
  try {
    await rm(finished, { force: true })
    await writeDurable(finished, bytes, before)
  } catch (cause) {
    if (!['ENOSPC', 'EDQUOT'].includes(systemCode(cause) ?? '')) throw cause
    await rm(finished, { force: true })
    return placeCopyItself(copy, target, before, step)
  }
  await step(`restore ${target}`)
  await place(finished, target)
}

/** On a full disk the copy itself is the file: it needs no more room. */
async function placeCopyItself(copy: string, target: string, before: PriorFile, step: Step) {
  await chmod(copy, before.mode & 0o7777)
  await utimes(copy, new Date(), before.mtime)
  await step(`restore ${target}`)
  await rename(copy, target)
}
