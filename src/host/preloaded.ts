import { posix } from 'node:path'
import type { EnvProfile, ScriptRunner } from '../types.js'

/** Programs that take Node's own options before the file. */
const TAKES_OPTIONS = /(^|[\s/])(node|tsx|ts-node|ts-node-esm)(?=\s|$)/

/**
 * The way of starting a script, with the environment loaded before it: where only the module that
 * starts the server loads that, a script of its own would run without. That takes dotenv: Node's
 * own option for a file that may be missing is younger than the versions that hosts run.
 */
export function preloaded(runner: ScriptRunner, env: EnvProfile, packageDir: string): ScriptRunner {
  if (env.isPreloaded || env.file === null || !env.dotenv) return runner
  const path = posix.relative(packageDir, env.file.value)
  const before = path === '.env' ? '' : `DOTENV_CONFIG_PATH=${path} `
  const withOption = (command: string): string =>
    TAKES_OPTIONS.test(command) ? `${before}${command} -r dotenv/config` : command
  return {
    command: runner.command === null ? null : withOption(runner.command),
    built: runner.built && { ...runner.built, command: withOption(runner.built.command) },
  }
}
