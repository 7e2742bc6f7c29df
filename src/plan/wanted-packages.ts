import type { Packages } from '../types.js'
import type { OwnedContribution } from './contributions.js'

/**
 * What all parts ask for together, without what the host has in a version that serves.
 *
 * @param manifest text of the host's package.json
 */
export function wantedPackages(
  parts: Pick<OwnedContribution, 'packages' | 'anyVersion' | 'bundled' | 'frontEnd'>[],
  manifest: string,
): Packages {
  const wanted: Packages = { dependencies: {}, devDependencies: {} }
  const { dependencies = {}, devDependencies = {} } = JSON.parse(
    manifest.replace(/^\uFEFF/, ''),
  ) as Partial<Packages>
  const isBuilt = parts.some(
    ({ frontEnd }) => frontEnd !== null && Object.hasOwn(devDependencies, frontEnd),
  )
  const bundledFrom = isBuilt ? 'devDependencies' : 'dependencies'
  for (const { packages, anyVersion, bundled } of parts) {
    const isServed = (name: string, section: keyof Packages) =>
      ([...anyVersion, ...bundled].includes(name) && Object.hasOwn(dependencies, name)) ||
      ((bundled.includes(name) || (anyVersion.includes(name) && section === 'devDependencies')) &&
        Object.hasOwn(devDependencies, name))
    for (const section of ['dependencies', 'devDependencies'] as const) {
      for (const [name, range] of Object.entries(packages[section])) {
        if (!isServed(name, section))
          wanted[bundled.includes(name) ? bundledFrom : section][name] = range
      }
    }
  }
  return wanted
}
