import { statSync } from 'node:fs'
import type { HostProblem } from './detection.js'
import { HostFiles } from './host-files.js'
import { isRecord, Manifest } from './manifest.js'

export type OpenedHost =
  { files: HostFiles; manifest: Manifest; problem: null } | { problem: HostProblem }

/** Opens a directory as a host: there is a package.json, and it stands for one package. */
export function openHost(root: string): OpenedHost {
  if (!isDirectory(root)) {
    return refuse(
      'not_a_directory',
      `${root} is not a directory.`,
      'Name the repository with --cwd.',
    )
  }
  const files = new HostFiles(root)
  const text = files.read('package.json')
  if (text === null) return noManifest(files)
  const json = parseJson(text)
  if (!isRecord(json)) {
    return refuse(
      'invalid_package_json',
      'package.json is not valid JSON.',
      'Repair package.json; `npm pkg get name` shows where it breaks.',
    )
  }
  if ('workspaces' in json || files.isFile('pnpm-workspace.yaml') || files.isFile('lerna.json')) {
    return refuse(
      'workspaces',
      'Repositories with workspaces are not supported yet.',
      'Only a repository whose server and front end share one package.json can be worked on.',
    )
  }
  return { files, manifest: new Manifest(text, json), problem: null }
}

/** A repository of several packages can have none at its root: they are named then. */
function noManifest(files: HostFiles): OpenedHost {
  const packages = files.foldersIn('').filter((folder) => files.isFile(`${folder}/package.json`))
  const flags = packages.map((folder) => `--cwd ${folder}`)
  return refuse(
    'no_package_json',
    'There is no package.json in this directory.',
    packages.length > 0
      ? `Name the package of the server: ${flags.join(' or ')}.`
      : "Run it in the repository's root, or name the repository with --cwd.",
  )
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
