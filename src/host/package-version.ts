import type { DetectionContext } from './context.js'
import { joinPath } from './host-files.js'

export interface Version {
  major: number
  /** Infinity where any of the major version can be installed. */
  minor: number
}

/**
 * The version of a package that is installed, else the highest that package.json allows.
 *
 * @param latest the major version where nothing is said of one
 */
export function packageVersion(
  { manifest, files, dir, installDir }: DetectionContext,
  name: string,
  latest: number,
): Version {
  const paths = [dir, installDir, ''].map((base) =>
    joinPath(base, `node_modules/${name}/package.json`),
  )
  const installed = files.read(files.firstFile(paths) ?? '') ?? ''
  const exact = /"version"\s*:\s*"(\d+)\.(\d+)/.exec(installed)
  if (exact) return { major: Number(exact[1]), minor: Number(exact[2]) }
  const range = /([~^]?)\s*(\d+)(?:\.(\d+))?/.exec(manifest.rangeOf(name) ?? '')
  if (!range) return { major: latest, minor: Infinity }
  const [, operator, major, minor] = range
  const isPinned = operator !== '^' && minor !== undefined
  return { major: Number(major), minor: isPinned ? Number(minor) : Infinity }
}

/** '4.16', or '4' where any of it can be installed. */
export function versionWords({ major, minor }: Version): string {
  return minor === Infinity ? String(major) : `${major}.${minor}`
}
