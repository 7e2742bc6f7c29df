import { posix } from 'node:path'
import type { EnvProfile, ScriptRunner } from '../types.js'
import type { Manifest } from './manifest.js'

/** Programs that take Node's own options before the file. */
const TAKES_OPTIONS = /(^|[\s/])(node|tsx|ts-node|ts-node-esm)(?=\s|$)/

/**
 * The way of starting a script, with the environment loaded before it: where only the module that
 * starts the server loads that, a script of its own would run without.
 */
export function preloaded(runner: ScriptRunner, env: EnvProfile, manifest: Manifest): ScriptRunner {
  if (env.isPreloaded || env.file === null) return runner
  const path = posix.relative(manifest.dir, env.file.value)
  const isUsual = path === '.env'
  const before = manifest.has('dotenv') && !isUsual ? `DOTENV_CONFIG_PATH=${path} ` : ''
  const option = manifest.has('dotenv') ? '-r dotenv/config' : `--env-file-if-exists=${path}`
  const withOption = (command: string): string =>
    TAKES_OPTIONS.test(command) ? `${before}${command} ${option}` : command
  return {
    command: runner.command === null ? null : withOption(runner.command),
    built: runner.built && { ...runner.built, command: withOption(runner.built.command) },
  }
}
