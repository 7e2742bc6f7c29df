import { posix } from 'node:path'
import type { Layout } from '../render/layout.js'
import type { ScriptRunner } from '../types.js'

/**
 * The command that runs one of our scripts as the host runs its server: in package.json.
 *
 * @param logical path of the script: 'server/scripts/billing.ts'
 */
export function scriptCommand(runner: ScriptRunner, layout: Layout, logical: string): string {
  return `${runner.command} ${posix.normalize(layout.pathOf(logical))}`
}

/** The same for what the host's build has made of it; null where nothing is built file by file. */
export function builtScriptCommand(
  { built }: ScriptRunner,
  layout: Layout,
  logical: string,
): string | null {
  const path = posix.normalize(layout.pathOf(logical))
  if (built === null || (built.from !== '' && !path.startsWith(`${built.from}/`))) return null
  const inRoot = built.from === '' ? path : path.slice(built.from.length + 1)
  const file = posix.join(built.to, inRoot).replace(/\.([cm]?)ts$/, '.$1js')
  return `${built.command} ${file}`
}

/** The packages without which the command does not run. */
export function runnerPackages(runner: ScriptRunner): {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
} {
  const usesTsx = /(^|[\s/=])tsx(?=$|\s)/.test(runner.command)
  return { dependencies: {}, devDependencies: usesTsx ? { tsx: '^4.19.0' } : {} }
}
