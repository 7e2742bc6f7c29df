import type { ts } from 'ts-morph'
import type { ClientMount, Found, ImportedName } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import type { ClientEntry } from './entry.js'

const PROVIDER = /<(?:[\w.]*\.)?\w*Provider\b/

/**
 * The element that holds all pages and the header around them: `<App />` where the front end starts.
 * Null where none is sure.
 *
 * @param hook what says who is signed in: the place has to stand inside what provides for it
 */
export function detectMount(
  context: DetectionContext,
  { file }: ClientEntry,
  app: string,
  hook: ImportedName | null,
): Found<ClientMount> | null {
  const { sources, files } = context
  const [start] = chainsIn(context, file)
  const isBelow =
    hook !== null &&
    app !== file &&
    !start?.tags.some((tag) => providesFor(context, file, tag, hook)) &&
    PROVIDER.test(files.read(app) ?? '')
  const chain = isBelow ? onlyProvided(chainsIn(context, app)) : start
  if (!chain) return null
  const evidence = [sources.evidence(chain.file, chain.inner)]
  const value = { file: chain.file, tag: tagOf(sources.ts, chain.inner) }
  return { value, source: 'detected', evidence }
}

/** Whether a provider comes from the hook's own module or package. */
function providesFor(
  { sources }: DetectionContext,
  file: string,
  tag: string,
  hook: ImportedName,
): boolean {
  const specifier = sources.index(file)?.imports.get(tag)?.specifier
  if (!isProvider(tag) || specifier === undefined) return false
  return hook.file === null
    ? specifier === hook.package
    : sources.resolve(file, specifier) === hook.file
}

/** An app that shows one thing here and another there has no place around all of it. */
function onlyProvided(chains: Chain[]): Chain | null {
  const [only, ...others] = chains.filter(({ tags }) => tags.some(isProvider))
  return only && others.length === 0 ? only : null
}

function isProvider(tag: string): boolean {
  return tag.endsWith('Provider')
}

type Element = ts.JsxElement | ts.JsxSelfClosingElement

interface Chain {
  file: string
  /** Names of what stands around the innermost element, each with one child. */
  tags: string[]
  inner: Element
}

/** What is rendered in a module: from the outermost element to the first with several children. */
function chainsIn(context: DetectionContext, file: string): Chain[] {
  const { sources } = context
  const { ts } = sources
  const source = sources.parse(file)
  const chains: Chain[] = []
  if (!source) return chains
  sources.walk(source, (node) => {
    if (!ts.isJsxElement(node) && !ts.isJsxSelfClosingElement(node)) return
    if (isInsideJsx(ts, node) || !isShown(ts, node)) return
    const tags: string[] = []
    let inner: Element = node
    for (;;) {
      const child = onlyChild(ts, inner)
      if (
        !child ||
        !/Provider$|Router$|^(React\.)?(StrictMode|Suspense|Fragment)$|Boundary$/.test(
          tagOf(ts, inner),
        )
      )
        break
      tags.push(tagOf(ts, inner))
      inner = child
    }
    if (/^[A-Z]/.test(tagOf(ts, inner))) chains.push({ file, tags, inner })
  })
  return chains
}

/** `render(<App />)`, or what a component returns. */
function isShown(compiler: typeof ts, node: ts.Node): boolean {
  const parent = compiler.isParenthesizedExpression(node.parent) ? node.parent.parent : node.parent
  if (compiler.isCallExpression(parent)) return /render$/i.test(parent.expression.getText())
  return compiler.isReturnStatement(parent) || compiler.isArrowFunction(parent)
}

function isInsideJsx(compiler: typeof ts, node: ts.Node): boolean {
  return compiler.isJsxElement(node.parent) || compiler.isJsxFragment(node.parent)
}

function onlyChild(compiler: typeof ts, node: Element): Element | null {
  if (!compiler.isJsxElement(node)) return null
  const children = node.children.filter((child) => child.getText().trim() !== '')
  const [child] = children
  if (children.length !== 1 || !child) return null
  return compiler.isJsxElement(child) || compiler.isJsxSelfClosingElement(child) ? child : null
}

function tagOf(compiler: typeof ts, node: Element): string {
  return compiler.isJsxElement(node)
    ? node.openingElement.tagName.getText()
    : node.tagName.getText()
}
