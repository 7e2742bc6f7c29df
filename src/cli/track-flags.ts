import type { TrackedRoute } from '../features/contribution.js'
import { isCountedByRequest } from '../features/usage/tracking.js'
import type { BillingSpec, Meter } from '../types.js'

/** What is wrong with `--track`. With choices, one of them would do. */
export interface TrackProblem {
  code: 'invalid_track' | 'track_without_usage' | 'unknown_meter' | 'meter_not_named'
  message: string
  hint: string
  choices?: string[]
  /** What `--track` is to be given instead, as far as it is known: `<meter>=/api/v1`. */
  values?: string[]
}

export type TrackFlags = { ok: true; track: TrackedRoute[] } | { ok: false; problem: TrackProblem }

/** `/api/v1`, or `api-calls=/api/v1`: a path that may have parameters, and no other text. */
const FORM = /^(?:([a-z0-9][a-z0-9_-]*)=)?(\/[\w.~@:/-]*)$/i
const LONGEST = 200

/** Reads `--track` against what is sold: which route counts for which meter. */
export function readTrackFlags(flags: readonly string[], spec: BillingSpec): TrackFlags {
  const track: TrackedRoute[] = []
  for (const flag of flags) {
    const read = readFlag(flag, spec)
    if ('code' in read) {
      const values = flags.map((each) => (each.includes('=') ? each : `<meter>=${each}`))
      return { ok: false, problem: { ...read, ...(read.choices && { values }) } }
    }
    const isNew = track.every(({ meter, route }) => meter !== read.meter || route !== read.route)
    if (isNew) track.push(read)
  }
  return { ok: true, track }
}

function readFlag(flag: string, spec: BillingSpec): TrackedRoute | TrackProblem {
  const [, named, path] = flag.length <= LONGEST ? (FORM.exec(flag) ?? []) : []
  if (path === undefined) {
    return {
      code: 'invalid_track',
      message: `--track takes a route of this app, and got ${shown(flag)}.`,
      hint: 'Write it like --track /api/v1, or --track METER=/api/v1.',
    }
  }
  if (spec.meters.length === 0) {
    return {
      code: 'track_without_usage',
      message: 'Nothing in the request is paid by use, so --track has nothing to count.',
      hint: 'Leave --track out, or name a price by use, like $0.01 per API call.',
    }
  }
  const route = path.length > 1 ? path.replace(/\/+$/, '') : path
  const meter = meterFor(named, route, spec.meters)
  return 'code' in meter ? meter : { meter: meter.slug, route }
}

function meterFor(named: string | undefined, route: string, meters: Meter[]): Meter | TrackProblem {
  const counted = meters.filter(isCountedByRequest)
  const slugs = counted.map(({ slug }) => slug)
  const meter = meters.find(({ slug }) => slug === named)
  const [only] = counted
  if (named !== undefined && !meter) {
    return {
      code: 'unknown_meter',
      message: `Nothing is sold by ${shown(named)}.`,
      hint: `The request has ${meters.map(({ slug }) => slug).join(', ')}.`,
    }
  }
  if (meter ? !isCountedByRequest(meter) : !only) {
    const slug = (meter ?? meters[0])?.slug ?? ''
    return {
      code: 'invalid_track',
      message: `${slug} is a sum of quantities, which counting requests does not give.`,
      hint: 'Leave --track out for it: the run says how the app tells what was used.',
    }
  }
  if (meter) return meter
  if (only && counted.length === 1) return only
  return {
    code: 'meter_not_named',
    message: `--track ${route} does not say what its requests count for.`,
    hint: `Name one of ${slugs.join(', ')}, like --track ${slugs[0]}=${route}.`,
    choices: slugs.map((slug) => `${slug}=${route}`),
  }
}

/** In a message: short, and of characters that a terminal prints. */
function shown(text: string): string {
  return `"${text.slice(0, 60).replace(/[^\x20-\x7e]/g, '?')}"`
}
