import type { HostProfile } from '../types.js'

export type PackageManagerName = HostProfile['packageManager']['value']

export interface PackageManager {
  command: string
  /** Installs what package.json asks for, development packages too, without asking anything. */
  install: string[]
  /** Leaves the install scripts of packages and of the host itself out. */
  withoutScripts: string[]
}

/** One entry per package manager that can be run. */
export const packageManagers: Partial<Record<PackageManagerName, PackageManager>> = {
  npm: {
    command: 'npm',
    install: ['install', '--no-audit', '--no-fund', '--include=dev'],
    withoutScripts: ['--ignore-scripts'],
  },
}
