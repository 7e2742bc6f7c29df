import { EXIT } from './exit.js'
import { describeHost } from './host-words.js'
import { runCommand } from './integrate.js'
import type { CommonOptions } from './options.js'
import { hostOf, nameRoot, restore } from './prepare.js'

/**
 * Says what the repository is made of, each finding with where it was seen, and all that stands in
 * the way of an integration. Writes nothing, save that it first takes back a run that died.
 *
 * @returns the exit code: 0, or 4 when something stands in the way
 */
export async function inspect(options: CommonOptions): Promise<number> {
  return runCommand(options, async (run) => {
    nameRoot(run)
    const restored = await restore(run)
    if (restored.ended) return restored
    const detection = await hostOf(run)
    if (detection.status === 'ok') {
      run.learn({ host: detection.withRoutes() })
      return run.end('ok', EXIT.ok, 'Billing can be added here.')
    }
    const found = describeHost(detection.found)
    if (found !== '') run.reporter.detail(found)
    const { length } = detection.problems
    const words = length === 1 ? '1 thing stands' : `${length} things stand`
    return run.end('unsupported', EXIT.unsupported, `${words} in the way; nothing was written.`)
  })
}
