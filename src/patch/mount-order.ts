import { missOf } from './edit-result.js'
import { findApp } from './express/express-app.js'
import { readExecution } from './express/execution-order.js'
import { nameOf } from './express/handler-kind.js'
import { ends, isEarly, meets, type MountEvent } from './express/mount-events.js'
import { refersTo, routerNames, standsApart } from './express/mount-statement.js'
import type { AppPlace } from './express/setup.js'
import { openSource, type Source } from './source.js'

export interface MountedRouter {
  path: string
  name: string
  from: string
}

/** What a patched app file says about one mount. */
export interface OrderFinding {
  status: 'passed' | 'failed' | 'missing' | 'unknown'
  path: string
  /** 1-based; null when the mount was not found. */
  line: number | null
  /** One sentence for each thing that stands wrong, with its line. */
  details: string[]
}

export interface MountOrder {
  webhook: OrderFinding | null
  routers: OrderFinding[]
}

/**
 * Reads an app file and says whether the webhook stands before everything that reads or refuses a
 * request, and each router before whatever ends a request's way and behind what puts on it that
 * the host's own routers rely on.
 */
export async function checkMountOrder(
  content: string,
  expected: { webhook?: MountedRouter; routers?: MountedRouter[]; apart?: string[] } & AppPlace,
): Promise<MountOrder> {
  const { webhook, routers = [] } = expected
  try {
    const source = await openSource(content)
    const { steps } = readExecution(source, findApp(source, expected))
    const all = steps.flatMap((step) => step.events)
    const mounted = [...(webhook ? [webhook] : []), ...routers].map(({ name }) => name)
    const isOurs = standsApart(source, [...mounted, ...(expected.apart ?? [])])
    const own = all.filter((event) => !isOurs(event))
    const events = all.filter((event) => !isEarly(event, own))
    return {
      webhook: webhook ? judge(source, events, webhook, blocksWebhook) : null,
      routers: routers.map((router) =>
        judge(source, events, router, blocksRouter, (at) => missed(source, events, at, router)),
      ),
    }
  } catch (error) {
    const miss = missOf(error)
    if (miss === null) throw error
    const unknown = ({ path }: MountedRouter): OrderFinding => {
      return { status: 'unknown', path, line: null, details: [miss.reason] }
    }
    return { webhook: webhook ? unknown(webhook) : null, routers: routers.map(unknown) }
  }
}

/** Names what stands in the way, if the event does. */
type Obstacle = (event: MountEvent, path: string) => string | null

function judge(
  source: Source,
  events: MountEvent[],
  router: MountedRouter,
  find: Obstacle,
  lacks: (at: number) => string[] = () => [],
): OrderFinding {
  const { path } = router
  const names = routerNames(source, router)
  const at = events.findIndex((event) =>
    event.handlers.some((each) => refersTo(source, each, names)),
  )
  const mount = events[at]
  if (!mount) {
    return { status: 'missing', path, line: null, details: [`Nothing is mounted at ${path}.`] }
  }
  const found = events.slice(0, at).flatMap((event) => {
    const obstacle = find(event, path)
    if (!obstacle) return []
    const text = `Line ${event.line}: ${obstacle} stands before ${path} (line ${mount.line}).`
    return [{ text, certain: event.kind !== 'delegated' }]
  })
  const lacking = lacks(at)
  const wrong = lacking.length > 0 || found.some(({ certain }) => certain)
  return {
    status: wrong ? 'failed' : found.length > 0 ? 'unknown' : 'passed',
    path,
    line: mount.line,
    details: [...found.map(({ text }) => text), ...lacking],
  }
}

/** What puts the user on a request, and so has to stand before whatever asks for one. */
const SESSION = /(^|\.)\w*session$|passport\.authenticate$/i
/** What Passport needs to ask for the user, with a session and without one. */
const PASSPORT = /passport\.initialize$/i
/** What a login, or a browser of another origin, relies on as well. None of it is a login itself. */
const RELIED_ON = /cookie_?pars|^cors$|^clerk_?middleware$/i

/** What the host's routers have in front of them, and a router in front of it does not. */
function missed(
  source: Source,
  events: MountEvent[],
  at: number,
  { path }: MountedRouter,
): string[] {
  const line = events[at]?.line
  return events.slice(at + 1).flatMap((event, index) => {
    if (event.kind === 'router' || !meets(event, path)) return []
    const names = event.handlers
      .filter((handler) => source.ts.isCallExpression(handler))
      .map((handler) => nameOf(source, handler))
    const user = names.some((name) => SESSION.test(name))
      ? 'the session'
      : names.find((name) => PASSPORT.test(name))
    const others = names.filter((name) => RELIED_ON.test(name))
    const later = events.slice(at + index + 2)
    const isReliedOn = later.some(({ kind }) => kind === 'router' || kind === 'route')
    const what = user ?? (isReliedOn ? others[0] : undefined)
    return what === undefined
      ? []
      : [`Line ${event.line}: ${what} stands behind ${path} (line ${line}).`]
  })
}

function blocksWebhook(event: MountEvent, path: string): string | null {
  if (!meets(event, path)) return null
  if (event.parses || event.kind === 'body-parser') return 'a body parser'
  if (event.kind === 'gate') return 'middleware that can refuse a request'
  return event.kind === 'delegated' ? 'setup by code elsewhere' : blocksRouter(event, path)
}

function blocksRouter(event: MountEvent, path: string): string | null {
  if (!ends(event, path)) return null
  return event.kind === 'error-handler' ? 'an error handler' : 'a handler that answers everything'
}
