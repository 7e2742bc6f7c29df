import type { ts } from 'ts-morph'
import { folderOf, joinPath, type HostFiles } from '../host-files.js'
import { isRecord } from '../manifest.js'

/** The compilerOptions that hold, and what of them is relative to the file that says it. */
export interface CompilerOptions {
  options: Record<string, unknown>
  /** Folder of the file that says `paths`. */
  pathsFrom: string
  /** `baseUrl` relative to the root of the set; null when there is none. */
  baseUrl: string | null
}

const MAX_EXTENDS = 8

/** The compilerOptions of a tsconfig.json or jsconfig.json, with those of what it extends. */
export function compilerOptions(
  files: HostFiles,
  compiler: typeof ts,
  path: string,
  left = MAX_EXTENDS,
): CompilerOptions {
  const none = { options: {}, pathsFrom: '', baseUrl: null }
  const text = left === 0 ? null : files.read(path)
  if (text === null) return none
  const config: unknown = compiler.parseConfigFileTextToJson(path, text).config
  if (!isRecord(config)) return none
  const base = stringsOf(config['extends'])
    .map((extended) => extendedFile(files, path, extended))
    .filter((file) => file !== null)
    .map((file) => compilerOptions(files, compiler, file, left - 1))
    .reduce(over, none)
  const own = isRecord(config['compilerOptions']) ? config['compilerOptions'] : {}
  const folder = folderOf(path)
  return over(base, {
    options: own,
    pathsFrom: folder,
    baseUrl: typeof own['baseUrl'] === 'string' ? joinPath(folder, own['baseUrl']) : null,
  })
}

function over(base: CompilerOptions, own: CompilerOptions): CompilerOptions {
  return {
    options: { ...base.options, ...own.options },
    pathsFrom: 'paths' in own.options ? own.pathsFrom : base.pathsFrom,
    baseUrl: own.baseUrl ?? base.baseUrl,
  }
}

function stringsOf(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value]
  return all.filter((each) => typeof each === 'string')
}

/** A file beside it, or one of a package such as @tsconfig/node20. */
function extendedFile(files: HostFiles, from: string, extended: string): string | null {
  const withEnding = (path: string): string[] => [path, `${path}.json`, `${path}/tsconfig.json`]
  if (extended.startsWith('.')) {
    return files.firstFile(withEnding(joinPath(folderOf(from), extended)))
  }
  for (let folder = folderOf(from); ; folder = folderOf(folder)) {
    const file = files.firstFile(withEnding(joinPath(folder, 'node_modules', extended)))
    if (file !== null || folder === '') return file
  }
}
