import type { ts } from 'ts-morph'
import type { DetectionContext } from '../../context.js'
import { reachable } from '../../source/import-graph.js'
import { conditionText, settingOf, type Setting } from './setting.js'
import { tlsOf } from './options.js'

const MOST_MODULES = 60
const DEFAULT = /(^|\.)defaults\.ssl$/

/**
 * What `pg.defaults.ssl = …` gives every connection of the process, under its condition. Scripts
 * of billing do not load the module that says it, so their pool has to be told. Null without.
 */
export function defaultTls(context: DetectionContext, entries: string[]): Setting | null {
  const { sources, files } = context
  for (const file of reachable(sources, { from: entries, maxFiles: MOST_MODULES })) {
    if (!/defaults\.ssl\b/.test(files.read(file) ?? '')) continue
    const found = assignmentIn(context, file)
    if (found) return found
  }
  return null
}

function assignmentIn({ sources }: DetectionContext, file: string): Setting | null {
  const { ts } = sources
  const source = sources.parse(file)
  let found: Setting | null = null
  if (!source) return null
  sources.walk(source, (node) => {
    if (found || !ts.isBinaryExpression(node) || !DEFAULT.test(node.left.getText())) return
    if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return
    const given = settingOf(sources, file, node.right) ?? tlsOf(ts, node.right)
    const condition = conditionOf(ts, node)
    const asked = condition && settingOf(sources, file, condition)
    if (!given || (condition && !asked)) return
    const expression = asked
      ? `${conditionText(asked)} ? ${given.expression} : undefined`
      : given.expression
    found = { expression, variables: [], fixed: [] }
  })
  return found
}

/** `if (condition) pg.defaults.ssl = …` */
function conditionOf(compiler: typeof ts, node: ts.Node): ts.Expression | null {
  for (let at = node; !compiler.isSourceFile(at); at = at.parent) {
    const { parent } = at
    if (compiler.isIfStatement(parent) && parent.thenStatement === at) return parent.expression
  }
  return null
}
