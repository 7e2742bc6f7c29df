import type { NextStep, Plan } from '../types.js'
import type { CommonOptions } from './options.js'

/** What is left for a person to do, in order. */
export function nextStepsOf({ host, nextSteps }: Plan, options: CommonOptions): NextStep[] {
  const manager = host.packageManager.value
  return [
    ...(options.install
      ? []
      : [{ code: 'install_packages', text: `Install the packages: ${manager} install` }]),
    ...nextSteps,
    { code: 'read_docs', text: 'Read docs/billing/polar-integration.md' },
  ]
}
