import type { ts } from 'ts-morph'
import type { ImportedName } from '../../../../types.js'
import type { DetectionContext } from '../../../../host/context.js'
import { ENV_EXAMPLES } from '../../../../host/env-examples.js'
import { stringValue } from '../../../../host/source/expression.js'
import type { Sources } from '../../../../host/source/sources.js'

/** Where a request of the front end goes. */
export interface Address {
  base: Base
  /** What is written behind the base, up to what is not fixed: '/auth/login', '' when nothing is. */
  path: string
}

/** What addresses begin with, as code that another module can write as well. */
export interface Base {
  /** An expression; null for the page's own origin. */
  code: string | null
  imports: ImportedName[]
  /** Its value in development, where the host says one. */
  example: string | null
}

export const OWN_ORIGIN: Base = { code: null, imports: [], example: null }

const ENV = /^(import\.meta\.env|process\.env)[.[]/
const FREE = /^(undefined|window|location|globalThis|import|meta|env|process|String|Boolean)$/
const MAX_HOPS = 4

/** The address that an expression gives; null where its base cannot be written elsewhere. */
export function addressOf(
  context: DetectionContext,
  file: string,
  expression: ts.Expression,
  hops = MAX_HOPS,
): Address | null {
  const [first, second] = partsOf(context.sources, expression)
  if (first === undefined) return null
  if (typeof first === 'string') return fixedAddress(first)
  if (second === undefined && hops > 0) {
    const named = namedAddress(context, file, first, hops - 1)
    if (named) return named
  }
  const base = baseOf(context, file, first)
  return base && { base, path: typeof second === 'string' ? second : '' }
}

/** `NOTES_URL`, which is put together of a base and a path elsewhere. */
function namedAddress(
  context: DetectionContext,
  file: string,
  expression: ts.Expression,
  hops: number,
): Address | null {
  const { sources } = context
  if (!sources.ts.isIdentifier(expression)) return null
  const meaning = sources.meaningOf(file, expression.text)
  const value = meaning?.kind === 'local' ? sources.valueOf(meaning.node) : null
  if (!value || meaning?.kind !== 'local' || !sources.ts.isExpression(value)) return null
  const address = addressOf(context, meaning.file, value, hops)
  return address && address.path.length > 1 ? address : null
}

function fixedAddress(text: string): Address | null {
  const origin = /^https?:\/\/[^/]+/.exec(text)?.[0]
  if (origin === undefined) return text.startsWith('/') ? { base: OWN_ORIGIN, path: text } : null
  const base = { code: `'${origin}'`, imports: [], example: origin }
  return /^[\w.:/-]+$/.test(origin) ? { base, path: text.slice(origin.length) } : null
}

/** The texts and expressions that an address is put together from. */
function partsOf(sources: Sources, expression: ts.Expression): (string | ts.Expression)[] {
  const { ts } = sources
  const node = sources.unwrap(expression)
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.flatMap((span) => [
      ...partsOf(sources, span.expression),
      span.literal.text,
    ])
    return [node.head.text, ...spans].filter((part) => part !== '')
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return [...partsOf(sources, node.left), ...partsOf(sources, node.right)]
  }
  return [node]
}

/** An expression as another module can write it: with an import, or with nothing but settings. */
export function baseOf(
  context: DetectionContext,
  file: string,
  expression: ts.Expression,
  hops = MAX_HOPS,
): Base | null {
  const { sources } = context
  const { ts } = sources
  const node = sources.unwrap(expression)
  const text = stringValue(sources, file, node)
  if (ts.isStringLiteralLike(node)) return fixedBase(node.text)
  const root = rootOf(ts, node)
  if (root) {
    const meaning = sources.meaningOf(file, root.text)
    if (meaning?.kind !== 'local' || hops === 0) return null
    const value = sources.valueOf(meaning.node)
    const exported = sources.exportOf(meaning.file, meaning.name)
    const example =
      text ?? (value && node === root && ts.isExpression(value) ? exampleOf(context, value) : null)
    if (exported && isTopLevel(ts, meaning.node)) {
      const name = exported.default ? root.text : exported.name
      const imports = [{ name, default: exported.default, file: meaning.file, package: null }]
      return { code: name + node.getText().slice(root.text.length), imports, example }
    }
    if (node !== root || !value || !ts.isExpression(value)) return null
    return baseOf(context, meaning.file, value, hops - 1)
  }
  if (!isFree(sources, node)) return null
  return { code: node.getText(), imports: [], example: exampleOf(context, node) }
}

/** '' and '/' are the page's own origin. */
function fixedBase(text: string): Base | null {
  if (text === '' || text === '/') return OWN_ORIGIN
  if (!/^[\w.:/-]+$/.test(text)) return null
  return { code: `'${text}'`, imports: [], example: text }
}

/** The name that `API_URL`, `config.api.url` and `getUrl()` begin with. */
function rootOf(compiler: typeof ts, node: ts.Expression): ts.Identifier | null {
  if (ENV.test(node.getText()) || /^(window|location)\b/.test(node.getText())) return null
  if (compiler.isIdentifier(node)) return node
  if (compiler.isPropertyAccessExpression(node)) return rootOf(compiler, node.expression)
  if (compiler.isCallExpression(node) && node.arguments.length === 0) {
    return rootOf(compiler, node.expression)
  }
  return null
}

function isTopLevel(compiler: typeof ts, node: ts.Node): boolean {
  const holder = compiler.isVariableDeclaration(node) ? node.parent.parent.parent : node.parent
  return compiler.isSourceFile(holder)
}

/** Made of texts and settings of the build alone. */
function isFree(sources: Sources, node: ts.Expression): boolean {
  const { ts } = sources
  if (node.getText().length > 200) return false
  let isFree = true
  sources.walk(node, (child) => {
    const isForeign = ts.isIdentifier(child) && !FREE.test(child.text)
    const isProperty = ts.isPropertyAccessExpression(child.parent) && child.parent.name === child
    if (isForeign && !isProperty) isFree = false
    if (ts.isFunctionLike(child)) isFree = false
  })
  return isFree
}

/** What the expression is in development: its fallback, or the setting in an example file. */
function exampleOf(context: DetectionContext, expression: ts.Expression): string | null {
  const { sources } = context
  const { ts } = sources
  const node = sources.unwrap(expression)
  if (ts.isStringLiteralLike(node)) return node.text
  if (ts.isBinaryExpression(node)) {
    return exampleOf(context, node.left) ?? exampleOf(context, node.right)
  }
  if (ts.isConditionalExpression(node)) {
    return exampleOf(context, node.whenFalse) ?? exampleOf(context, node.whenTrue)
  }
  if (ts.isTemplateExpression(node)) {
    const last = node.templateSpans.at(-1)?.literal.text ?? ''
    return last.length > 1 ? last : null
  }
  const name = /(?:import\.meta|process)\.env\.(\w+)$/.exec(node.getText())?.[1]
  return name === undefined ? null : settingIn(context, name)
}

function settingIn(context: DetectionContext, name: string): string | null {
  for (const file of [...ENV_EXAMPLES.map((each) => context.path(each)), ...ENV_EXAMPLES]) {
    const text = context.files.read(file) ?? ''
    const value = new RegExp(`^\\s*(?:export )?${name}\\s*=\\s*["']?([^"'\\s#]*)`, 'm').exec(
      text,
    )?.[1]
    if (value) return value
  }
  return null
}
