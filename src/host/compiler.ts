import type { CompilerProfile, PackageProfile } from '../types.js'
import type { DetectionContext } from './context.js'
import { packageVersion, versionWords } from './package-version.js'
import { compilerOptions } from './source/tsconfig.js'

const LINTERS = ['typescript-eslint', '@typescript-eslint/eslint-plugin']

/** What the package's tsconfig.json asks of TypeScript, with the defaults of its version. */
export function detectCompiler(context: DetectionContext): CompilerProfile {
  const { files, sources } = context
  const { options } = compilerOptions(files, sources.ts, context.path('tsconfig.json'))
  const module = textOf(options['module'])
  const isOn = (name: string): boolean => options[name] === true
  const isNode = /^node(16|18|20|next)$/.test(module)
  return {
    defaultImports: isOn('esModuleInterop') || isOn('allowSyntheticDefaultImports') || isNode,
    packageExports: !/^node(10)?$/.test(resolutionOf(options)),
    skipsDeclarations: isOn('skipLibCheck') || isOn('skipDefaultLibCheck'),
    errorOptions: librariesOf(options).some((name) => /^es(2022|2023|2024|2025|next)/.test(name)),
    lintsReferences: LINTERS.some((name) => context.has(name)),
  }
}

/** Reports settings under which no TypeScript of ours can be compiled. */
export function reportCompiler(context: DetectionContext, { modules }: PackageProfile): void {
  const { files, sources } = context
  const file = context.path('tsconfig.json')
  const { options } = compilerOptions(files, sources.ts, file)
  const evidence = [{ file, line: 1 }]
  // Where the compiler writes ES modules, a bundler or a second configuration makes CommonJS of them.
  const writesEsModules = /^(es|preserve)/.test(textOf(options['module']))
  if (
    options['verbatimModuleSyntax'] === true &&
    modules.value === 'commonjs' &&
    !writesEsModules
  ) {
    context.report({
      code: 'verbatim_commonjs',
      message: 'TypeScript takes no imports in CommonJS modules under verbatimModuleSyntax.',
      hint: `Take verbatimModuleSyntax out of ${file}, or compile to ES modules.`,
      evidence,
    })
  }
  const version = packageVersion(context, 'typescript', 5)
  if (version.major < 4 || (version.major === 4 && version.minor < 9)) {
    context.report({
      code: 'typescript_too_old',
      message: `The server is compiled with TypeScript ${versionWords(version)}; billing needs 4.9 or later.`,
      hint: 'Update TypeScript first: npm install --save-dev typescript@4.9 compiles what 4.0 did.',
      evidence: [context.manifest.evidence('typescript')],
    })
  }
  // An error of a class of its own is none there: a 401 would be answered as a 500.
  if (/^es(3|5)$/.test(textOf(options['target']))) {
    context.report({
      code: 'target_too_old',
      message: `The server is compiled to ${String(options['target'])}, which cannot tell one class of errors from another.`,
      hint: `Set "target" in ${file} to ES2020.`,
      evidence,
    })
  }
}

/** `moduleResolution`, or what follows from `module`: CommonJS was resolved like Node 10 does. */
function resolutionOf(options: Record<string, unknown>): string {
  const resolution = textOf(options['moduleResolution'])
  if (resolution !== '') return resolution
  return textOf(options['module']) === 'commonjs' ? 'node10' : ''
}

function librariesOf(options: Record<string, unknown>): string[] {
  const lib = options['lib']
  if (Array.isArray(lib)) return lib.map(textOf)
  const target = textOf(options['target'])
  // The modules of Node 16 and later bring their own target.
  return [target === '' && /^node/.test(textOf(options['module'])) ? 'es2022' : target]
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : ''
}
