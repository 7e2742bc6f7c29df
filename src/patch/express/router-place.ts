import type { ts as TS } from 'ts-morph'
import { Miss } from '../edit-result.js'
import type { Execution, Step } from './execution-order.js'
import type { ExpressApp } from './express-app.js'
import { ends, isEarly, meets, type EventKind, type MountEvent } from './mount-events.js'
import { firstSegment } from './route-path.js'

export interface Place {
  node: TS.Node
  side: 'before' | 'after'
  /** How the app is called there. */
  app: string
  anchor: string
}

export interface RouterWish {
  path: string
  /** Name of the login middleware that the router brings itself. */
  login?: string
  /** Whether a mount stands where it does for a reason that no other has. */
  isApart: (event: MountEvent) => boolean
}

/**
 * Where a router for `path` belongs; null when the file offers no place.
 * @throws Miss when the host's order leaves no right place, or does not tell it for certain.
 */
export function placeRouter(
  execution: Execution,
  app: ExpressApp,
  { path, login, isApart }: RouterWish,
): Place | null {
  const { steps } = execution
  const taken = steps.flatMap((step) => step.events).find((event) => isTaken(event, path))
  if (taken) {
    throw new Miss('path_taken', `The app answers at ${path} already, in line ${taken.line}.`)
  }
  const range = readRange(steps, path, login, isApart)
  const beside = besideSiblings(range)
  if (beside) return beside
  const uncertain = uncertainBefore(execution, range.end)
  if (uncertain) throw uncertain
  return beforeCover(range) ?? beforeEnd(range) ?? atEnd(range, app)
}

/** The statements a router may stand between. */
interface Range {
  steps: Step[]
  /** Index of the last one that must run before it; -1 for none. */
  ready: number
  /** Index of the first one that must not; the number of steps for none. */
  end: number
  path: string
  isApart: (event: MountEvent) => boolean
}

function readRange(
  steps: Step[],
  path: string,
  login: string | undefined,
  isApart: RouterWish['isApart'],
): Range {
  const own = steps.flatMap(({ events }) => events).filter((event) => !isApart(event))
  const last = indexOf(steps, (event) => ends(event, path) && !isEarly(event, own))
  const parses = ({ events }: Step) => events.some((event) => parsesFor(event, path))
  // What a function of another file sets up is relied on by whatever follows it.
  const setsUp = ({ events }: Step) =>
    events.some((event) => event.given && (event.parses || prepares(event, path)))
  const parsed = steps.slice(0, last).findLastIndex((step) => parses(step) || setsUp(step))
  const atLast = steps[last]
  if (atLast && setsUp(atLast)) throw closedSetup()
  if (atLast && parses(atLast)) {
    throw new Miss(
      'chained_app',
      'Body parsers and handlers are mounted in one chained expression.',
    )
  }
  // The router asks for the login itself, where it must: its public routes stay public.
  const asks = (event: MountEvent) => meets(event, path) && mountsLogin(event, login)
  const wall = steps.findIndex(({ events }, at) => at > parsed && at < last && events.some(asks))
  if (wall === -1) return { steps, ready: parsed, end: last, path, isApart }
  // What the login relies on, a session or a loaded user, stands before it and so before ours.
  const prepared = steps
    .slice(0, wall)
    .findLastIndex(({ events }) => events.some((event) => prepares(event, path)))
  return { steps, ready: Math.max(parsed, prepared), end: wall, path, isApart }
}

function prepares(event: MountEvent, path: string): boolean {
  return PREPARING.has(event.kind) && meets(event, path)
}

const PREPARING = new Set<EventKind>(['middleware', 'gate', 'harmless'])

/** Behind the last router that stands beside ours: of the API where there is one, else any. */
function besideSiblings({ steps, ready, end, path, isApart }: Range): Place | null {
  const isSibling = (event: MountEvent) =>
    (event.kind === 'router' || (event.kind === 'route' && event.given)) &&
    !event.deferred &&
    event.paths.length > 0 &&
    !meets(event, path) &&
    !isApart(event)
  const inApi = (event: MountEvent) =>
    isSibling(event) &&
    event.paths.some((each) =>
      [null, firstSegment({ kind: 'literal', value: path })].includes(firstSegment(each)),
    )
  for (const belongs of [inApi, isSibling]) {
    const at = steps.findLastIndex(
      ({ events }, index) =>
        index >= ready && index < end && behindParsers(events, path).some(belongs),
    )
    const step = steps[at]
    if (!step) continue
    return { node: step.statement, side: 'after', app: step.app, anchor: 'beside-sibling-mounts' }
  }
  return null
}

