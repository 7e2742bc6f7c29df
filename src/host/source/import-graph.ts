import type { Sources } from './sources.js'

/** More than this is never read in one search, however large the host is. */
const MAX_FILES = 250

interface Search {
  from: string[]
  /** Whether a file is what is looked for. */
  matches: (file: string, text: string) => boolean
  /** Files that are likely to be it are looked at before their siblings. */
  likely?: RegExp
  maxFiles?: number
  /** Files already known not to match, and not to lead anywhere new. */
  seen?: Set<string>
}

/**
 * Follows imports from the given files, nearest first, and stops at the nearest distance at
 * which something matches. Everything that matches there is given, in the order of the imports.
 */
export function nearest(sources: Sources, search: Search): string[] {
  const { maxFiles = MAX_FILES, seen = new Set<string>() } = search
  let level = search.from
  let left = maxFiles
  while (level.length > 0 && left > 0) {
    const fresh = likelyFirst(unseen(level, seen), search.likely).slice(0, left)
    left -= fresh.length
    const found = fresh.filter((file) => search.matches(file, sources.files.read(file) ?? ''))
    if (found.length > 0) return found
    level = fresh.flatMap((file) => sources.importsOf(file))
  }
  return []
}

/** Everything that is reached from the given files, nearest first, up to a limit. */
export function reachable(sources: Sources, from: string[], maxFiles = MAX_FILES): string[] {
  const all: string[] = []
  nearest(sources, {
    from,
    maxFiles,
    matches: (file) => {
      all.push(file)
      return false
    },
  })
  return all
}

function unseen(files: string[], seen: Set<string>): string[] {
  return files.filter((file) => {
    if (seen.has(file)) return false
    seen.add(file)
    return true
  })
}

function likelyFirst(files: string[], likely: RegExp | undefined): string[] {
  if (!likely) return files
  return [...files].sort((a, b) => Number(likely.test(b)) - Number(likely.test(a)))
}
