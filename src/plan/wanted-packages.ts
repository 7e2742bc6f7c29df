import type { Packages } from '../types.js'
import type { OwnedContribution } from './contributions.js'

/**
 * What all parts ask for together, without what the host has in a version that serves.
 *
 * @param manifest text of the host's package.json
 */
export function wantedPackages(
  parts: Pick<OwnedContribution, 'packages' | 'anyVersion'>[],
  manifest: string,
): Packages {
  const wanted: Packages = { dependencies: {}, devDependencies: {} }
  const { dependencies: present = {} } = JSON.parse(
    manifest.replace(/^\uFEFF/, ''),
  ) as Partial<Packages>
  for (const { packages, anyVersion } of parts) {
    const isServed = (name: string) => anyVersion.includes(name) && Object.hasOwn(present, name)
    for (const section of ['dependencies', 'devDependencies'] as const) {
      for (const [name, range] of Object.entries(packages[section])) {
        if (!isServed(name)) wanted[section][name] = range
      }
    }
  }
  return wanted
}
