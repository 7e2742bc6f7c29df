import { builtScriptCommand } from '../render/built-script.js'
import type { Layout } from '../render/layout.js'
import type { ScriptRunner } from '../types.js'

/** Where the host's scripts do not show how a TypeScript file is run. */
const USUAL = 'tsx'

/**
 * The command that runs one of our scripts as the host runs its server: in package.json.
 *
 * @param logical path of the script: 'server/scripts/billing.ts'
 */
export function scriptCommand(runner: ScriptRunner, layout: Layout, logical: string): string {
  const built = runner.command === null ? builtScriptCommand(runner, layout, logical) : null
  return built ?? `${runner.command ?? USUAL} ${layout.inPackage(logical)}`
}

/** The packages without which the command of a script does not run. */
export function runnerPackages(command: string): {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
} {
  const usesTsx = /(^|[\s/=])tsx(?=$|\s)/.test(command)
  return { dependencies: {}, devDependencies: usesTsx ? { tsx: '^4.19.0' } : {} }
}
