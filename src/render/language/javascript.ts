import type { PackageProfile } from '../../types.js'
import { toCommonJs } from './common-js.js'
import { eraseTypes } from './erase-types.js'

/** A module of TypeScript, not formatted yet, as JavaScript; empty where it has only types. */
export function toJavaScript(
  text: string,
  path: string,
  modules: PackageProfile['modules']['value'],
): string {
  const erased = eraseTypes(text, path).trimStart()
  return modules === 'commonjs' ? toCommonJs(erased, path) : erased
}
