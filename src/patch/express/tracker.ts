import type { ts as TS } from 'ts-morph'
import { quoted } from '../insertion.js'
import { bindings, importSnippet, sameModule } from '../named-import.js'
import { unwrap, type Source } from '../source.js'
import type { MountEvent } from './mount-events.js'

/** The usage middleware that is to stand before what is mounted at a path. */
export interface TrackEdit {
  /** As it is written there: '/api/v1', or '/v1' on a router. Null: it is mounted without one. */
  path: string | null
  /** What it is mounted on: 'app', 'this.app', 'router'. */
  receiver: string
  /** Slug of the meter. */
  meter: string
  /** The middleware's export and the module it comes from, as it is to be imported. */
  name: string
  from: string
}

/** A line that counts whatever is mounted at the path below it, with its import. */
export function trackSnippet(edit: TrackEdit, options = ''): string {
  const { path, receiver, meter, name } = edit
  const first = path === null ? '' : `${quoted("'", path)}, `
  const tracker = `${name}(${quoted("'", meter)}${options && `, ${options}`})`
  return `${importSnippet(edit)}\n\n${receiver}.use(${first}${tracker})`
}

/** The call of the middleware, in the file's style. */
export function trackerCall({ style }: Source, { meter }: TrackEdit, name: string): string {
  return `${name}(${quoted(style.quote, meter)})`
}

/** The events that have the middleware for the meter among their handlers. */
export function counting(source: Source, events: MountEvent[], edit: TrackEdit): MountEvent[] {
  const names = bindings(source)
    .filter(({ imported, from }) => imported === edit.name && sameModule(from, edit.from))
    .map(({ local }) => local)
  return events.filter(({ handlers }) =>
    handlers.some((handler) => isCallFor(source, handler, names, edit.meter)),
  )
}

function isCallFor(
  { ts }: Source,
  handler: TS.Expression,
  names: string[],
  meter: string,
): boolean {
  if (!ts.isCallExpression(handler) || !ts.isIdentifier(handler.expression)) return false
  const [slug] = handler.arguments
  return (
    names.includes(handler.expression.text) &&
    slug !== undefined &&
    ts.isStringLiteralLike(slug) &&
    slug.text === meter
  )
}

/** The handler before which a request is counted: behind the login, before the first that answers. */
export function firstAnswering(
  source: Source,
  { handlers }: MountEvent,
  passes: (handler: TS.Expression) => boolean,
): TS.Expression | null {
  const last = handlers.at(-1) ?? null
  return handlers.find((handler) => !passes(unwrap(source.ts, handler))) ?? last
}
