import { statSync } from 'node:fs'
import type { HostProblem } from './detection.js'
import { HostFiles } from './host-files.js'
import type { Manifest } from './manifest.js'
import { PackageSet } from './packages/package-set.js'

export type OpenedHost =
  | {
      files: HostFiles
      packages: PackageSet
      /** The root's package, or the first one below it. */
      first: Manifest
      problem: null
    }
  | { problem: HostProblem }

/**
 * Opens a directory as a host: a set of packages, at least one.
 *
 * @param ignored what git leaves out, see HostFiles
 */
export function openHost(root: string, ignored: ReadonlySet<string>): OpenedHost {
  if (!isDirectory(root)) {
    return refuse(
      'not_a_directory',
      `${root} is not a directory.`,
      'Name the repository with --cwd.',
    )
  }
  const files = new HostFiles(root, ignored)
  const packages = PackageSet.find(files)
  if (packages === null) {
    return refuse(
      'invalid_package_json',
      'package.json is not valid JSON.',
      'Repair package.json; `npm pkg get name` shows where it breaks.',
    )
  }
  const [first] = packages.manifests
  if (first === undefined) {
    return refuse(
      'no_package_json',
      'There is no package.json in this directory, nor in the two levels of folders below it.',
      "Run it in the repository's root, or name the repository with --cwd.",
    )
  }
  return { files, packages, first, problem: null }
}

function refuse(code: string, message: string, hint: string): { problem: HostProblem } {
  return { problem: { code, message, hint, evidence: [] } }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
