import type { ts } from 'ts-morph'
import type { ClientMount, Found } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import type { ClientEntry } from './entry.js'

/** A component that gives those inside it who is signed in. */
const SESSION_PROVIDER = /(Session|Auth|User|Clerk|Account|Login)\w*Provider$/

/**
 * The element that holds all pages and the header around them, inside the provider of the session:
 * `<App />` where the front end starts, or what its component shows. Null where none is sure.
 */
export function detectMount(
  context: DetectionContext,
  { file }: ClientEntry,
  app: string,
  needsSession: boolean,
): Found<ClientMount> | null {
  const roots = [file, ...(app === file ? [] : [app])]
  const chains = roots.flatMap((root) => chainsIn(context, root))
  const isProvided = (chain: Chain) => chain.tags.some((tag) => SESSION_PROVIDER.test(tag))
  const inside = chains.find(isProvided)
  const chain = inside ?? (needsSession && hasProvider(context, roots) ? undefined : chains[0])
  if (!chain) return null
  const { sources } = context
  const evidence = [sources.evidence(chain.file, chain.inner)]
  return {
    value: { file: chain.file, tag: tagOf(sources.ts, chain.inner) },
    source: 'detected',
    evidence,
  }
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

/** Whether the session comes from a provider at all, rather than from a store. */
function hasProvider({ files }: DetectionContext, roots: string[]): boolean {
  return roots.some((file) =>
    /<\w*(Session|Auth|User|Clerk|Account|Login)\w*Provider\b/.test(files.read(file) ?? ''),
  )
}
