import type { TrackedRoute } from '../features/contribution.js'
import { offeredRoutes, placesAt } from '../features/usage/routes.js'
import { isCountedAlready, isCountedByRequest } from '../features/usage/tracking.js'
import type { BillingSpec, HostProfile, Meter } from '../types.js'
import { EXIT } from './exit.js'
import { isInteractive } from './options.js'
import { askForMissing } from './pricing-stage.js'
import { askForRoutes } from './questions.js'
import { goOn, type Run, type Stage } from './run.js'
import { readTrackFlags } from './track-flags.js'

/** What `--track` says, as far as it can be judged without the host. */
export function readTracking(run: Run, spec: BillingSpec): Stage<TrackedRoute[]> {
  const read = readTrackFlags(run.options.track ?? [], spec)
  if (read.ok) return goOn(read.track)
  const { code, message, hint, choices } = read.problem
  run.reporter.error({ code, message, hint })
  if (choices) {
    const answers = [{ field: 'track', question: message, choices }]
    askForMissing(run, { routes: { answers, values: read.problem.values ?? [] } })
  }
  return run.end('unclear', EXIT.usage)
}

/**
 * Which requests count for which meter: what was named, where it is mounted; else what a person
 * chooses of the mounted routes. A meter that nothing is chosen for is left to be counted by hand.
 */
export async function settleTracking(
  run: Run,
  spec: BillingSpec,
  host: HostProfile,
  track: TrackedRoute[],
): Promise<Stage<TrackedRoute[]>> {
  const choices = offeredRoutes(host)
  const asks = isInteractive(run.options) && run.options.yes !== true && choices.length > 0
  const missing = track.filter(({ route }) => placesAt(host, route).length === 0)
  const [first] = missing
  if (first && !asks) {
    run.reporter.error({
      code: 'route_not_found',
      message: `No route of this app that can be counted is at ${first.route}.`,
      hint: choices.length > 0 ? `There is ${choices.join(', ')}.` : 'No route was found at all.',
    })
    const answers = missing.map(({ meter, route }) => ({
      field: `usage.${meter}`,
      question: `Requests to which route count for ${meter}? There is none at ${route}.`,
      choices,
    }))
    const values = track.map((each) => valueOf(each, spec, missing.includes(each)))
    askForMissing(run, { routes: { answers, values } })
    return run.end('unclear', EXIT.usage)
  }
  const found = track.filter((each) => !missing.includes(each))
  for (const { route } of missing) run.reporter.detail(`There is no route at ${route}.`)
  for (const meter of asks ? metersToAskFor(spec, host, track, missing) : []) {
    const routes = await askForRoutes(meter.name, choices)
    found.push(...routes.map((route) => ({ meter: meter.slug, route })))
  }
  return goOn(found)
}

/** Those that nothing was said of, or something that is not there. */
function metersToAskFor(
  { meters }: BillingSpec,
  host: HostProfile,
  track: TrackedRoute[],
  missing: TrackedRoute[],
): Meter[] {
  const isFor = (meter: Meter) => (each: TrackedRoute) => each.meter === meter.slug
  return meters.filter(isCountedByRequest).filter((meter) => {
    const isOpen = !track.some(isFor(meter)) && !isCountedAlready(host, meter)
    return isOpen || missing.some(isFor(meter))
  })
}

/** As the flag takes it; the meter is named where there are several. */
function valueOf({ meter, route }: TrackedRoute, { meters }: BillingSpec, isMissing: boolean) {
  const value = isMissing ? '<route>' : route
  return meters.filter(isCountedByRequest).length > 1 ? `${meter}=${value}` : value
}
