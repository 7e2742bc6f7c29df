import type { ts as TS } from 'ts-morph'
import { Miss, settle, type EditResult } from './edit-result.js'
import { handlerKind, kindOfName, nameOf } from './express/handler-kind.js'
import { eventsIn, type MountEvent } from './express/mount-events.js'
import { isEverything, type RoutePath } from './express/route-path.js'
import {
  counting,
  firstAnswering,
  trackerCall,
  trackSnippet,
  type TrackEdit,
} from './express/tracker.js'
import {
  applyInsertions,
  indentAt,
  linesBefore,
  quoted,
  startOfLine,
  statement,
  type Insertion,
} from './insertion.js'
import { planImport } from './named-import.js'
import { openSource, walk, type Source } from './source.js'

/**
 * Puts the usage middleware before what is mounted at a path, so that exactly the requests to it
 * are counted. Anchors: `before-handler`, among the mount's own arguments behind its login;
 * `above-mount`, on a line of its own, where the mount has other paths as well.
 */
export async function trackRoute(content: string, edit: TrackEdit): Promise<EditResult> {
  return settle(
    () => trackSnippet(edit),
    async () => {
      const source = await openSource(content)
      const open = uncounted(source, edit)
      const [first] = open
      if (!first) return { status: 'unchanged' }
      const wanted = { name: edit.name, from: edit.from }
      const { insertion, localName } = planImport(source, wanted, first.node.getStart(source.file))
      const call = trackerCall(source, edit, localName)
      const places = open.map((event) => place(source, event, edit, call))
      const inserted = places.map((each) => each.insertion)
      const result = applyInsertions(source, insertion ? [insertion, ...inserted] : inserted)
      if (uncounted(await openSource(result), edit).length > 0) {
        throw new Miss('order_conflict', 'The place could not be proved right.')
      }
      const anchors = [...new Set(places.map(({ anchor }) => anchor))]
      return { status: 'changed', content: result, anchor: anchors.join(', ') }
    },
  )
}

/** What is mounted at the path and not counted yet. */
function uncounted(source: Source, edit: TrackEdit): MountEvent[] {
  const events = mountsOn(source, edit.receiver)
  const mounted = events.filter((event) => answers(source, event) && isMountedAt(event, edit.path))
  const at = edit.path ?? 'the root'
  if (mounted.length === 0) {
    throw new Miss('route_not_found', `Nothing is mounted on ${edit.receiver} at ${at}.`)
  }
  if (!edit.receiver.startsWith('this.')) {
    const places = new Set(mounted.map(({ node }) => enclosingFunction(source, node)))
    if (places.size > 1) {
      throw new Miss('ambiguous', `Several functions mount something at ${at}.`)
    }
  }
  const counted = counting(source, events, edit)
  return mounted.filter(
    (event) =>
      !counted.some((each) => each.node.end <= event.node.end && reaches(each, event, edit.path)),
  )
}

/** Everything that is done to a receiver, in source order, also where a function is given it. */
function mountsOn(source: Source, receiver: string): MountEvent[] {
  const { ts, file } = source
  const events = eventsIn(source, file, receiver)
  walk(ts, file, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return
    const takes = node.parameters.some(
      ({ name }) => ts.isIdentifier(name) && name.text === receiver,
    )
    if (takes) events.push(...eventsIn(source, node.body, receiver))
  })
  return events.sort((a, b) => a.node.end - b.node.end)
}

function enclosingFunction({ ts, file }: Source, node: TS.Node): TS.Node {
  let at = node.parent
  while (at !== file && !ts.isFunctionLike(at)) at = at.parent
  return at
}

/** A router or a handler: not what passes every request on, and not what answers all the rest. */
function answers(source: Source, event: MountEvent): boolean {
  if (event.kind === 'router' || event.kind === 'route') return true
  const handler = event.handlers.at(-1)
  if (event.kind !== 'catch-all' || !handler || event.paths.length === 0) return false
  if (event.paths.some(isEverything) || /\b404\b/.test(handler.getText(source.file))) return false
  return kindOfName(nameOf(source, handler)) !== 'not-found'
}

function isMountedAt({ paths }: MountEvent, path: string | null): boolean {
  if (path === null || path === '/') return paths.length === 0 || paths.some(isAt('/'))
  return paths.some(isAt(path))
}

function isAt(path: string): (each: RoutePath) => boolean {
  return (each) => each.kind === 'literal' && bare(each.value) === bare(path)
}

function bare(path: string): string {
  let end = path.length
  while (end > 1 && path[end - 1] === '/') end -= 1
  return path.slice(0, end).toLowerCase()
}

/** Whether all requests at the path that meet `event` have come through `earlier`. */
function reaches(earlier: MountEvent, event: MountEvent, path: string | null): boolean {
  if (earlier === event) return true
  if (earlier.paths.length === 0) return true
  return earlier.paths.some((each) => {
    if (each.kind !== 'literal' || path === null) return false
    const [above, own] = [bare(each.value), bare(path)]
    if (earlier.match === 'prefix') return own === above || own.startsWith(`${above}/`)
    return own === above && event.match === 'exact' && methodOf(earlier) === methodOf(event)
  })
}

function place(
  source: Source,
  event: MountEvent,
  edit: TrackEdit,
  call: string,
): { insertion: Insertion; anchor: string } {
  const { paths } = event
  if (edit.path !== null && !paths.every(isAt(edit.path))) {
    return { insertion: lineAbove(source, event, edit.path, call), anchor: 'above-mount' }
  }
  const handler = firstAnswering(source, event, (each) => passesOn(source, each))
  if (!handler) throw new Miss('route_not_found', 'The mount has no handler.')
  const at = handler.getStart(source.file)
  const lead = source.text.slice(startOfLine(source.text, at), at)
  const isOnItsOwnLine = lead.trim() === ''
  const gap = isOnItsOwnLine ? source.style.newline + indentAt(source.text, at) : ' '
  return { insertion: { at, text: `${call},${gap}` }, anchor: 'before-handler' }
}

const PASSING = new Set(['gate', 'harmless', 'body-parser'])

/** Middleware that stands before what answers: a login, a parser, a function that goes on. */
function passesOn(source: Source, handler: TS.Expression): boolean {
  const kind = handlerKind(source, handler)
  return PASSING.has(kind) || (kind === 'unknown' && source.ts.isFunctionLike(handler))
}

/** A mount at several paths is counted at one of them by a line of its own. */
function lineAbove(source: Source, event: MountEvent, path: string, call: string): Insertion {
  const { ts } = source
  const whole = event.node.parent
  const callee = ts.isCallExpression(event.node) ? event.node.expression : null
  const receiver = callee && ts.isPropertyAccessExpression(callee) ? callee.expression : null
  if (!ts.isExpressionStatement(whole) || !receiver || ts.isCallExpression(receiver)) {
    throw new Miss('chained_app', `A chain mounts ${path} together with other paths.`)
  }
  const code = `${receiver.getText(source.file)}.${methodOf(event)}(${quoted(source.style.quote, path)}, ${call})`
  return linesBefore(source, whole, [statement(source, code)])
}

/** 'use', 'get', … */
function methodOf({ node }: MountEvent): string {
  const { expression } = node as TS.CallExpression
  return (expression as TS.PropertyAccessExpression).name.text
}
