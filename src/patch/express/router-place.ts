import type { ts as TS } from 'ts-morph'
import { Miss } from '../edit-result.js'
import type { Execution, Step } from './execution-order.js'
import type { ExpressApp } from './express-app.js'
import { ends, meets, type EventKind, type MountEvent } from './mount-events.js'
import { firstSegment } from './route-path.js'

export interface Place {
  node: TS.Node
  side: 'before' | 'after'
  /** How the app is called there. */
  app: string
  anchor: string
}

/**
 * Where a router for `path` belongs; null when the file offers no place.
 * @throws Miss when the host's order leaves no right place, or does not tell it for certain.
 */
export function placeRouter(execution: Execution, app: ExpressApp, path: string): Place | null {
  const { steps } = execution
  const taken = steps.flatMap((step) => step.events).find((event) => isTaken(event, path))
  if (taken)
    throw new Miss('path_taken', `The app answers at ${path} already, in line ${taken.line}.`)

  const end = indexOf(steps, (event) => ends(event, path))
  const reachable = steps.slice(0, end)
  const parsed = reachable.findLastIndex((step) =>
    step.events.some((event) => event.parses && event.kind !== 'router' && meets(event, path)),
  )
  if (steps[end]?.events.some((event) => event.parses && meets(event, path))) {
    throw new Miss(
      'chained_app',
      'Body parsers and handlers are mounted in one chained expression.',
    )
  }

  const beside = besideSiblings(reachable, parsed, path)
  if (beside) return beside
  const certain = uncertainBefore(execution, end)
  if (certain) throw certain
  return (
    beforeEnding(steps, parsed) ??
    beforeIndex(steps, end, parsed, path) ??
    atEnd(execution, app, parsed)
  )

  function beforeEnding(all: Step[], from: number): Place | null {
    const cover = all.findIndex(
      (step, at) => at > from && at < end && step.events.some((event) => coversUs(event, path)),
    )
    const step = all[cover]
    return step ? before(step, 'beside-sibling-mounts') : null
  }
}

/** Behind the last router that stands beside ours: of the API where there is one, else any. */
function besideSiblings(steps: Step[], parsed: number, path: string): Place | null {
  const isSibling = (event: MountEvent) =>
    event.kind === 'router' && !event.deferred && event.paths.length > 0 && !meets(event, path)
  const inApi = (event: MountEvent) =>
    isSibling(event) &&
    event.paths.some((each) =>
      [null, firstSegment({ kind: 'literal', value: path })].includes(firstSegment(each)),
    )
  for (const belongs of [inApi, isSibling]) {
    const at = steps.findLastIndex((step, index) => index > parsed && step.events.some(belongs))
    const step = steps[at]
    if (step)
      return { node: step.statement, side: 'after', app: step.app, anchor: 'beside-sibling-mounts' }
  }
  return null
}

/** A router mounted above ours may refuse or answer what it does not know, so ours goes first. */
function coversUs(event: MountEvent, path: string): boolean {
  return event.kind === 'router' && !event.deferred && meets(event, path)
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

function beforeIndex(steps: Step[], end: number, parsed: number, path: string): Place | null {
  const last = steps[end]
  const found = last?.events.find((event) => ends(event, path))
  if (last && found) {
    let at = end
    // The static files of a front end and its catch-all are one thing: stand above both.
    while (at - 1 > parsed && isStatic(steps[at - 1])) at--
    return before(steps[at] ?? last, endAnchor(found))
  }
  for (const [kind, anchor] of ENDINGS) {
    const at = indexOf(steps, (event) => event.kind === kind)
    const step = steps[at]
    if (step && at > parsed) return before(step, anchor)
  }
  return null
}

function endAnchor(event: MountEvent): string {
  if (event.kind === 'error-handler') return 'before-error-handler'
  return event.kind === 'catch-all' && event.paths.length === 0
    ? 'before-not-found'
    : 'before-catch-all'
}

function atEnd({ steps }: Execution, app: ExpressApp, parsed: number): Place | null {
  const last = steps[parsed]
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
