import type { Meter, BillingSpec, HostProfile } from '../../types.js'
import type { MeterTracking, TrackedRoute } from '../contribution.js'
import { placesAt } from './routes.js'

/** How each meter is to be counted in the host: what was said, else what its own code does. */
export function trackingOf(
  spec: BillingSpec,
  host: HostProfile,
  track: readonly TrackedRoute[],
): MeterTracking[] {
  return spec.meters.map((meter) => {
    const said = track.filter((each) => each.meter === meter.slug)
    const places = said.flatMap(({ route }) => placesAt(host, route))
    return {
      meter: meter.slug,
      counts: isCountedByRequest(meter) ? 'requests' : 'quantities',
      routes: [...new Set(places)],
      isOpen: said.length === 0 && !isCountedAlready(host, meter),
    }
  })
}

/** A sum is of quantities that no request shows by itself. */
export function isCountedByRequest({ aggregation }: Meter): boolean {
  return aggregation === 'count'
}

/** Whether the host's own code counts the meter: a slug that is no plain text may be any. */
export function isCountedAlready({ server }: HostProfile, { slug }: Meter): boolean {
  return server.counted.some(({ meter }) => meter === null || meter === slug)
}