/** Of one statement, which may be a chain: what is mounted behind its last body parser. */
function behindParsers(events: MountEvent[], path: string): MountEvent[] {
  return events.slice(events.findLastIndex((event) => parsesFor(event, path)) + 1)
}

function parsesFor(event: MountEvent, path: string): boolean {
  return event.parses && event.kind !== 'router' && meets(event, path)
}

/** A router mounted above ours may refuse or answer what it does not know, so ours goes first. */
function beforeCover({ steps, ready, end, path }: Range): Place | null {
  const isCover = (event: MountEvent) =>
    event.kind === 'router' && !event.deferred && meets(event, path)
  const behind = steps[ready]?.events.some((event) => event.given && isCover(event))
  if (behind) throw closedSetup()
  const cover = steps.find(
    ({ events }, at) => at > ready && at < end && events.some((event) => isCover(event)),
  )
  return cover ? before(cover, 'beside-sibling-mounts') : null
}

/** There is no right place outside of a function that sets up all of it. */
function closedSetup(): Miss {
  return new Miss(
    'app_delegated',
    'A function of another file mounts both what a router relies on and what ends its requests.',
  )
}

function isTaken(event: MountEvent, path: string): boolean {
  return (
    (event.kind === 'router' || event.kind === 'route') &&
    event.paths.some((each) => each.kind === 'literal' && each.value.replace(/\/+$/, '') === path)
  )
}

function uncertainBefore({ steps, detached }: Execution, end: number): Miss | null {
  const reason =
    'The app is set up by code elsewhere, so what stands before and behind is not known.'
  const given = steps.findIndex((step) => step.events.some((event) => event.kind === 'delegated'))
  return detached || (given !== -1 && given <= end) ? new Miss('app_delegated', reason) : null
}

const ENDINGS: [EventKind, string][] = [
  ['returned', 'before-app-returned'],
  ['listen', 'before-listen'],
  ['exported', 'before-app-exported'],
]

function beforeEnd({ steps, ready, end, path }: Range): Place | null {
  const last = steps[end]
  if (last) {
    let at = end
    // The static files of a front end and its catch-all are one thing: stand above both.
    while (at - 1 > ready && isStatic(steps[at - 1])) at--
    return before(steps[at] ?? last, endAnchor(last, path))
  }
  for (const [kind, anchor] of ENDINGS) {
    const at = indexOf(steps, (event) => event.kind === kind)
    const step = steps[at]
    if (step && at > ready) return before(step, anchor)
  }
  return null
}

function endAnchor({ events }: Step, path: string): string {
  const event = events.find((each) => ends(each, path))
  if (!event) return 'before-login'
  if (event.kind === 'error-handler') return 'before-error-handler'
  return event.kind === 'catch-all' && event.paths.length === 0
    ? 'before-not-found'
    : 'before-catch-all'
}

/** Only the host's own login middleware, by its name: other walls may do what ours relies on. */
function mountsLogin({ handlers }: MountEvent, login: string | undefined): boolean {
  return login !== undefined && handlers.some((handler) => handler.getText() === login)
}

function atEnd({ steps, ready }: Range, app: ExpressApp): Place | null {
  const last = steps[ready]
  if (last)
    return { node: last.statement, side: 'after', app: last.app, anchor: 'after-app-created' }
  if (app.created) {
    return { node: app.created, side: 'after', app: app.expression, anchor: 'after-app-created' }
  }
  const [first] = steps
  return first ? before(first, 'after-app-created') : null
}

function before(step: Step, anchor: string): Place {
  return { node: step.statement, side: 'before', app: step.app, anchor }
}

function isStatic(step: Step | undefined): boolean {
  return !!step && step.events.length > 0 && step.events.every((event) => event.kind === 'static')
}

/** Index of the first step with such an event; the number of steps when there is none. */
function indexOf(steps: Step[], matches: (event: MountEvent) => boolean): number {
  const at = steps.findIndex((step) => step.events.some(matches))
  return at === -1 ? steps.length : at
}
