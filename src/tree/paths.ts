import { treeError, type TreeError } from './errors.js'

const RESERVED = new Set(['.git', 'node_modules', '.integrate-polar'])

/**
 * Checks a path as text: relative to the root, forward slashes, already normalised, and not in a
 * folder that no change of source may touch. Gives null when it is fine.
 */
export function pathError(path: string): TreeError | null {
  const outside = (why: string) =>
    treeError(
      'outside_root',
      `The path ${JSON.stringify(path)} ${why}.`,
      'Use a path below the project folder, with forward slashes and without "..".',
      path,
    )
  if (path.includes('\0')) return outside('contains a NUL character')
  if (path.includes('\\')) return outside('contains a backslash')
  if (path.startsWith('/')) return outside('is absolute')
  if (/^[a-z]:/i.test(path)) return outside('names a drive')
  const segments = path.split('/')
  if (segments.includes('..')) return outside('leaves the project folder')
  if (segments.some((segment) => segment === '' || segment === '.')) {
    return outside('is empty or not normalised')
  }
  const reserved = segments.find((segment) => RESERVED.has(segment.toLowerCase()))
  if (reserved === undefined) return null
  return treeError(
    'reserved_path',
    `The path ${JSON.stringify(path)} lies in ${reserved}, which is never changed as source.`,
    'Choose another folder with --server-dir or --client-dir.',
    path,
  )
}

/** 'a/b/c.ts' → ['a', 'a/b']: the folders a file stands in, outermost first. */
export function parentPaths(path: string): string[] {
  const segments = path.split('/')
  return segments.slice(0, -1).map((_, index) => segments.slice(0, index + 1).join('/'))
}
