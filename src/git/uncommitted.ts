import { askGit } from './ask-git.js'

/** Folder of this program in a host; what stands there is not the user's work. */
const OWN_FOLDER = '.integrate-polar/'

/**
 * Files below `root` that git has no commit of: changed, staged, deleted, or new and not ignored.
 * Relative to the root, in git's order; a new folder counts as one. Null when there is no git
 * repository, or none that git can be asked about. Runs nothing that the repository brings.
 */
export async function uncommittedFiles(root: string): Promise<string[] | null> {
  const [prefix, filters] = await Promise.all([
    askGit(root, ['rev-parse', '--show-prefix']),
    filterSettings(root),
  ])
  if (prefix === null || filters === null) return null
  const status = await askGit(
    root,
    [
      ...['status', '--porcelain=v1', '-z', '--untracked-files=normal', '--no-renames'],
      // A submodule has a configuration of its own, which would be obeyed.
      ...['--ignore-submodules=all', '--', '.'],
    ],
    filters,
  )
  if (status === null) return null
  const inFront = prefix.replace(/\n$/, '')
  return status
    .split('\0')
    .map((entry) => entry.slice(3))
    .map((path) => (path.startsWith(inFront) ? path.slice(inFront.length) : path))
    .filter((path) => path !== '' && !path.startsWith(OWN_FOLDER))
}

/**
 * To compare a file, git sends it through the filter that `.gitattributes` names, a program from
 * the configuration. Each that is configured is made none at all. Reading the configuration itself
 * runs nothing.
 */
async function filterSettings(root: string): Promise<[string, string][] | null> {
  const listed = await askGit(root, ['config', '--list', '--name-only', '-z', '--includes'])
  if (listed === null) return null
  const names = listed.split('\0').flatMap((key) => {
    const name = /^filter\.([^]+)\.[^.]+$/i.exec(key)?.[1]
    return name === undefined ? [] : [name]
  })
  return [...new Set(names)].flatMap((name): [string, string][] => [
    [`filter.${name}.clean`, ''],
    [`filter.${name}.smudge`, ''],
    [`filter.${name}.process`, ''],
    [`filter.${name}.required`, 'false'],
  ])
}
