import type { ts } from 'ts-morph'
import type { Found } from '../types.js'
import type { DetectionContext } from './context.js'
import { folderOf, joinPath } from './host-files.js'
import { propertyOf, resolveExpression } from './source/expression.js'
import { reachable } from './source/import-graph.js'
import type { Sources } from './source/sources.js'

/** What loads the environment stands near the module that starts the server. */
const MOST_MODULES = 60
const USUAL = '.env'

/** Options of Node, and programs that load a file before they run another. */
const IN_SCRIPT = [
  /--env-file(?:-if-exists)?[= ]["']?([\w./-]+)/,
  /\bdotenvx?\s+(?:run\s+)?(?:-[ef]\s+|-f=)["']?([\w./-]+)/,
  /\benv-cmd\s+(?:-f\s+)?["']?(\.[\w./-]+)/,
  /(?:-r|--require|--import)[= ]dotenv\/config()/,
  /\bdotenvx?\s+(?:run\s+)?--()/,
]

/** The file that the server's script has loaded before the server runs; null where it has none. */
export function loadedByScript(
  context: DetectionContext,
  script: string | null,
): Found<string> | null {
  const command = context.manifest.scripts.get(script ?? '') ?? ''
  for (const pattern of IN_SCRIPT) {
    const name = pattern.exec(command)?.[1]
    if (name === undefined) continue
    const evidence = [context.manifest.evidence(script ?? '')]
    return { value: context.path(name || USUAL), source: 'detected', evidence }
  }
  return null
}

/** The file that the server's own code loads, and the module that does so. */
export function loadedByCode(
  context: DetectionContext,
  entries: string[],
): { file: Found<string>; module: string } | null {
  const { sources, files } = context
  for (const module of reachable(sources, { from: entries, maxFiles: MOST_MODULES })) {
    if (!/dotenv|loadEnvFile/.test(files.read(module) ?? '')) continue
    const loading = loadingIn(sources, module)
    if (!loading) continue
    const value = pathOf(context, module, loading.path) ?? context.path(USUAL)
    const evidence = [sources.evidence(module, loading.node)]
    return { file: { value, source: 'detected', evidence }, module }
  }
  return null
}

interface Loading {
  node: ts.Node
  /** What it is told to load; null for the file of the usual name. */
  path: ts.Node | null
}

function loadingIn(sources: Sources, file: string): Loading | null {
  const { ts } = sources
  const source = sources.parse(file)
  let found: Loading | null = null
  if (!source) return null
  sources.walk(source, (node) => {
    if (found) return 'skip'
    if (ts.isImportDeclaration(node) && isText(ts, node.moduleSpecifier, 'dotenv/config')) {
      found = { node, path: null }
    }
    if (ts.isCallExpression(node)) found = loadingCall(sources, node)
    return undefined
  })
  return found
}

/** `dotenv.config({ path })`, `config()` of dotenv, `require('dotenv/config')`, `loadEnvFile(path)` */
function loadingCall(sources: Sources, call: ts.CallExpression): Loading | null {
  const { ts } = sources
  const called = call.expression.getText()
  const [first] = call.arguments
  if (called === 'require' && first && isText(ts, first, 'dotenv/config')) {
    return { node: call, path: null }
  }
  if (/(^|\.)loadEnvFile$/.test(called)) return { node: call, path: first ?? null }
  const isDotenv = /dotenv/i.test(called) || importsDotenv(sources, call)
  if (!isDotenv || !/(^|\.)config$/.test(called)) return null
  return { node: call, path: first ? propertyOf(sources, first, 'path') : null }
}

/** The called name is an export of the package: `import { config } from 'dotenv'`. */
function importsDotenv(sources: Sources, call: ts.CallExpression): boolean {
  const name = call.expression.getText().split('.')[0] ?? ''
  const file = call.getSourceFile().fileName
  return sources.index(file)?.imports.get(name)?.specifier === 'dotenv'
}

/**
 * Where a path leads: beside the module where it is built from that, else from the package, where
 * the server is started. Null when it is not written down.
 */
function pathOf(context: DetectionContext, file: string, path: ts.Node | null): string | null {
  const { sources } = context
  const { ts } = sources
  if (path === null) return null
  if (ts.isIdentifier(path)) {
    const resolved = resolveExpression(sources, file, path)
    return resolved?.node ? pathOf(context, resolved.file, resolved.node) : null
  }
  const parts: string[] = []
  let isFixed = true
  sources.walk(path, (node) => {
    if (ts.isTemplateExpression(node)) isFixed = false
    if (ts.isStringLiteralLike(node)) parts.push(node.text)
  })
  // Of several files, the one of the usual name is where a person puts what is new.
  const [first] = ts.isArrayLiteralExpression(path)
    ? parts.filter((one) => one.endsWith(USUAL))
    : []
  const written = first ?? joinPath(...parts)
  if (!isFixed || written === '' || written.startsWith('/')) return null
  const isBeside =
    /__dirname|__filename|import\.meta/.test(path.getText()) || namesFolder(context, file, path)
  const found = isBeside ? joinPath(folderOf(file), written) : context.path(written)
  return found.startsWith('..') ? null : found
}

/** `const here = dirname(fileURLToPath(import.meta.url))`, and the path is built from `here`. */
function namesFolder({ sources }: DetectionContext, file: string, path: ts.Node): boolean {
  const { ts } = sources
  let isNamed = false
  sources.walk(path, (node) => {
    if (!ts.isIdentifier(node)) return
    const value = resolveExpression(sources, file, node)?.node?.getText() ?? ''
    if (/__dirname|__filename|import\.meta/.test(value)) isNamed = true
  })
  return isNamed
}

function isText(compiler: typeof ts, node: ts.Node, text: string): boolean {
  return compiler.isStringLiteralLike(node) && node.text === text
}
