import { missOf } from './edit-result.js'
import { findApp } from './express/express-app.js'
import { readExecution } from './express/execution-order.js'
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
 * request, and each router before whatever ends a request's way.
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
      routers: routers.map((router) => judge(source, events, router, blocksRouter)),
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
  if (find === blocksRouter) {
    const behind = events.slice(at + 1).filter((event) => isSession(event) && meets(event, path))
    const texts = behind.map(
      ({ line }) => `Line ${line}: the session stands behind ${path} (line ${mount.line}).`,
    )
    found.push(...texts.map((text) => ({ text, certain: true })))
  }
  const wrong = found.some(({ certain }) => certain)
  return {
    status: wrong ? 'failed' : found.length > 0 ? 'unknown' : 'passed',
    path,
    line: mount.line,
    details: found.map(({ text }) => text),
  }
}

function blocksWebhook(event: MountEvent, path: string): string | null {
  if (!meets(event, path)) return null
  if (event.parses || event.kind === 'body-parser') return 'a body parser'
  if (event.kind === 'gate') return 'middleware that can refuse a request'
  return event.kind === 'delegated' ? 'setup by code elsewhere' : blocksRouter(event, path)
}

/** What puts the user on a request, and so has to stand before whatever asks for one. */
function isSession({ kind, handlers }: MountEvent): boolean {
  const made = /^(\w*session|passport\.(initialize|session|authenticate))\(/i
  return kind !== 'router' && handlers.some((handler) => made.test(handler.getText()))
}

function blocksRouter(event: MountEvent, path: string): string | null {
  if (!ends(event, path)) return null
  return event.kind === 'error-handler' ? 'an error handler' : 'a handler that answers everything'
}
