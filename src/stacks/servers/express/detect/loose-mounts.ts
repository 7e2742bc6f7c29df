import type { Sources } from '../../../../host/source/sources.js'
import { reachable } from '../../../../host/source/import-graph.js'
import { mountsOf, type MountCall } from './mounts.js'

/** So many modules are looked through for routes that nothing leads to. */
const MAX_FILES = 120

/**
 * What is mounted on anything, in whatever the app reaches: routers that a class or a function
 * makes and hands on are not followed to where they are mounted, but they say what they use.
 */
export function looseMounts(sources: Sources, entries: string[]): MountCall[] {
  const { ts } = sources
  const found: MountCall[] = []
  const reach = { from: entries, likely: /rout|api|controller/i, maxFiles: MAX_FILES }
  for (const file of reachable(sources, reach)) {
    const text = sources.files.read(file) ?? ''
    if (!/rout|express/i.test(text)) continue
    const source = sources.parse(file)
    if (!source) continue
    sources.walk(source, (node) => {
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return
      if (node.arguments.length < 2) return
      const receiver = node.expression.expression.getText()
      if (/rout|app|server|express/i.test(receiver)) {
        found.push(...mountsOf(sources, file, node, receiver))
      }
    })
  }
  return found
}
