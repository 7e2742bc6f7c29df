import { lstat, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Conflict } from '../types.js'
import { entryOnDisk } from './disk.js'
import { writeDurable, type Step } from './durable.js'
import { treeError, TreeRefusal } from './errors.js'
import { HOME, layout } from './layout.js'
import { parentPaths } from './paths.js'

/** Saves what somebody made of a file since it was written, before the file makes way. */
export async function keepEdit(root: string, path: string, step: Step): Promise<Conflict> {
  const { kept } = layout(root)
  for (const parent of ['', ...parentPaths(path)]) await makeFolder(join(kept, parent), parent)
  const name = await freeName(kept, path)
  await step(`keep ${path}`)
  const { mode } = await lstat(join(root, path))
  await writeDurable(join(kept, name), await readFile(join(root, path)), { mode: mode & 0o777 })
  return {
    path,
    reason: `${path} was edited meanwhile; that version is in ${HOME}/kept/${name}.`,
  }
}

/** An edit that was kept earlier is not lost for a later one. */
async function freeName(kept: string, path: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? path : `${path}.${number}`
    if ((await entryOnDisk(join(kept, name))) === 'absent') return name
  }
}

async function makeFolder(folder: string, name: string): Promise<void> {
  const kind = await entryOnDisk(folder)
  if (kind === 'absent') await mkdir(folder, { mode: 0o700 })
  else if (kind !== 'folder') {
    const place = `${HOME}/kept/${name}`
    const hint = `Move ${place} away, then run again.`
    throw new TreeRefusal(treeError('not_ours', `${place} is not a folder.`, hint, place))
  }
}
