import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../../../host/context.js'
import type { RouterStack, SeenRoutes } from './router.js'
import { switchIn } from './switch-in.js'

const MAKER = /^create(Browser|Hash|Memory)Router$/

/** React Router: `<Routes>` and lists of objects since version 6, `<Switch>` before. */
export const reactRouter: RouterStack = {
  packages: ['react-router-dom', 'react-router'],
  mentions:
    /<(Routes|Switch|Route)\b|create(Browser|Hash|Memory)Router|createRoutesFromElements|useRoutes/,
  routesIn: (context, file) =>
    routesIn(context, file) ?? switchIn(context, file, reactRouter.packages),
}

/** `<Routes>`, or routes written as elements, before a list of route objects. */
function routesIn(context: DetectionContext, file: string): SeenRoutes | null {
  const { sources } = context
  const { ts } = sources
  const source = sources.parse(file)
  const found: SeenRoutes[] = []
  if (!source) return null
  sources.walk(source, (node) => {
    if (ts.isJsxElement(node) && node.openingElement.tagName.getText() === 'Routes') {
      const { openingElement } = node
      const isWritten = /<Route\s+(?!\s|key)/.test(node.getText())
      found.push(
        (!isWritten && listsOf(context, file, openingElement)) || {
          kind: 'routes-jsx',
          file,
          node: openingElement,
        },
      )
    }
    if (!ts.isCallExpression(node)) return
    const called = node.expression.getText()
    if (called === 'createRoutesFromElements') found.push({ kind: 'routes-jsx', file, node })
    if (called !== 'useRoutes' && !MAKER.test(called)) return
    const [argument] = node.arguments
    if (/createRoutesFromElements/.test(argument?.getText() ?? '')) return
    const list = argument && fileOf(context, file, sources.unwrap(argument))
    found.push({
      kind: 'data-router',
      file: list ?? file,
      node,
      ...(list && { seenIn: file }),
    })
  })
  return found[0] ?? null
}

/** The file that a list of routes is written in, where it is imported. */
function fileOf({ sources }: DetectionContext, file: string, list: ts.Expression): string | null {
  if (!sources.ts.isIdentifier(list)) return null
  const meaning = sources.meaningOf(file, list.text)
  return meaning?.kind === 'local' && meaning.file !== file ? meaning.file : null
}

/** The first of the imported lists of routes that the file goes through. */
function listsOf(context: DetectionContext, file: string, node: ts.Node): SeenRoutes | null {
  const { sources } = context
  for (const name of sources.index(file)?.imports.keys() ?? []) {
    const meaning = sources.meaningOf(file, name)
    if (meaning?.kind !== 'local' || meaning.file === file) continue
    const value = sources.valueOf(meaning.node)
    if (!value || !sources.ts.isArrayLiteralExpression(value)) continue
    if (!/\bpath\s*:/.test(value.getText())) continue
    return { kind: 'data-router', file: meaning.file, node, seenIn: file }
  }
  return null
}
