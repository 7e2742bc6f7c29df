import { join } from 'node:path'
import { installCommand, installPlaces, type InstallPlace } from '../packages/install-places.js'
import { packageManagers } from '../packages/package-managers.js'
import { engineStep, isBelowSdkEngine } from '../polar/sdk-engine.js'
import type { NextStep, Plan } from '../types.js'
import type { CommonOptions } from './options.js'

/** What is left for a person to do, in order. */
export function nextStepsOf(
  { host, changes, nextSteps }: Plan,
  options: CommonOptions,
): NextStep[] {
  const places = installPlaces(host, changes)
  const installs = options.install ? [] : places.map(installCommand)
  const engines = isBelowSdkEngine() ? places.flatMap((place) => flagOf(host.root, place)) : []
  return [
    ...installs.map((command) => ({
      code: 'install_packages',
      text: `Install the packages: ${command}`,
    })),
    ...engines.map((command) => engineStep(command)),
    ...nextSteps,
    { code: 'read_docs', text: 'Read docs/billing/polar-integration.md' },
  ]
}

/** The installation that takes a package which asks for another Node, where it is refused. */
function flagOf(root: string, place: InstallPlace): string[] {
  const flag = packageManagers[place.manager].ignoresEngines(join(root, place.dir))
  return flag === null ? [] : [`${installCommand(place)} ${flag}`]
}
