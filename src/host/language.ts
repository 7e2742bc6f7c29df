import type { ts } from 'ts-morph'
import type { Evidence, PackageProfile } from '../types.js'
import type { DetectionContext } from './context.js'
import { requiredModule } from './source/common-js.js'
import { compilerOptions } from './source/tsconfig.js'

type Language = PackageProfile['language']
type Modules = PackageProfile['modules']
type ImportExtension = PackageProfile['importExtension']

const TYPESCRIPT = /\.[cm]?tsx?$/
const JAVASCRIPT = /\.[cm]?jsx?$/

/**
 * What the given files are written in. A tsconfig.json decides where there are none: one beside
 * JavaScript may be only for the editor.
 */
export function detectLanguage(context: DetectionContext, sourceFiles: string[]): Language {
  const { files, manifest } = context
  const [typescript] = sourceFiles.filter((file) => TYPESCRIPT.test(file))
  const [javascript] = sourceFiles.filter((file) => JAVASCRIPT.test(file))
  const tsconfig = context.path('tsconfig.json')
  const detected = (value: Language['value'], at: Evidence): Language => ({
    value,
    source: 'detected',
    evidence: [at],
  })
  if (typescript !== undefined && files.isFile(tsconfig)) {
    return detected('typescript', { file: tsconfig, line: 1 })
  }
  if (typescript !== undefined) return detected('typescript', { file: typescript, line: 1 })
  if (javascript !== undefined) return detected('javascript', { file: javascript, line: 1 })
  if (files.isFile(tsconfig)) return detected('typescript', { file: tsconfig, line: 1 })
  return manifest.has('typescript')
    ? detected('typescript', manifest.evidence('typescript'))
    : detected('javascript', { file: manifest.path, line: 1 })
}

/** What Node runs: the files themselves say it, then the compiler's settings, then package.json. */
export function detectModules(context: DetectionContext, sourceFiles: string[]): Modules {
  const { manifest, sources, files } = context
  const [first = ''] = sourceFiles
  const byEnding = /\.([cm])[jt]s$/.exec(first)?.[1]
  if (byEnding !== undefined) {
    const value = byEnding === 'c' ? 'commonjs' : 'esm'
    return { value, source: 'detected', evidence: [{ file: first, line: 1 }] }
  }
  const tsconfig = context.path('tsconfig.json')
  const module = String(compilerOptions(files, sources.ts, tsconfig).options['module'])
  if (TYPESCRIPT.test(first) && /^commonjs$/i.test(module)) {
    return { value: 'commonjs', source: 'detected', evidence: [{ file: tsconfig, line: 1 }] }
  }
  const statement = JAVASCRIPT.test(first) ? importOrExport(context, first) : null
  // Without "type": "module" such files are compiled, by Babel or by Node itself.
  if (statement) return { value: 'esm', source: 'detected', evidence: [statement] }
  const value = manifest.type === 'module' ? 'esm' : 'commonjs'
  return { value, source: 'detected', evidence: [manifest.evidence('type')] }
}

/** Most of the given files begin with 'use strict', which an ES module does not need. */
export function detectStrictDirective({ sources }: DetectionContext, files: string[]): boolean {
  const { ts } = sources
  const strict = files.filter((file) => {
    const first = sources.parse(file)?.statements[0]
    if (first === undefined || !ts.isExpressionStatement(first)) return false
    return ts.isStringLiteral(first.expression) && first.expression.text === 'use strict'
  })
  return strict.length > files.length / 2
}

function importOrExport({ sources }: DetectionContext, file: string): Evidence | null {
  const { ts } = sources
  const found = sources
    .parse(file)
    ?.statements.find((node) => ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
  return found ? sources.evidence(file, found) : null
}

/** How relative imports end in the given files; how the package is run decides without any. */
export function detectImportExtension(
  context: DetectionContext,
  sourceFiles: string[],
): ImportExtension {
  const uses = sourceFiles.flatMap((file) => relativeImports(context, file))
  const [most] = (['.js', '.ts', ''] as const)
    .map((ending) => ({ ending, uses: uses.filter((use) => use.ending === ending) }))
    .sort((a, b) => b.uses.length - a.uses.length)
  const first = most?.uses[0]
  if (most && first) return { value: most.ending, source: 'detected', evidence: [first.evidence] }
  return { value: needsEnding(context, sourceFiles) ? '.js' : '', source: 'assumed', evidence: [] }
}

/** Node finds an ES module only by its whole name; a bundler and `require` do without. */
function needsEnding(context: DetectionContext, sourceFiles: string[]): boolean {
  const { files, sources } = context
  const isEsm = detectModules(context, sourceFiles).value === 'esm'
  if (detectLanguage(context, sourceFiles).value === 'javascript') return isEsm
  const { moduleResolution, module } = compilerOptions(
    files,
    sources.ts,
    context.path('tsconfig.json'),
  ).options
  return isEsm && /^node(16|18|20|next)$/i.test(String(moduleResolution ?? module))
}

function relativeImports(
  { sources }: DetectionContext,
  file: string,
): { ending: ImportExtension['value']; evidence: Evidence }[] {
  const source = sources.parse(file)
  if (!source) return []
  return source.statements.flatMap((statement) =>
    importedModules(sources.ts, statement).flatMap((specifier) => {
      const [, ending] = /^\..*?(\.[cm]?[jt]sx?|\/[^./]+|\/?\.{1,2})$/.exec(specifier) ?? []
      if (ending === undefined) return []
      const value = TYPESCRIPT.test(ending) ? '.ts' : JAVASCRIPT.test(ending) ? '.js' : ''
      return [{ ending: value, evidence: sources.evidence(file, statement) }]
    }),
  )
}

function importedModules(compiler: typeof ts, statement: ts.Statement): string[] {
  if (compiler.isImportDeclaration(statement)) {
    const { moduleSpecifier } = statement
    return compiler.isStringLiteral(moduleSpecifier) ? [moduleSpecifier.text] : []
  }
  if (!compiler.isVariableStatement(statement)) return []
  return statement.declarationList.declarations
    .map(({ initializer }) => initializer && requiredModule(compiler, initializer))
    .filter((specifier) => specifier != null)
}
