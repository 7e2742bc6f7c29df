import { basename, join } from 'node:path'
import { entryOnDisk, hashOnDisk, stateOnDisk } from './disk.js'
import { treeError, TreeRefusal } from './errors.js'
import { isSame } from './journal-entry.js'
import { HOME } from './layout.js'
import { parentPaths } from './paths.js'
import type { Reversible } from './reverse.js'

/**
 * Looks at everything that reversing needs before any of it is touched: no path leads through a
 * link, nothing stands where a file is to be put, and every copy is in the journal's `folder` with
 * its hash. Throws `TreeRefusal` otherwise.
 */
export async function checkReversible(
  root: string,
  folder: string,
  { histories, moved, directories }: Reversible,
): Promise<void> {
  const files = histories.map(([first]) => first)
  for (const { path } of [...files, ...moved, ...directories]) await checkParents(root, path)
  const missing: { path: string; copy: string }[] = []
  for (const { path, before } of files) {
    if (before === null || isSame(await stateOnDisk(join(root, path)), before)) continue
    const kind = await entryOnDisk(join(root, path))
    if (kind === 'folder' || kind === 'other') throw inTheWay(path)
    const copy = join(folder, before.copy)
    if ((await hashOnDisk(copy)) !== before.hash) missing.push({ path, copy: before.copy })
  }
  for (const { path, aside } of moved) {
    if (aside === null || (await entryOnDisk(join(root, path))) !== 'absent') continue
    const copy = join(folder, aside)
    if ((await entryOnDisk(copy)) === 'absent') missing.push({ path, copy: aside })
  }
  if (missing.length > 0) throw copyDamaged(folder, missing)
}

/** Paths were noted as the places they really lead to, so a link in one came later. */
async function checkParents(root: string, path: string): Promise<void> {
  for (const parent of parentPaths(path)) {
    const kind = await entryOnDisk(join(root, parent))
    if (kind === 'absent') return
    if (kind !== 'folder') throw inTheWay(parent)
  }
}

function inTheWay(path: string): TreeRefusal {
  return new TreeRefusal(
    treeError(
      'path_conflict',
      `${path} has been replaced since, so the change cannot be put back through it. ` +
        'Nothing was touched.',
      `Move ${path} away, then run again.`,
      path,
    ),
  )
}

export function copyDamaged(
  folder: string,
  missing: { path: string; copy: string }[],
): TreeRefusal {
  const place = `${HOME}/${basename(folder)}`
  return new TreeRefusal(
    treeError(
      'journal_damaged',
      `Prior contents are missing or changed in ${place}, so nothing was put back.`,
      `Put these right from version control; the other copies are in ${place}/before, and ` +
        `${place}/journal.ndjson says which file each one is of. Then delete the folder ${place}.`,
      place,
      missing.map(({ path, copy }) => ({ path, reason: `its copy is not in ${place}/${copy}.` })),
    ),
  )
}
