import { existsSync, lstatSync, realpathSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { Change, Conflict } from '../types.js'
import { treeError, TreeRefusal, type TreeError } from './errors.js'
import { hostFiles } from './host-files.js'
import { parentPaths } from './paths.js'

/** A change with the place it is really written to, behind every symbolic link. */
export interface Target {
  /** Relative to the root. */
  path: string
  change: Change
}

/**
 * Checks every change against the disk before the first is written. Throws `TreeRefusal`:
 * `stale_content` with all files that changed since planning, or what makes a path unusable.
 */
export function resolveTargets(root: string, changes: Change[]): Target[] {
  const host = hostFiles(root)
  const stale: Conflict[] = []
  for (const change of changes) {
    const entry = host.inspect(change.path)
    if (entry.kind === 'blocked') throw new TreeRefusal(entry.error)
    const hash = entry.kind === 'file' ? entry.hash : null
    if (hash !== change.baseHash)
      stale.push({ path: change.path, reason: staleReason(change, hash) })
  }
  if (stale.length > 0) throw new TreeRefusal(staleError(stale))
  const targets = changes.map((change) => ({ change, path: realPlace(root, change.path) }))
  const clash = findClash(targets)
  if (clash !== null) throw new TreeRefusal(clash)
  return targets
}

/** Folders that are missing for these paths, outermost first. */
export function missingFolders(root: string, paths: string[]): string[] {
  const parents = new Set(paths.flatMap(parentPaths))
  return [...parents].filter((parent) => !existsSync(join(root, parent)))
}

/** The path below the root that `path` leads to; the file itself need not exist. */
export function realPlace(root: string, path: string): string {
  const missing: string[] = []
  let existing = join(root, path)
  while (lstatSync(existing, { throwIfNoEntry: false }) === undefined) {
    missing.unshift(relative(dirname(existing), existing))
    existing = dirname(existing)
  }
  const real = join(realpathSync(existing), ...missing)
  return relative(realpathSync(root), real).split(sep).join('/')
}

export function staleError(stale: Conflict[]): TreeError {
  const files = stale.map(({ path }) => path).join(', ')
  return treeError(
    'stale_content',
    `Changed since planning: ${files}.`,
    'Nothing was written. Run again to plan with the files as they are now.',
    stale[0]?.path ?? null,
    stale,
  )
}

function staleReason({ path, baseHash }: Change, hash: string | null): string {
  if (baseHash === null) return `${path} has been created since planning.`
  return hash === null
    ? `${path} has been deleted since planning.`
    : `${path} has changed since planning.`
}

function findClash(targets: Target[]): TreeError | null {
  const files = new Map<string, Change>()
  for (const { path, change } of targets) {
    const other = files.get(path)
    if (other !== undefined) return clashError(other.path, change.path)
    files.set(path, change)
  }
  for (const { path, change } of targets) {
    const parent = parentPaths(path).find((folder) => files.has(folder))
    if (parent !== undefined) return clashError(parent, change.path)
  }
  return null
}

function clashError(first: string, second: string): TreeError {
  return treeError(
    'path_conflict',
    `${first} and ${second} cannot both be written: they are the same place.`,
    'Choose folders that do not overlap with --server-dir and --client-dir.',
    second,
  )
}
