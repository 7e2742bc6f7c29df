import type { HostEdit, HostStep, MeterTracking } from '../../../features/contribution.js'
import { isShared, offeredRoutes } from '../../../features/usage/routes.js'
import { trackRoute, trackSnippet, type TrackEdit } from '../../../patch/index.js'
import type { Layout } from '../../../render/layout.js'
import type { ApiRoute, HostProfile } from '../../../types.js'

const MIDDLEWARE = 'server/middleware/usage-tracking.middleware.ts'
/** So many routes are named as examples. */
const MOST_NAMED = 6

/** The usage middleware before each route that is counted. */
export function trackingEdits(
  host: HostProfile,
  layout: Layout,
  tracking: MeterTracking[],
): HostEdit[] {
  return tracking.flatMap(({ meter, routes }) =>
    routes
      .filter((place) => !isShared(host, place, routes))
      .map((place) => ({
        file: place.file,
        apply: (text) => trackRoute(text ?? '', trackEdit(layout, place, meter)),
      })),
  )
}

/** Where nobody has said what is counted, or a place answers for what is not counted as well. */
export function trackingSteps(
  host: HostProfile,
  layout: Layout,
  tracking: MeterTracking[],
): HostStep[] {
  return tracking.flatMap((each) => {
    const { meter, routes } = each
    if (each.isOpen) return [placedByHand(host, layout, each)]
    return routes
      .filter((place) => isShared(host, place, routes))
      .map((place) => sharedByHand(place, trackEdit(layout, place, meter)))
  })
}

type Place = Pick<ApiRoute, 'file' | 'receiver' | 'mountPath'>

function trackEdit(layout: Layout, place: Place, meter: string): TrackEdit {
  return {
    path: place.mountPath,
    receiver: place.receiver,
    meter,
    name: 'trackUsage',
    from: layout.specifierOf(MIDDLEWARE, place.file),
  }
}

/** Nobody has said what is counted, and nothing is until somebody does. */
function placedByHand(host: HostProfile, layout: Layout, tracking: MeterTracking): HostStep {
  const { meter, counts } = tracking
  const { file, variable } = host.server.app.value
  const routes = offeredRoutes(host)
  const path = routes[0] ?? '/api'
  const [place] = host.server.routes.filter((each) => each.file === file)
  const receiver = place?.receiver ?? variable
  const edit = trackEdit(layout, { file, receiver, mountPath: path }, meter)
  const quantity = '{ quantity: (_req, res) => Number(res.locals.units) }'
  const reason =
    counts === 'requests'
      ? `Nothing is counted for ${meter} until it is said which requests are. Put this line above ` +
        `the mount of each route that counts${named(routes)}, or run again with ` +
        `--track ${path}.`
      : `Nothing is counted for ${meter} until the app says how much each request has used. Put ` +
        'this line above the mount of a route that sets res.locals.units, or call recordUsage.'
  const snippet = trackSnippet(edit, counts === 'quantities' ? quantity : '')
  return { file, snippet, reason }
}

function named(routes: string[]): string {
  if (routes.length === 0) return ''
  const more = routes.length > MOST_NAMED ? ', …' : ''
  return ` (${routes.slice(0, MOST_NAMED).join(', ')}${more})`
}

function sharedByHand(place: ApiRoute, edit: TrackEdit): HostStep {
  const reason =
    `The code that answers at ${place.path} answers at another route as well, which is not to be ` +
    'counted. Put this line where only what counts passes.'
  return { file: place.file, snippet: trackSnippet({ ...edit, path: place.path }), reason }
}
