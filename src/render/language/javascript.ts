import type { PackageProfile } from '../../types.js'
import { toCommonJs } from './common-js.js'
import { eraseTypes } from './erase-types.js'

export { docsIn } from './docs.js'
export { withJsDoc } from './jsdoc.js'

/** A module of TypeScript, not formatted yet, as an ES module; empty where it has only types. */
export function toEsModule(text: string, path: string): string {
  return eraseTypes(text, path).trimStart()
}

/** The same as a module of Node's, with the directive where the host's own have it. */
export function toNodeModule(
  text: string,
  path: string,
  { modules, strictDirective }: Pick<PackageProfile, 'modules' | 'strictDirective'>,
): string {
  const erased = toEsModule(text, path)
  if (modules.value === 'esm' || erased === '') return erased
  const body = toCommonJs(erased, path)
  return strictDirective ? `'use strict'\n\n${body}` : body
}
