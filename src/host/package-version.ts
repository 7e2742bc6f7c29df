import type { DetectionContext } from './context.js'
import { joinPath } from './host-files.js'
import { lockedVersion } from './locked-version.js'

export interface Version {
  major: number
  /** Infinity where any of the major version can be installed. */
  minor: number
}

/**
 * The version of a package that is installed, else the one that the lock file has, else the highest
 * that package.json allows.
 *
 * @param latest the major version where nothing is said of one
 */
export function packageVersion(context: DetectionContext, name: string, latest: number): Version {
  const { manifest, files, dir, installDir } = context
  const paths = [dir, installDir, ''].map((base) =>
    joinPath(base, `node_modules/${name}/package.json`),
  )
  const installed = files.read(files.firstFile(paths) ?? '') ?? ''
  const exact =
    /"version"\s*:\s*"(\d+)\.(\d+)/.exec(installed) ??
    /^(\d+)\.(\d+)/.exec(lockedVersion(context, name) ?? '')
  if (exact) return { major: Number(exact[1]), minor: Number(exact[2]) }
  const range = /([~^]?)\s*(\d+)(?:\.(\d+))?/.exec(manifest.rangeOf(name) ?? '')
  if (!range) return { major: latest, minor: Infinity }
  const [, operator, major, minor] = range
  // Of a version 0, `^` allows no other minor one.
  const isPinned = (operator !== '^' || Number(major) === 0) && minor !== undefined
  return { major: Number(major), minor: isPinned ? Number(minor) : Infinity }
}

/** '4.16', or '4' where any of it can be installed. */
export function versionWords({ major, minor }: Version): string {
  return minor === Infinity ? String(major) : `${major}.${minor}`
}
