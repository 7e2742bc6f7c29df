import type { HostStep } from '../../../features/contribution.js'
import type { HostProfile } from '../../../types.js'
import { hostRunners } from '../runners/registry.js'

/** What a person tells the host's runner where it would take billing's tests for its own. */
export function leftAlone({ tests, server }: HostProfile): HostStep[] {
  const runner = hostRunners.find(({ name }) => name === tests.hostRunner?.value)
  if (!tests.apart?.collected || !runner) return []
  const reason =
    `${runner.title} would take billing's tests for its own, and they run under Vitest: ` +
    'tell it to leave their folder alone.'
  const { manifest } = server.package
  return [{ file: manifest, reason, snippet: runner.ignores(tests.dir.value) }]
}
