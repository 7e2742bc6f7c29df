import { posix } from 'node:path'
import type { ScriptRunner } from '../types.js'
import type { Layout } from './layout.js'

/**
 * The command that runs what the host's build has made of one of our scripts; null where nothing is
 * built file by file.
 *
 * @param logical path of the script: 'server/scripts/billing.ts'
 */
export function builtScriptCommand(
  { built }: ScriptRunner,
  layout: Layout,
  logical: string,
): string | null {
  const path = layout.inPackage(logical)
  if (built === null || (built.from !== '' && !path.startsWith(`${built.from}/`))) return null
  const inRoot = built.from === '' ? path : path.slice(built.from.length + 1)
  const file = posix.join(built.to, inRoot).replace(/\.([cm]?)ts$/, '.$1js')
  return `${built.command} ${file}`
}
