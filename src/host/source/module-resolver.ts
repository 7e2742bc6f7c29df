import type { ts } from 'ts-morph'
import { folderOf, isInside, joinPath, type HostFiles } from '../host-files.js'
import { isRecord } from '../manifest.js'

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.js', '.jsx', '.mjs', '.cjs']
const TSCONFIGS = ['', '.base', '.app', '.server', '.node'].map((part) => `tsconfig${part}.json`)
/** What an import ending in JavaScript's extension is written as in TypeScript. */
const WRITTEN_AS: Record<string, string[]> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx'],
  '.jsx': ['.tsx', '.jsx'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
}

interface Alias {
  /** Folder of the tsconfig.json; the alias holds for the files below it. */
  scope: string
  prefix: string
  suffix: string
  /** The alias stands for one module, not for a folder of them. */
  exact: boolean
  targets: string[]
}

/** Finds the file behind an import, with path aliases of tsconfig.json. */
export class ModuleResolver {
  readonly #aliases = new Map<string, Alias[]>()

  constructor(
    private readonly files: HostFiles,
    private readonly compiler: typeof ts,
  ) {}

  resolve(from: string, specifier: string): string | null {
    if (specifier.startsWith('.')) return this.#fileAt(joinPath(folderOf(from), specifier))
    for (const alias of this.#aliasesFor(from)) {
      const rest = matchAlias(alias, specifier)
      if (rest === null) continue
      for (const target of alias.targets) {
        const file = this.#fileAt(joinPath(alias.scope, target.replace('*', rest)))
        if (file !== null) return file
      }
    }
    return null
  }

  #fileAt(path: string): string | null {
    const dot = path.lastIndexOf('.')
    const written = dot > path.lastIndexOf('/') ? WRITTEN_AS[path.slice(dot)] : undefined
    const stem = path.slice(0, dot)
    return this.files.firstFile([
      ...(written ?? []).map((extension) => stem + extension),
      ...(EXTENSIONS.some((extension) => path.endsWith(extension)) ? [path] : []),
      ...EXTENSIONS.map((extension) => path + extension),
      ...this.#indexesOf(path),
    ])
  }

  #indexesOf(path: string): string[] {
    if (!this.files.isFolder(path)) return []
    return EXTENSIONS.map((extension) => joinPath(path, `index${extension}`))
  }

  #aliasesFor(from: string): Alias[] {
    const aliases: Alias[] = []
    for (let folder = folderOf(from); ; folder = folderOf(folder)) {
      aliases.push(...this.#aliasesIn(folder))
      if (folder === '') return aliases
    }
  }

  #aliasesIn(folder: string): Alias[] {
    const known = this.#aliases.get(folder)
    if (known) return known
    const aliases = TSCONFIGS.map((name) =>
      readTsconfig(this.files, this.compiler, joinPath(folder, name)),
    )
      .flatMap((options) => aliasesOf(options, folder))
      .filter((alias) => isInside(alias.scope, folder))
    this.#aliases.set(folder, aliases)
    return aliases
  }
}

/** The compilerOptions of a tsconfig.json, without what it extends. */
export function readTsconfig(
  files: HostFiles,
  compiler: typeof ts,
  path: string,
): Record<string, unknown> {
  const text = files.read(path)
  if (text === null) return {}
  const parsed: unknown = compiler.parseConfigFileTextToJson(path, text).config
  const options = isRecord(parsed) ? parsed['compilerOptions'] : null
  return isRecord(options) ? options : {}
}

function aliasesOf(options: Record<string, unknown>, folder: string): Alias[] {
  const base = typeof options['baseUrl'] === 'string' ? options['baseUrl'] : '.'
  const paths = isRecord(options['paths']) ? Object.entries(options['paths']) : []
  return paths.flatMap(([pattern, targets]) => {
    if (!Array.isArray(targets)) return []
    const [prefix = '', suffix = ''] = pattern.split('*')
    const strings = targets.filter((target): target is string => typeof target === 'string')
    const exact = !pattern.includes('*')
    return [{ scope: joinPath(folder, base), prefix, suffix, exact, targets: strings }]
  })
}

function matchAlias({ prefix, suffix, exact }: Alias, specifier: string): string | null {
  if (exact) return specifier === prefix ? '' : null
  if (!specifier.startsWith(prefix) || !specifier.endsWith(suffix)) return null
  if (specifier.length < prefix.length + suffix.length) return null
  return specifier.slice(prefix.length, specifier.length - suffix.length)
}
