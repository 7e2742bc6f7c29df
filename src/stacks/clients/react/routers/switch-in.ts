import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../../../host/context.js'
import type { SeenRoutes } from './router.js'

/** `<Switch>`, or routes that name their component without one, imported from one of the packages. */
export function switchIn(
  { sources }: DetectionContext,
  file: string,
  packages: readonly string[],
): SeenRoutes | null {
  const { ts } = sources
  const source = sources.parse(file)
  if (!source) return null
  const imports = sources.index(file)?.imports
  const isOfRouter = (node: ts.JsxOpeningLikeElement, name: string): boolean =>
    node.tagName.getText() === name && packages.includes(imports?.get(name)?.specifier ?? '')
  let first: ts.Node | null = null
  let alone: ts.Node | null = null
  sources.walk(source, (node) => {
    if (!ts.isJsxOpeningElement(node) && !ts.isJsxSelfClosingElement(node)) return
    if (isOfRouter(node, 'Switch')) first ??= node
    if (!isOfRouter(node, 'Route')) return
    const names = node.attributes.properties.map((each) => each.name?.getText())
    if (names.includes('component') || names.includes('render')) alone ??= node
  })
  const node = first ?? alone
  return node && { kind: 'switch', file, node }
}
