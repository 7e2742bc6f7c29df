import { installCommand, installPlaces } from '../packages/install-places.js'
import type { NextStep, Plan } from '../types.js'
import type { CommonOptions } from './options.js'

/** What is left for a person to do, in order. */
export function nextStepsOf(
  { host, changes, nextSteps }: Plan,
  options: CommonOptions,
): NextStep[] {
  const installs = options.install ? [] : installPlaces(host, changes).map(installCommand)
  return [
    ...installs.map((command) => ({
      code: 'install_packages',
      text: `Install the packages: ${command}`,
    })),
    ...nextSteps,
    { code: 'read_docs', text: 'Read docs/billing/polar-integration.md' },
  ]
}
