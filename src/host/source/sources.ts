import type { ts } from 'ts-morph'
import type { Evidence } from '../../types.js'
import type { HostFiles } from '../host-files.js'
import type { PackageSet } from '../packages/package-set.js'
import { isOwnImport } from '../own-files.js'
import { indexModule, type Declaration, type ModuleIndex } from './module-index.js'
import { ModuleResolver } from './module-resolver.js'
import { walk, type Visit } from './walk.js'

/** What a name in a module stands for: something in the host, or an export of a package. */
export type Meaning =
  | { kind: 'local'; file: string; node: ts.Node; name: string }
  | { kind: 'package'; package: string; imported: string }

type Compiler = typeof ts

const MAX_HOPS = 8

/** The host's source, read and parsed file by file when something is asked about it. */
export class Sources {
  readonly #resolver: ModuleResolver
  readonly #parsed = new Map<string, ts.SourceFile | null>()
  readonly #indexes = new Map<string, ModuleIndex>()
  readonly #specifiers = new Map<string, string[]>()

  constructor(
    readonly files: HostFiles,
    readonly ts: Compiler,
    packages: PackageSet | null = null,
  ) {
    this.#resolver = new ModuleResolver(files, ts, packages)
  }

  parse(file: string): ts.SourceFile | null {
    const known = this.#parsed.get(file)
    if (known !== undefined) return known
    const source = this.#parse(file)
    this.#parsed.set(file, source)
    return source
  }

  index(file: string): ModuleIndex | null {
    const known = this.#indexes.get(file)
    if (known) return known
    const source = this.parse(file)
    if (!source) return null
    const index = indexModule(source, this.ts)
    this.#indexes.set(file, index)
    return index
  }

  /** What a module imports, as written there, without packages and what this tool made. */
  specifiersOf(file: string): string[] {
    const known = this.#specifiers.get(file)
    if (known) return known
    const found = this.ts.preProcessFile(this.files.read(file) ?? '', true, true).importedFiles
    const specifiers = [...new Set(found.map(({ fileName }) => fileName))].filter(
      (specifier) => !isOwnImport(file, specifier),
    )
    this.#specifiers.set(file, specifiers)
    return specifiers
  }

  /** The host's file an import leads to; null for packages and what is not there. */
  resolve(from: string, specifier: string): string | null {
    return this.#resolver.resolve(from, specifier)
  }

  /** What a name means, followed through imports and re-exports. */
  meaningOf(file: string, name: string, hops = MAX_HOPS): Meaning | null {
    const index = this.index(file)
    if (!index || hops === 0) return null
    const imported = index.imports.get(name)
    if (imported) return this.#exported(file, imported.specifier, imported.imported, hops - 1)
    const node = index.declarations.get(name)
    return node ? { kind: 'local', file, node, name } : null
  }

  /** The name under which a module exports one of its declarations. */
  exportOf(file: string, local: string): { name: string; default: boolean } | null {
    const exports = [...(this.index(file)?.exports ?? [])].filter(([name, target]) =>
      'local' in target ? target.local === local : name === local,
    )
    const named = exports.find(([name]) => name !== 'default')
    if (named) return { name: named[0], default: false }
    if (exports.length > 0) return { name: local, default: true }
    const isUnnamed = local === 'default' && this.index(file)?.defaultExport != null
    return isUnnamed ? { name: nameOfModule(file), default: true } : null
  }

  /** Meaning of an export of a module that is known by file. */
  exportedFrom(file: string, name: string, hops = MAX_HOPS): Meaning | null {
    const index = this.index(file)
    if (!index || hops === 0) return null
    const target = index.exports.get(name)
    if (target && 'local' in target) return this.meaningOf(file, target.local, hops - 1)
    if (target && 'node' in target) return { kind: 'local', file, node: target.node, name }
    if (target) return this.#exported(file, target.specifier, target.imported, hops - 1)
    if (name === 'default' && index.defaultExport) {
      return { kind: 'local', file, node: index.defaultExport, name: 'default' }
    }
    for (const specifier of index.stars) {
      const found = this.#exported(file, specifier, name, hops - 1)
      if (found?.kind === 'local') return found
    }
    return null
  }

  evidence(file: string, node: ts.Node): Evidence {
    const source = this.parse(file)
    if (!source) return { file, line: 1 }
    return { file, line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1 }
  }

  /** What a declared name is set to, or the declaration itself for functions and classes. */
  valueOf(node: ts.Node): ts.Node | null {
    if (this.ts.isVariableDeclaration(node)) {
      return node.initializer ? this.#assignedValue(this.unwrap(node.initializer)) : null
    }
    return this.ts.isExpression(node) ? this.unwrap(node) : node
  }

  /** `value` of `const a = (exports.a = value)` */
  #assignedValue(node: ts.Expression): ts.Expression {
    const { ts } = this
    if (!ts.isBinaryExpression(node)) return node
    const isAssignment = node.operatorToken.kind === ts.SyntaxKind.EqualsToken
    return isAssignment ? this.#assignedValue(this.unwrap(node.right)) : node
  }

  /** An expression without `as T`, `!`, `satisfies T`, parentheses and `await` around it. */
  unwrap(node: ts.Expression): ts.Expression {
    const { ts } = this
    if (
      ts.isAsExpression(node) ||
      ts.isParenthesizedExpression(node) ||
      ts.isNonNullExpression(node) ||
      ts.isSatisfiesExpression(node) ||
      ts.isAwaitExpression(node) ||
      ts.isTypeAssertionExpression(node)
    ) {
      return this.unwrap(node.expression)
    }
    return node
  }

  /** Calls back for a node and everything below it, in source order. */
  walk(node: ts.Node, visit: Visit): void {
    walk(this.ts, node, visit)
  }

  #exported(from: string, specifier: string, imported: string, hops: number): Meaning | null {
    const file = this.resolve(from, specifier)
    // As a whole, a module is what it assigns to `module.exports`.
    const name = imported === '*' ? 'default' : imported
    if (file !== null) return this.exportedFrom(file, name, hops)
    if (/^[./#]/.test(specifier)) return null
    return { kind: 'package', package: specifier, imported }
  }

  #parse(file: string): ts.SourceFile | null {
    const text = this.files.read(file)
    if (text === null) return null
    try {
      const kind = /\.([cm]?jsx?|tsx)$/.test(file) ? this.ts.ScriptKind.TSX : this.ts.ScriptKind.TS
      return this.ts.createSourceFile(file, text, this.ts.ScriptTarget.Latest, true, kind)
    } catch {
      // Nested deeper than the parser's stack goes: nobody's application code.
      return null
    }
  }
}

/** 'requireAuth' for 'middleware/require-auth.js': what an export without a name is called. */
function nameOfModule(file: string): string {
  const base = file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')
  const words = base.match(/[A-Za-z0-9]+/g) ?? []
  const name = words
    .map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
  return /^[A-Za-z]/.test(name) ? name : `module${name}`
}

export type { Declaration }
