import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { PackageManagerName } from '../types.js'
import { packageManagers } from './package-managers.js'
import { runInGroup, type RunOptions, type RunResult } from '../tree/run-in-group.js'

/** Lines of output that an error carries. */
const LAST_LINES = 15

export interface InstallOptions extends Omit<RunOptions, 'cwd'> {
  /**
   * Runs install scripts (of the packages and the host's own `prepare`), which may write anywhere
   * in the host. When not given: only where there is no node_modules yet, because a complete one
   * has had them all.
   */
  scripts?: boolean
  /** Takes packages that ask for another Node than there is. */
  ignoreEngines?: boolean
  /** Takes packages whose peers conflict, as npm 6 did; for npm alone. */
  legacyPeers?: boolean
}

export interface InstallError {
  code: 'install_failed' | 'install_aborted' | 'package_manager_missing'
  message: string
  hint: string
  /** npm found peer dependencies that conflict. */
  isPeerConflict?: boolean
  /** The last lines the package manager printed. */
  output: string[]
}

export type InstallResult =
  { ok: true; command: string } | { ok: false; command: string; error: InstallError }

/**
 * Installs what `<root>/package.json` asks for. On abort it returns only when no process of the
 * package manager runs any more. What it leaves half-done is for the transaction to take back.
 * Throws only what `onSpawn` throws, and when a process of it cannot be ended.
 */
export async function installPackages(
  root: string,
  packageManager: PackageManagerName,
  options: InstallOptions = {},
): Promise<InstallResult> {
  const {
    scripts = !existsSync(join(root, 'node_modules')),
    ignoreEngines = false,
    legacyPeers = false,
    ...runOptions
  } = options
  const known = packageManagers[packageManager]
  const engines = ignoreEngines ? known.ignoresEngines(root) : null
  const args = [
    ...known.install(root),
    ...(scripts ? [] : known.withoutScripts(root)),
    ...(engines === null ? [] : [engines]),
    ...(legacyPeers ? ['--legacy-peer-deps'] : []),
  ]
  const command = [known.command, ...args].join(' ')
  const result = await runInGroup(known.command, args, { ...runOptions, cwd: root })
  const error = errorOf(result, command, root)
  return error === null ? { ok: true, command } : { ok: false, command, error }
}

function errorOf(result: RunResult, command: string, root: string): InstallError | null {
  const output = lastLines(result.output)
  switch (result.kind) {
    case 'aborted': {
      const hint = 'Run again when you are ready.'
      return { code: 'install_aborted', message: `${command} was interrupted.`, hint, output }
    }
    case 'missing': {
      const message = `${command.split(' ')[0]} was not found.`
      const hint = 'Install it or put it on PATH, or run with --no-install.'
      return { code: 'package_manager_missing', message, hint, output }
    }
    case 'exited': {
      if (result.exitCode === 0) return null
      const message = `${command} failed with exit code ${result.exitCode} in ${root}.`
      const hint = 'See its output, or run with --no-install and install the packages yourself.'
      const isPeerConflict = /\bERESOLVE\b/.test(result.output)
      return { code: 'install_failed', message, hint, isPeerConflict, output }
    }
  }
}

function lastLines(output: string): string[] {
  return stripVTControlCharacters(output)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-LAST_LINES)
}
