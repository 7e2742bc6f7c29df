import { execFile } from 'node:child_process'
import { delimiter, isAbsolute, parse, sep } from 'node:path'

/** Milliseconds after which git is not waited for any longer. */
const PATIENCE = 10_000
const MOST_OUTPUT = 64 * 1024 * 1024

/** Variables that say where the user's own settings and git's programs are; no others are kept. */
const KEPT = new Set([
  'GIT_CONFIG_GLOBAL',
  'GIT_CONFIG_SYSTEM',
  'GIT_CONFIG_NOSYSTEM',
  'GIT_CEILING_DIRECTORIES',
  'GIT_EXEC_PATH',
])

/**
 * What a repository's own configuration can have git run, switched off: its monitor of files, its
 * hooks, and what is fetched when an object is missing.
 */
const HARMLESS: [string, string][] = [
  ['core.fsmonitor', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.pager', 'cat'],
  ['core.sshCommand', 'false'],
  ['safe.bareRepository', 'explicit'],
]

/**
 * Asks git about the working tree at `root`, without running anything that the repository brings.
 * `settings` outdo git's configuration files, `input` is what git reads. Null when git is not installed, refuses (no repository,
 * another owner), or does not answer in time, and for a setting that cannot be given.
 */
export function askGit(
  root: string,
  args: string[],
  settings: [string, string][] = [],
  input = '',
): Promise<string | null> {
  const options = {
    // On Windows a program is looked for in the current folder first: so it is none of the host's.
    cwd: parse(root).root,
    env: environment(root),
    timeout: PATIENCE,
    maxBuffer: MOST_OUTPUT,
    windowsHide: true,
  }
  const all = [...HARMLESS, ...settings]
  // With an equals sign in its name a setting would become another one.
  if (all.some(([name]) => name.includes('='))) return Promise.resolve(null)
  const before = all.flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return new Promise((resolve) => {
    const words = ['-C', root, '--no-pager', ...before, ...args]
    const git = execFile('git', words, options, (error, stdout) =>
      resolve(error === null ? stdout : null),
    )
    // A git that is not there, or ends before it has read all, says so by its exit code.
    git.stdin?.on('error', () => undefined)
    git.stdin?.end(input)
  })
}

/** The environment without git's own variables, which could point to another repository. */
function environment(root: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !name.toUpperCase().startsWith('GIT_') || KEPT.has(name),
  )
  return {
    ...Object.fromEntries(kept),
    PATH: pathOutside(root),
    LC_ALL: 'C',
    // Nothing is written, not even git's own notes of what it has looked at.
    GIT_OPTIONAL_LOCKS: '0',
    // A missing object is not fetched: the transport is a program that the configuration names.
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_TERMINAL_PROMPT: '0',
  }
}

/** npx puts the repository's `node_modules/.bin` in front of PATH: a `git` there is not ours. */
export function pathOutside(root: string): string {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => isAbsolute(folder))
    .filter((folder) => !folder.split(sep).includes('node_modules'))
    .filter((folder) => folder !== root && !folder.startsWith(root + sep))
    .join(delimiter)
}
