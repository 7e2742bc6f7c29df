import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../../host/context.js'
import { reachable } from '../../../host/source/import-graph.js'

/** Settings are read near the module that starts the server. */
const MOST_MODULES = 60
const IN_COMMAND = /\bNODE_ENV=["']?([\w-]+)/
const KNOWS_TEST = /NODE_ENV\b[^\n]{0,60}["'`]test["'`]|["'`]test["'`][^\n]{0,30}\bNODE_ENV\b/

/**
 * The NODE_ENV that the app can be loaded with, where it knows none called "test", which Vitest
 * sets: that of the host's own tests, else the one of development. Null where "test" serves.
 *
 * @param entries modules that the server starts from
 * @param command what runs the host's own tests
 */
export function nodeEnvOf(
  context: DetectionContext,
  entries: string[],
  command: string,
): string | null {
  const inCommand = IN_COMMAND.exec(command)?.[1]
  if (inCommand !== undefined) return inCommand === 'test' ? null : inCommand
  const modules = [...reachable(context.sources, { from: entries, maxFiles: MOST_MODULES })]
  const texts = modules.map((file) => context.files.read(file) ?? '')
  if (texts.some((text) => KNOWS_TEST.test(text))) return null
  return modules.some((file, at) => listsOthers(context, file, texts[at] ?? ''))
    ? 'development'
    : null
}

/** `{ development: …, production: … }[NODE_ENV]`, or a list of what is allowed, without "test". */
function listsOthers({ sources }: DetectionContext, file: string, text: string): boolean {
  if (!/\bdevelopment\b/.test(text) || !/\bproduction\b/.test(text)) return false
  const source = sources.parse(file)
  let found = false
  if (source) {
    sources.walk(source, (node) => {
      const names = namesIn(sources.ts, node)
      if (['development', 'production'].every((name) => names.includes(name))) {
        found ||= !names.includes('test')
      }
    })
  }
  return found
}

function namesIn(compiler: typeof ts, node: ts.Node): string[] {
  if (compiler.isObjectLiteralExpression(node)) {
    return node.properties.flatMap(({ name }) =>
      name && (compiler.isIdentifier(name) || compiler.isStringLiteral(name)) ? [name.text] : [],
    )
  }
  const listed = compiler.isArrayLiteralExpression(node)
    ? node.elements
    : compiler.isCallExpression(node)
      ? node.arguments
      : []
  return [...listed].flatMap((one) => (compiler.isStringLiteralLike(one) ? [one.text] : []))
}
