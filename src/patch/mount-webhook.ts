import { Miss, settle, type EditResult } from './edit-result.js'
import { findApp } from './express/express-app.js'
import { readExecution, type Execution } from './express/execution-order.js'
import { meets, type MountEvent } from './express/mount-events.js'
import {
  mountStatement,
  type MountEdit,
  mountSnippet,
  isMounted,
} from './express/mount-statement.js'
import { applyInsertions, linesAfter, linesBefore } from './insertion.js'
import { checkMountOrder } from './mount-order.js'
import { planImport } from './named-import.js'
import { openSource } from './source.js'

const REASON = 'Polar signs the raw bytes, so its webhook stands before every body parser.'

/**
 * Mounts a webhook router where nothing has read or refused the request yet.
 * Anchors: `before-body-parsers` (before the first parser, login, CSRF, rate limit, or middleware
 * that is not known to be harmless), else `after-app-created`.
 */
export async function mountWebhook(content: string, edit: MountEdit): Promise<EditResult> {
  const wanted = { comment: REASON, ...edit }
  return settle(
    () => mountSnippet(wanted),
    async () => {
      const source = await openSource(content)
      if (isMounted(source, wanted)) return { status: 'unchanged' }
      const app = findApp(source, wanted)
      const execution = readExecution(source, app)
      const first = firstObstacle(execution, wanted.path)
      const anchor = first ? 'before-body-parsers' : 'after-app-created'
      const node = first?.statement ?? app.created ?? execution.steps[0]?.statement
      if (!node) throw new Miss('anchor_not_found', 'The class has no constructor to mount it in.')
      const { insertion, localName } = planImport(source, wanted, node.getStart(source.file))
      const name = first?.app ?? app.expression
      const lines = mountStatement(source, wanted, name, localName)
      const mount =
        first || !app.created
          ? linesBefore(source, node, lines)
          : linesAfter(source, node, lines, { paragraph: true })
      const result = applyInsertions(source, insertion ? [insertion, mount] : [mount])
      const { webhook } = await checkMountOrder(result, { ...wanted, webhook: wanted })
      if (webhook?.status !== 'passed') {
        throw new Miss(
          'order_conflict',
          webhook?.details[0] ?? 'The place could not be proved right.',
        )
      }
      return { status: 'changed', content: result, anchor }
    },
  )
}

function firstObstacle({ steps }: Execution, path: string): Execution['steps'][number] | undefined {
  return steps.find((step) => step.events.some((event) => obstructs(event, path)))
}

const PASSING = new Set(['harmless', 'listen', 'returned', 'exported'])

function obstructs(event: MountEvent, path: string): boolean {
  return !PASSING.has(event.kind) && meets(event, path)
}
