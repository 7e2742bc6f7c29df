import type { PackageProfile } from '../types.js'
import type { DetectionContext } from './context.js'
import { readTsconfig } from './source/module-resolver.js'

type Language = Pick<PackageProfile, 'language' | 'modules'>

/** Language and module system, as package.json and tsconfig.json declare them. */
export function detectLanguage(context: DetectionContext): Language {
  const { files, manifest } = context
  const tsconfig = context.path('tsconfig.json')
  const seen = files.isFile(tsconfig)
    ? { file: tsconfig, line: 1 }
    : manifest.evidence('typescript')
  const isTypeScript = files.isFile(tsconfig) || manifest.has('typescript')
  return {
    language: {
      value: isTypeScript ? 'typescript' : 'javascript',
      source: 'detected',
      evidence: [isTypeScript ? seen : { file: manifest.path, line: 1 }],
    },
    modules: {
      value: manifest.type === 'module' ? 'esm' : 'commonjs',
      source: 'detected',
      evidence: [manifest.evidence('type')],
    },
  }
}

/** Reports what the server's package is written in, where nothing can be written in it yet. */
export function reportLanguage(context: DetectionContext, { language, modules }: Language): void {
  if (language.value === 'javascript') {
    context.report({
      code: 'javascript',
      message: 'Servers written in JavaScript are not supported yet.',
      hint: 'There is neither a tsconfig.json nor typescript in package.json.',
      evidence: language.evidence,
    })
  } else if (modules.value === 'commonjs') {
    context.report({
      code: 'commonjs',
      message: 'CommonJS servers are not supported yet.',
      hint: 'package.json does not say "type": "module".',
      evidence: modules.evidence,
    })
  }
}

/** How relative imports end in the given files; the compiler's settings decide when there are none. */
export function detectImportExtension(
  context: DetectionContext,
  sourceFiles: string[],
): PackageProfile['importExtension'] {
  const uses = sourceFiles.flatMap((file) => relativeImports(context, file))
  const [most] = (['.js', '.ts', ''] as const)
    .map((ending) => ({ ending, uses: uses.filter((use) => use.ending === ending) }))
    .sort((a, b) => b.uses.length - a.uses.length)
  const first = most?.uses[0]
  if (most && first) return { value: most.ending, source: 'detected', evidence: [first.evidence] }

  const { moduleResolution, module } = readTsconfig(
    context.files,
    context.sources.ts,
    context.path('tsconfig.json'),
  )
  const isNode = /^node(16|18|20|next)$/i.test(String(moduleResolution ?? module))
  return { value: isNode ? '.js' : '', source: 'assumed', evidence: [] }
}

function relativeImports({ sources }: DetectionContext, file: string) {
  const source = sources.parse(file)
  if (!source) return []
  return source.statements.flatMap((statement) => {
    if (!sources.ts.isImportDeclaration(statement)) return []
    const { moduleSpecifier } = statement
    if (!sources.ts.isStringLiteral(moduleSpecifier)) return []
    const [, ending] = /^\..*?(\.[jt]sx?|\/[^./]+|\/?\.{1,2})$/.exec(moduleSpecifier.text) ?? []
    if (ending === undefined) return []
    const value = ending === '.js' || ending === '.ts' ? ending : ''
    return [{ ending: value, evidence: sources.evidence(file, statement) }]
  })
}
