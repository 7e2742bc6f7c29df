import type { Sources } from './sources.js'

/** More than this is never read in one search, however large the host is. */
const MAX_FILES = 250

interface Reach {
  from: string[]
  /** Files that are likely to be what is looked for come before their siblings. */
  likely?: RegExp
  maxFiles?: number
  /** Files that an earlier search has been through. */
  seen?: Set<string>
}

interface Search extends Reach {
  /** Whether a file is what is looked for. */
  matches: (file: string, text: string) => boolean
}

/**
 * Follows imports from the given files, nearest first, and stops at the nearest distance at
 * which something matches. Everything that matches there is given, in the order of the imports.
 */
export function nearest(sources: Sources, search: Search): string[] {
  for (const level of levels(sources, search)) {
    const found = level.filter((file) => search.matches(file, sources.files.read(file) ?? ''))
    if (found.length > 0) return found
  }
  return []
}

/** What is reached from the given files, nearest first, found as it is asked for. */
export function* reachable(sources: Sources, reach: Reach): Generator<string> {
  for (const level of levels(sources, reach)) yield* level
}

/** As `reachable`, all files of one distance together; first the given ones themselves. */
export function* levels(sources: Sources, reach: Reach): Generator<string[]> {
  const { maxFiles = MAX_FILES, seen = new Set<string>(), likely } = reach
  let level = reach.from.filter((file) => sources.files.isFile(file))
  let left = maxFiles
  while (level.length > 0 && left > 0) {
    const fresh = [...new Set(level)].filter((file) => !seen.has(file)).slice(0, left)
    for (const file of fresh) seen.add(file)
    left -= fresh.length
    yield fresh
    level = importedBy(sources, fresh, left, likely)
  }
}

/** Imports are resolved on the disk, so only as many are as will be looked at. */
function importedBy(
  sources: Sources,
  files: string[],
  limit: number,
  likely: RegExp | undefined,
): string[] {
  const imports = files.flatMap((file) =>
    sources.specifiersOf(file).map((specifier) => ({ file, specifier })),
  )
  const ordered = likely
    ? [...imports].sort(
        (a, b) => Number(likely.test(b.specifier)) - Number(likely.test(a.specifier)),
      )
    : imports
  const found = new Set<string>()
  for (const { file, specifier } of ordered) {
    // Some of what is found has been seen before, which leaves room for others.
    if (found.size >= 2 * limit) break
    const path = sources.resolve(file, specifier)
    if (path !== null) found.add(path)
  }
  return [...found]
}
