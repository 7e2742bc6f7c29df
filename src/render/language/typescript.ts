import type { CompilerProfile } from '../../types.js'

/** Where the types of Polar's SDK are declared for a compiler that does not find them. */
export const SDK_TYPES = 'server/billing/polar-sdk.d.ts'

/** Whether the compiler finds the SDK's types, and what they use, only with a declaration. */
export function needsSdkTypes(compiler: CompilerProfile | null): boolean {
  if (compiler === null) return false
  return !compiler.packageExports || (!compiler.skipsDeclarations && !compiler.errorOptions)
}

/** Where the rule is off, the linter's own correction takes the line out again. */
const ALLOWED =
  '// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- an import would be one at run time'

const OF_THE_SDK = /^import .* from '@polar-sh\/sdk\//m
const DEFAULT_IMPORT = /^import (\w+)(?:, (\{[^}]*\}))? from ('(?:node:)?[\w@][^']*')$/gm

/**
 * A module as the compiler takes it.
 *
 * @param sdkTypes how the module names the declaration of the SDK's types, a relative path
 */
export function toCompilable(text: string, compiler: CompilerProfile, sdkTypes: string): string {
  const imported = compiler.defaultImports ? text : text.replace(DEFAULT_IMPORT, asNamespace)
  // By reference: ts-node reads only what a module leads to, whatever tsconfig.json includes.
  const needsTypes = needsSdkTypes(compiler) && OF_THE_SDK.test(text)
  if (!needsTypes) return imported
  const allowed = compiler.lintsReferences ? `${ALLOWED}\n` : ''
  return `${allowed}/// <reference path="${sdkTypes}" />\n${imported}`
}

function asNamespace(_: string, name: string, names: string | undefined, from: string): string {
  const whole = `import * as ${name} from ${from}`
  return names === undefined ? whole : `${whole}\nimport ${names} from ${from}`
}
