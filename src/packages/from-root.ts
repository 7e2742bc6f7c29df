import type { HostProfile } from '../types.js'
import { packageManagers } from './package-managers.js'

/** What a person writes in the repository's root before the name of one of billing's scripts. */
export function runFromRoot({ server, packageManager }: HostProfile): string {
  const { dir } = server.package
  const { run } = packageManagers[packageManager.value]
  return dir === '' ? run : `cd ${dir} && ${run}`
}
