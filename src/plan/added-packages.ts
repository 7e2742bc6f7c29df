import type { Packages } from '../types.js'

/** The packages whose range in the second package.json is not that of the first. */
export function addedPackages(before: string, after: string): Packages {
  const [old, fresh] = [packagesOf(before), packagesOf(after)]
  const known: Record<string, string> = { ...old.dependencies, ...old.devDependencies }
  const added = (section: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(section).filter(([name, range]) => known[name] !== range))
  return {
    dependencies: added(fresh.dependencies),
    devDependencies: added(fresh.devDependencies),
  }
}

function packagesOf(manifest: string): Packages {
  const { dependencies, devDependencies } = JSON.parse(
    manifest.replace(/^\uFEFF/, ''),
  ) as Partial<Packages>
  return { dependencies: dependencies ?? {}, devDependencies: devDependencies ?? {} }
}
