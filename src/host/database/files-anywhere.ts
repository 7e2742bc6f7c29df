import { joinPath, type HostFiles } from '../host-files.js'

/** The search stops after so many folders, and below so many levels. */
const MAX_FOLDERS = 200
const MAX_DEPTH = 6

/** Files with this ending, wherever the repository has them, the nearest to its root first. */
export function filesAnywhere(files: HostFiles, ending: string): string[] {
  const found: string[] = []
  let folders = ['']
  let left = MAX_FOLDERS
  for (let depth = 0; depth < MAX_DEPTH && folders.length > 0 && left > 0; depth++) {
    const level = folders.slice(0, left)
    left -= level.length
    for (const folder of level) {
      const names = files.sourcesIn(folder).filter((name) => name.endsWith(ending))
      found.push(...names.map((name) => joinPath(folder, name)))
    }
    folders = level.flatMap((folder) =>
      files.foldersIn(folder).map((name) => joinPath(folder, name)),
    )
  }
  return found
}
