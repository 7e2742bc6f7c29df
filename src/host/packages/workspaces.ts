import { joinPath, type HostFiles } from '../host-files.js'
import { isRecord, type Manifest } from '../manifest.js'

/** `**` in a workspace's pattern goes no deeper than this. */
const DEEPEST = 3

/**
 * The folders that the root's workspaces name, without those that have no package.json; null when
 * the root is no workspace.
 *
 * @param root the root's own package.json, null where there is none
 */
export function workspaceFolders(files: HostFiles, root: Manifest | null): string[] | null {
  const patterns = [
    ...listOf(root?.json['workspaces']),
    ...pnpmPatterns(files.read('pnpm-workspace.yaml') ?? ''),
    ...listOf(parsed(files.read('lerna.json'))),
  ]
  const taken = patterns.filter((pattern) => !pattern.startsWith('!'))
  if (taken.length === 0) return null
  const left = patterns
    .filter((pattern) => pattern.startsWith('!'))
    .map((pattern) => expression(pattern.slice(1)))
  const folders = taken.flatMap((pattern) => foldersOf(files, '', joinPath(pattern).split('/')))
  return [...new Set(folders)].filter(
    (folder) =>
      files.isFile(joinPath(folder, 'package.json')) && !left.some((one) => one.test(folder)),
  )
}

/** A list, or an object with one: `{ "packages": ["apps/*"] }`. */
function listOf(value: unknown): string[] {
  const list: unknown = isRecord(value) ? value['packages'] : value
  return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : []
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

/** The list below `packages:`, a line each or in brackets. */
function pnpmPatterns(yaml: string): string[] {
  const lines = yaml.split(/\r\n|\r|\n/)
  const start = lines.findIndex((line) => /^packages\s*:/.test(line))
  if (start === -1) return []
  const inline = /^packages\s*:\s*\[(.*)\]/.exec(lines[start] ?? '')?.[1]
  if (inline !== undefined) return inline.split(',').map(unquoted).filter(Boolean)
  const below = lines.slice(start + 1).filter((line) => !/^\s*(#.*)?$/.test(line))
  const end = below.findIndex((line) => !/^\s*-\s/.test(line))
  return (end === -1 ? below : below.slice(0, end))
    .map((line) => unquoted(line.replace(/^\s*-\s+/, '')))
    .filter(Boolean)
}

function unquoted(text: string): string {
  const trimmed = text.trim()
  const quoted = /^(["'])(.*?)\1/.exec(trimmed)?.[2]
  return quoted ?? trimmed.replace(/\s+#.*$/, '')
}

function foldersOf(files: HostFiles, base: string, segments: string[]): string[] {
  const [segment, ...rest] = segments
  if (segment === undefined) return [base]
  if (segment === '**') {
    return below(files, base, DEEPEST).flatMap((folder) => foldersOf(files, folder, rest))
  }
  if (!segment.includes('*')) return foldersOf(files, joinPath(base, segment), rest)
  const fits = expression(segment)
  return files
    .foldersIn(base)
    .filter((name) => fits.test(name))
    .flatMap((name) => foldersOf(files, joinPath(base, name), rest))
}

/** The folder itself and all below it, down to a depth. */
function below(files: HostFiles, base: string, depth: number): string[] {
  if (depth === 0) return [base]
  const inner = files
    .foldersIn(base)
    .flatMap((name) => below(files, joinPath(base, name), depth - 1))
  return [base, ...inner]
}

function expression(pattern: string): RegExp {
  const parts = joinPath(pattern)
    .split(/(\*\*\/?|\*)/)
    .map((part) => {
      if (part.startsWith('**')) return '(?:.*/)?'
      return part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    })
  return new RegExp(`^${parts.join('')}$`)
}
