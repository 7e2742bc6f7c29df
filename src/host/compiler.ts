import type { CompilerProfile } from '../types.js'
import type { DetectionContext } from './context.js'
import { compilerOptions } from './source/tsconfig.js'

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
