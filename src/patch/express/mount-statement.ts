import type { ts as TS } from 'ts-morph'
import { quoted, statement } from '../insertion.js'
import { bindings, importSnippet, sameModule } from '../named-import.js'
import { walk, type Source } from '../source.js'
import type { MountEvent } from './mount-events.js'
import type { AppPlace } from './setup.js'

/** A router to be mounted on the app. */
export interface MountEdit extends AppPlace {
  path: string
  /** The router's export and the module it comes from, as it is to be imported. */
  name: string
  from: string
  /** Exports of this tool beside which nothing can stand, because they come before everything. */
  apart?: string[]
  /** Name of the login middleware the router brings itself: it is mounted before that one. */
  login?: string
  /** Stands above the mount and says why it stands there. */
  comment?: string
}

export function mountSnippet(edit: MountEdit): string {
  const comment = edit.comment ? `// ${edit.comment}\n` : ''
  const app = edit.variable ?? 'app'
  return `${importSnippet(edit)}\n\n${comment}${app}.use('${edit.path}', ${edit.name})`
}

/** The lines that mount the router, in the file's style. */
export function mountStatement(
  source: Source,
  edit: MountEdit,
  app: string,
  router: string,
): string[] {
  const code = `${app}.use(${quoted(source.style.quote, edit.path)}, ${router})`
  const line = statement(source, code)
  return edit.comment ? [`// ${edit.comment}`, line] : [line]
}

/** The names under which the file knows the router: of its import, whatever its form. */
export function routerNames(source: Source, edit: { name: string; from: string }): Set<string> {
  return new Set(
    bindings(source)
      .filter((each) => sameModule(each.from, edit.from))
      .map((each) => each.local),
  )
}

/** Whether the router is given to some `.use(…)` already. */
export function isMounted(source: Source, edit: MountEdit): boolean {
  const names = routerNames(source, edit)
  let mounted = false
  walk(source.ts, source.file, (node) => {
    if (!source.ts.isCallExpression(node)) return
    if (isUse(source, node) && node.arguments.some((each) => refersTo(source, each, names)))
      mounted = true
  })
  return mounted
}

/** Whether an event mounts what stands before everything, such as the webhook. */
export function standsApart(source: Source, apart: string[] = []): (event: MountEvent) => boolean {
  const names = new Set(
    bindings(source)
      .filter(({ imported }) => apart.includes(imported))
      .map(({ local }) => local),
  )
  return ({ handlers }) => handlers.some((handler) => refersTo(source, handler, names))
}

/** Whether a handler is the router, or is taken from its module: `billing.billingRouter`. */
export function refersTo({ ts }: Source, handler: TS.Expression, names: Set<string>): boolean {
  const root = ts.isPropertyAccessExpression(handler) ? handler.expression : handler
  return ts.isIdentifier(root) && names.has(root.text)
}

function isUse({ ts }: Source, node: TS.CallExpression): boolean {
  return ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'use'
}
