import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'

/** Every path below a folder with its kind, mode and content, for comparing two states of it. */
export function snapshot(root: string): Map<string, string> {
  const entries = new Map<string, string>()
  walk(root, '', entries)
  return entries
}

function walk(root: string, folder: string, entries: Map<string, string>): void {
  for (const name of readdirSync(join(root, folder)).sort()) {
    const path = folder === '' ? name : `${folder}/${name}`
    const absolute = join(root, path)
    const stats = lstatSync(absolute)
    if (stats.isSymbolicLink()) {
      entries.set(path, `link ${readlinkSync(absolute)}`)
    } else if (stats.isDirectory()) {
      entries.set(path, 'folder')
      walk(root, path, entries)
    } else {
      const hash = createHash('sha256').update(readFileSync(absolute)).digest('hex')
      entries.set(path, `file ${(stats.mode & 0o777).toString(8)} ${hash}`)
    }
  }
}

/** The paths at which two snapshots differ. */
export function differences(before: Map<string, string>, after: Map<string, string>): string[] {
  const paths = new Set([...before.keys(), ...after.keys()])
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort()
}

/** The same with what was there and what is, for a test that says what went wrong. */
export function described(before: Map<string, string>, after: Map<string, string>): string[] {
  return differences(before, after).map(
    (path) => `${path}: ${before.get(path) ?? 'nothing'} -> ${after.get(path) ?? 'nothing'}`,
  )
}
