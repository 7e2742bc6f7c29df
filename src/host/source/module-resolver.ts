import type { ts } from 'ts-morph'
import { folderOf, isInside, joinPath, type HostFiles } from '../host-files.js'
import { isRecord } from '../manifest.js'
import type { PackageSet } from '../packages/package-set.js'
import { compilerOptions, type CompilerOptions } from './tsconfig.js'

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs']
const CONFIGS = [
  ...['', '.base', '.app', '.server', '.node'].map((part) => `tsconfig${part}.json`),
  'jsconfig.json',
]
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

/**
 * Finds the file behind an import, with the path aliases of tsconfig.json and package.json, and
 * the names of the host's own packages.
 */
export class ModuleResolver {
  readonly #aliases = new Map<string, Alias[]>()

  constructor(
    private readonly files: HostFiles,
    private readonly compiler: typeof ts,
    private readonly packages: PackageSet | null,
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
    return this.packages?.sourceOf(this.files, specifier) ?? null
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
    const configured = CONFIGS.map((name) =>
      compilerOptions(this.files, this.compiler, joinPath(folder, name)),
    ).flatMap(aliasesOf)
    const aliases = [...configured, ...packageAliases(this.files, folder)].filter((alias) =>
      isInside(alias.scope, folder),
    )
    this.#aliases.set(folder, aliases)
    return aliases
  }
}

/** What `paths` names, and what `baseUrl` lets stand without a dot. */
function aliasesOf({ options, pathsFrom, baseUrl }: CompilerOptions): Alias[] {
  const paths = isRecord(options['paths']) ? Object.entries(options['paths']) : []
  const scope = baseUrl ?? pathsFrom
  const aliases = paths.flatMap(([pattern, targets]) => aliasTo(scope, pattern, targets))
  return baseUrl === null ? aliases : [...aliases, ...aliasTo(baseUrl, '*', ['*'])]
}

/** `"#db/*": "./src/db/*.js"` of package.json's imports, and `_moduleAliases` of module-alias. */
function packageAliases(files: HostFiles, folder: string): Alias[] {
  const json = jsonOf(files.read(joinPath(folder, 'package.json')))
  const imports = isRecord(json['imports']) ? Object.entries(json['imports']) : []
  const named = isRecord(json['_moduleAliases']) ? Object.entries(json['_moduleAliases']) : []
  return [
    ...imports.flatMap(([pattern, target]) => aliasTo(folder, pattern, targetsOf(target))),
    ...named.flatMap(([name, target]) => [
      ...aliasTo(folder, name, [target]),
      ...aliasTo(folder, `${name}/*`, [`${String(target)}/*`]),
    ]),
  ]
}

/** A target, or those of its conditions: `{ "node": "./a.js", "default": "./b.js" }`. */
function targetsOf(target: unknown): unknown[] {
  if (!isRecord(target)) return [target]
  return Object.values(target).flatMap(targetsOf)
}

function aliasTo(scope: string, pattern: string, targets: unknown): Alias[] {
  if (!Array.isArray(targets)) return []
  const [prefix = '', suffix = ''] = pattern.split('*')
  const strings = targets.filter((target): target is string => typeof target === 'string')
  return [{ scope, prefix, suffix, exact: !pattern.includes('*'), targets: strings }]
}

function jsonOf(text: string | null): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text ?? '{}')
    return isRecord(json) ? json : {}
  } catch {
    return {}
  }
}

function matchAlias({ prefix, suffix, exact }: Alias, specifier: string): string | null {
  if (exact) return specifier === prefix ? '' : null
  if (!specifier.startsWith(prefix) || !specifier.endsWith(suffix)) return null
  if (specifier.length < prefix.length + suffix.length) return null
  return specifier.slice(prefix.length, specifier.length - suffix.length)
}
