import type { DetectionContext } from './context.js'
import { folderOf, joinPath } from './host-files.js'

interface Wanted {
  name: string
  /** What package.json asks for: '^4.16.2'. */
  range: string
  /** Folder of the package, seen from that of the lock file: '.' for the same. */
  importer: string
}

/** The version that a lock file says will be installed: '4.16.3'. Null where it does not say. */
type ReadLock = (text: string, wanted: Wanted) => string | null

/** A lock file of another program is one entry here. */
const LOCK_FILES: Record<string, ReadLock> = {
  'package-lock.json': fromNpm,
  'npm-shrinkwrap.json': fromNpm,
  'pnpm-lock.yaml': fromPnpm,
  'yarn.lock': fromYarn,
  'bun.lock': (text, { name }) => after(text, `"${name}": ["${name}@`, VERSION),
}

/**
 * The version of a package that the lock files have, the nearest to the package first. Null where
 * there is none, where it does not name the package, and where two of one folder disagree.
 */
export function lockedVersion(context: DetectionContext, name: string): string | null {
  const { files, dir, manifest } = context
  const range = manifest.rangeOf(name)
  if (range === null) return null
  for (let folder = dir; ; folder = folderOf(folder)) {
    const importer = folder === dir ? '.' : dir.slice(folder === '' ? 0 : folder.length + 1)
    const found = Object.entries(LOCK_FILES).flatMap(([file, read]) => {
      const text = files.read(joinPath(folder, file))
      return text === null ? [] : [read(text, { name, range, importer })]
    })
    const versions = new Set(found)
    if (versions.size === 1) return found[0] ?? null
    if (versions.size > 1 || folder === '') return null
  }
}

/** At the start of what follows the name; a later one is another package's. */
const VERSION = /^[\s"'v]*(\d+\.\d+\.\d+)/
/** So many characters behind a package's name its version is found, or not at all. */
const NEAR = 400

/** The one group of a pattern in what follows a text; null when one of both is not there. */
function after(text: string, start: string, pattern: RegExp): string | null {
  const at = text.indexOf(start)
  if (at === -1) return null
  const behind = text.slice(at + start.length, at + start.length + NEAR)
  return pattern.exec(behind)?.[1] ?? null
}

/** By the folder that it is installed in; files of npm 6 have its name alone. */
function fromNpm(text: string, { name, importer }: Wanted): string | null {
  const entry = /^\s*:\s*\{\s*"version"\s*:\s*"(\d+\.\d+\.\d+)/
  const nested = importer === '.' ? [] : [`\n    "${importer}/node_modules/${name}"`]
  const places = [...nested, `\n    "node_modules/${name}"`, `\n    "${name}"`]
  return first(places.map((place) => after(text, place, entry)))
}

/** Of the package that imports it: one version of several may be another package's. */
function fromPnpm(text: string, { name, importer }: Wanted): string | null {
  const own = section(text, '\nimporters:\n', /\n\S/)
  const part = own === null ? text : section(own, `\n  ${importer}:\n`, /\n {2}\S/)
  if (part === null) return null
  // What is asked for stands above that in older files.
  const listed = part.slice(part.search(/^ *\w*dependencies:/im))
  const entry = /^\s*(?:\n\s+specifier:[^\n]*\n\s+version:\s*)?['"]?(\d+\.\d+\.\d+)/
  return first([name, `'${name}'`].map((key) => after(listed, ` ${key}:`, entry)))
}

/** By what is asked for: one entry stands for all that ask for the same. */
function fromYarn(text: string, { name, range }: Wanted): string | null {
  const keys = [`${name}@${range}`, `${name}@npm:${range}`]
  const entry = /^["']?(?:,[^\n]*)?:\s*\n\s+version:?\s*"?(\d+\.\d+\.\d+)/
  const starts = keys.flatMap((key) => [`\n${key}`, `\n"${key}`, `, ${key}`, `, "${key}`])
  return first(starts.map((start) => after(text, start, entry)))
}

/** What stands behind a line, up to where the next one like it begins. */
function section(text: string, start: string, next: RegExp): string | null {
  const at = `\n${text}`.indexOf(start)
  if (at === -1) return null
  // With its last line break, so that its first line has one before it.
  const rest = `\n${text}`.slice(at + start.length - 1)
  const end = rest.slice(1).search(next)
  return end === -1 ? rest : rest.slice(0, end + 2)
}

function first(found: (string | null)[]): string | null {
  return found.find((version) => version !== null) ?? null
}
