import type { Plan } from '../types.js'
import type { CommonOptions } from './options.js'

/** What is left for a person to do, in order. */
export function nextStepsOf({ host, nextSteps }: Plan, options: CommonOptions): string[] {
  const manager = host.packageManager.value
  return [
    ...(options.install ? [] : [`Install the packages: ${manager} install`]),
    ...nextSteps,
    'Read docs/billing/polar-integration.md',
  ]
}
