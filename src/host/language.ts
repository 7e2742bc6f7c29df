import type { HostProfile } from '../types.js'
import type { DetectionContext } from './context.js'
import { readTsconfig } from './source/module-resolver.js'

type Language = Pick<HostProfile, 'language' | 'modules'>

/** Language and module system, as package.json and tsconfig.json declare them. */
export function detectLanguage(context: DetectionContext): Language | null {
  const { files, manifest } = context
  if (!files.isFile('tsconfig.json') && !manifest.has('typescript')) {
    return context.report({
      code: 'javascript',
      message: 'Servers written in JavaScript are not supported yet.',
      hint: 'There is neither a tsconfig.json nor typescript in package.json.',
      evidence: [{ file: 'package.json', line: 1 }],
    })
  }
  if (manifest.type !== 'module') {
    return context.report({
      code: 'commonjs',
      message: 'CommonJS servers are not supported yet.',
      hint: 'package.json does not say "type": "module".',
      evidence: [manifest.evidence('type')],
    })
  }
  const typescript = files.isFile('tsconfig.json')
    ? { file: 'tsconfig.json', line: 1 }
    : manifest.evidence('typescript')
  return {
    language: { value: 'typescript', source: 'detected', evidence: [typescript] },
    modules: { value: 'esm', source: 'detected', evidence: [manifest.evidence('type')] },
  }
}

/** How relative imports end in the given files; the compiler's settings decide when there are none. */
export function detectImportExtension(
  context: DetectionContext,
  sourceFiles: string[],
): HostProfile['importExtension'] {
  const uses = sourceFiles.flatMap((file) => relativeImports(context, file))
  const [most] = (['.js', '.ts', ''] as const)
    .map((ending) => ({ ending, uses: uses.filter((use) => use.ending === ending) }))
    .sort((a, b) => b.uses.length - a.uses.length)
  const first = most?.uses[0]
  if (most && first) return { value: most.ending, source: 'detected', evidence: [first.evidence] }

  const { moduleResolution, module } = readTsconfig(
    context.files,
    context.sources.ts,
    'tsconfig.json',
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
