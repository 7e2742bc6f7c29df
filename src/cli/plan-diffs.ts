import { relative, resolve, sep } from 'node:path'
import { unifiedDiff } from '../tree/diff.js'
import type { Change } from '../types.js'

/** The changes as unified diffs, by path. `originals` has the host's text of what it has already. */
export function diffsOf(changes: Change[], originals: Map<string, string>): Map<string, string> {
  return new Map(
    changes.map(({ path, content }) => {
      return [path, unifiedDiff(path, originals.get(path) ?? null, content)] as const
    }),
  )
}

/**
 * Which paths of a plan `--diff PATH` means: the file, or what lies in the folder, read as relative
 * to the folder the command was started for, and to the root, as paths are shown. '' means all.
 */
export function below(wanted: string, cwd: string, root: string): (path: string) => boolean {
  const places = [resolve(cwd, wanted), resolve(root, wanted)].map((place) => {
    return relative(root, place).split(sep).join('/')
  })
  return (path) =>
    wanted === '' ||
    places.some((place) => place === '' || path === place || path.startsWith(`${place}/`))
}
