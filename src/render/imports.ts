import { posix } from 'node:path'

const STATIC_IMPORT = /^(\s*(?:import|export|\})[^'\n]*?(?:from )?)'(\.{1,2}\/[^'\n]+)'/gm
const DYNAMIC_IMPORT = /\bimport\('(\.{1,2}\/[^'\n]+)'\)/g

/**
 * Turns the relative imports of a template's source into calls of the `module` helper, which
 * knows where the module stands in the host. It works on the source, before any text of a
 * request is in it, so that no such text can ever be taken for an import.
 *
 * @param logical the template's own logical path, `server/routes/billing.routes.ts`
 */
export function withModuleHelpers(source: string, logical: string): string {
  const call = (specifier: string): string =>
    `'{{module "${posix.join(posix.dirname(logical), specifier)}"}}'`
  return source
    .replace(STATIC_IMPORT, (_, head: string, specifier: string) => head + call(specifier))
    .replace(DYNAMIC_IMPORT, (_, specifier: string) => `import(${call(specifier)})`)
}
