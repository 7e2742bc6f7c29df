import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../../../host/context.js'
import type { RouterStack, SeenRoutes } from './router.js'

/** TanStack Router: a tree of routes put together in code, or a file for each route. */
export const tanstackRouter: RouterStack = {
  packages: ['@tanstack/react-router'],
  mentions: /\.addChildren\(|createRouter\(|routeTree/,
  routesIn: (context, file) => treeIn(context, file),
}

function treeIn({ sources }: DetectionContext, file: string): SeenRoutes | null {
  const { ts } = sources
  const source = sources.parse(file)
  if (!source) return null
  // The generated tree lists what is in files: a page is a file of its own there.
  if (/createFileRoute|routeTree\.gen|FileRoutesByPath/.test(source.text)) {
    const at = sources.index(file)
    const generated = [...(at?.imports.values() ?? [])].find(({ specifier }) =>
      /routeTree\.gen/.test(specifier),
    )
    const tree = generated ? sources.resolve(file, generated.specifier) : null
    const [first] = source.statements
    if (!first || !generated) return null
    return { kind: 'tanstack-files', file: tree ?? file, node: first, seenIn: file }
  }
  let found: ts.Node | null = null
  sources.walk(source, (node) => {
    if (ts.isCallExpression(node) && /\.addChildren$/.test(node.expression.getText()))
      found ??= node
  })
  return found && { kind: 'tanstack', file, node: found }
}
