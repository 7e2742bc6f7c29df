import { Miss, settle, type EditResult } from './edit-result.js'
import { findApp } from './express/express-app.js'
import { readExecution } from './express/execution-order.js'
import {
  isMounted,
  mountSnippet,
  mountStatement,
  standsApart,
  type MountEdit,
} from './express/mount-statement.js'
import { placeRouter } from './express/router-place.js'
import { applyInsertions, linesAfter, linesBefore } from './insertion.js'
import { checkMountOrder } from './mount-order.js'
import { planImport } from './named-import.js'
import { openSource } from './source.js'

/**
 * Mounts an API router behind the body parsers and before whatever ends a request's way.
 * Anchors: `beside-sibling-mounts`, `before-login` | `before-not-found` | `before-catch-all` |
 * `before-error-handler`, `before-app-returned`, `before-listen`, `before-app-exported`,
 * `after-app-created`.
 */
export async function mountRouter(content: string, edit: MountEdit): Promise<EditResult> {
  return settle(
    () => mountSnippet(edit),
    async () => {
      const source = await openSource(content)
      if (isMounted(source, edit)) return { status: 'unchanged' }
      const app = findApp(source, edit)
      const execution = readExecution(source, app)
      const place = placeRouter(execution, app, {
        ...edit,
        isApart: standsApart(source, edit.apart),
      })
      if (!place) throw new Miss('anchor_not_found', 'The class has no constructor to mount it in.')
      const { insertion, localName } = planImport(source, edit, place.node.getStart(source.file))
      const lines = mountStatement(source, edit, place.app, localName)
      const paragraph = place.anchor === 'after-app-created'
      const mount =
        place.side === 'before'
          ? linesBefore(source, place.node, lines)
          : linesAfter(source, place.node, lines, { paragraph })
      const result = applyInsertions(source, insertion ? [insertion, mount] : [mount])
      const { routers } = await checkMountOrder(result, { ...edit, routers: [edit] })
      const [check] = routers
      if (check?.status !== 'passed') {
        throw new Miss(
          'order_conflict',
          check?.details[0] ?? 'The place could not be proved right.',
        )
      }
      return { status: 'changed', content: result, anchor: place.anchor }
    },
  )
}
