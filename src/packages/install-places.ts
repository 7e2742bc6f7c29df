import type { HostProfile, PackageProfile, PlannedChange } from '../types.js'

/** One installation: it has one lock file. */
export interface InstallPlace {
  /** The folder that the package manager is run in: '' for the root. */
  dir: string
  manager: PackageProfile['packageManager']['value']
  /** The folders whose node_modules it may write: its own, and those of its workspace. */
  folders: string[]
}

/**
 * Where packages are installed for a plan: with the server's package, and with the front end's
 * where that has an installation of its own and its package.json is changed.
 */
export function installPlaces(
  { server, client, packages }: HostProfile,
  changes: readonly Pick<PlannedChange, 'path'>[],
): InstallPlace[] {
  const isChanged = (manifest: string): boolean => changes.some(({ path }) => path === manifest)
  const wanted = [
    server.package,
    ...(client && isChanged(client.package.manifest) ? [client.package] : []),
  ]
  const first = wanted.filter(
    ({ installDir }, at) => wanted.findIndex((one) => one.installDir === installDir) === at,
  )
  return first.map(({ installDir: dir, packageManager }) => {
    const sharing = packages.filter((one) => one.installDir === dir).map((one) => one.dir)
    return { dir, manager: packageManager.value, folders: [...new Set([dir, ...sharing])] }
  })
}

/** The same, in words: 'npm install', 'cd server && npm install'. */
export function installCommand({ dir, manager }: InstallPlace): string {
  return dir === '' ? `${manager} install` : `cd ${dir} && ${manager} install`
}
