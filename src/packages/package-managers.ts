import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PackageManagerName } from '../types.js'

/** One package manager, as it is called by this tool and by people. */
export interface PackageManager {
  command: string
  /**
   * Installs what package.json asks for, development packages too, without asking anything, and
   * brings the lock file up to date.
   *
   * @param root folder with the lock file
   */
  install: (root: string) => string[]
  /**
   * Leaves the install scripts of packages and of the host itself out.
   *
   * @param root folder with the lock file
   */
  withoutScripts: (root: string) => string[]
  /** Works out what would be installed, and writes a lock file alone; null where it cannot. */
  resolve: string[] | null
  /**
   * Has it take packages that ask for another Node; null where it does so anyhow.
   *
   * @param root folder with the lock file
   */
  ignoresEngines: (root: string) => string | null
  /**
   * Runs a script of package.json and prints what that prints, nothing more.
   *
   * @param root folder with the lock file
   */
  runScript: (name: string, root: string) => string[]
  /** What a person writes before the name of a script: 'npm run'. */
  run: string
  /** What a person writes between the name of a script and its own flags. */
  flags: string
  /** What a person writes before a program that a package brings: 'npx'. */
  exec: string
}

/** A new package manager is one entry here. */
export const packageManagers: Record<PackageManagerName, PackageManager> = {
  npm: {
    command: 'npm',
    install: () => ['install', '--no-audit', '--no-fund', '--include=dev'],
    withoutScripts: () => ['--ignore-scripts'],
    resolve: ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'],
    ignoresEngines: (root) => (isStrict(root) ? '--engine-strict=false' : null),
    runScript: (name) => ['run', '--silent', name],
    run: 'npm run',
    flags: '-- ',
    exec: 'npx',
  },
  pnpm: {
    command: 'pnpm',
    // On CI it would refuse a lock file that lacks the new packages, and ask before it replaces a
    // node_modules that another version of it has made.
    install: () => [
      ...['install', '--no-frozen-lockfile', '--prod=false'],
      '--config.confirm-modules-purge=false',
    ],
    withoutScripts: () => ['--ignore-scripts'],
    resolve: ['install', '--lockfile-only', '--no-frozen-lockfile', '--ignore-scripts'],
    ignoresEngines: (root) => (isStrict(root) ? '--config.engine-strict=false' : null),
    runScript: (name) => ['run', '--silent', name],
    run: 'pnpm run',
    flags: '',
    exec: 'pnpm exec',
  },
  yarn: {
    command: 'yarn',
    install: (root) =>
      isBerry(root)
        ? // On CI it would refuse to change the lock file.
          ['install', '--no-immutable']
        : ['install', '--non-interactive', '--production=false'],
    withoutScripts: (root) => [isBerry(root) ? '--mode=skip-build' : '--ignore-scripts'],
    resolve: null,
    ignoresEngines: (root) => (isBerry(root) ? null : '--ignore-engines'),
    // Only Yarn 1 prints headings, and only it knows the option.
    runScript: (name, root) => [...(isBerry(root) ? [] : ['--silent']), 'run', name],
    run: 'yarn',
    flags: '',
    exec: 'yarn',
  },
  bun: {
    command: 'bun',
    install: () => ['install', '--no-progress'],
    withoutScripts: () => ['--ignore-scripts'],
    resolve: ['install', '--lockfile-only'],
    ignoresEngines: () => null,
    runScript: (name) => ['run', '--silent', name],
    run: 'bun run',
    flags: '',
    exec: 'bunx',
  },
}

/** Yarn 2 and later, which share little but the name with Yarn 1. */
function isBerry(root: string): boolean {
  return (
    existsSync(join(root, '.yarnrc.yml')) || /^__metadata:/m.test(textOf(join(root, 'yarn.lock')))
  )
}

/** Packages that ask for another Node are refused. */
function isStrict(root: string): boolean {
  return /^\s*engine-strict\s*=\s*true/m.test(textOf(join(root, '.npmrc')))
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
