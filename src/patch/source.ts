import type { ts as TS } from 'ts-morph'
import { walk as walkAll } from '../host/source/walk.js'
import { Miss, tooDeep } from './edit-result.js'
import { readStyle, type SourceStyle } from './source-style.js'

export type Ts = typeof TS

/** A parsed file, with the compiler that parsed it and the way its author writes. */
export interface Source {
  ts: Ts
  file: TS.SourceFile
  /** Without the byte order mark; every position refers to this. */
  text: string
  bom: string
  style: SourceStyle
}

/**
 * Parses a JavaScript or TypeScript file of any flavour.
 * @throws Miss `parse_error` when it has a syntax error.
 */
export async function openSource(content: string): Promise<Source> {
  const { ts } = await import('../syntax.js')
  const bom = content.startsWith('\uFEFF') ? '\uFEFF' : ''
  const text = content.slice(bom.length)
  // TSX reads nearly everything; angle-bracket assertions and `<T>() =>` are TypeScript's alone.
  const file = parsed(ts, text, ts.ScriptKind.TSX) ?? parsed(ts, text, ts.ScriptKind.TS)
  if (!file) throw new Miss('parse_error', 'The file has a syntax error.')
  return { ts, file, text, bom, style: readStyle(ts, file) }
}

/** 1-based line of a node's first token. */
export function lineOf(source: Source, node: TS.Node): number {
  return source.file.getLineAndCharacterOfPosition(node.getStart(source.file)).line + 1
}

/** Visits every node below `node`, parents first; `visit` returning false skips a node's children. */
export function walk(ts: Ts, node: TS.Node, visit: (node: TS.Node) => boolean | void): void {
  walkAll(ts, node, (each) => (each !== node && visit(each) === false ? 'skip' : undefined))
}

/** What a question about a whole file comes to, found out once however often it is asked. */
export function oncePerFile<T>(find: (source: Source) => T): (source: Source) => T {
  const known = new WeakMap<TS.SourceFile, { value: T }>()
  return (source) => {
    const found = known.get(source.file) ?? { value: find(source) }
    known.set(source.file, found)
    return found.value
  }
}

/** The expression inside parentheses, `await`, `void`, `as`, `satisfies`, `!` and `<T>`. */
export function unwrap(ts: Ts, node: TS.Expression): TS.Expression {
  let inner = node
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isTypeAssertionExpression(inner) ||
    ts.isAwaitExpression(inner) ||
    ts.isVoidExpression(inner)
  ) {
    inner = inner.expression
  }
  return inner
}

/** Whether a text can be parsed as the file can that it is to take the place of. */
export function isParsable({ ts, file }: Source, text: string): boolean {
  const { TSX, TS } = ts.ScriptKind
  return parsed(ts, text, file.fileName.endsWith('x') ? TSX : TS) !== null
}

/** Null for a text with syntax errors. */
function parsed(ts: Ts, text: string, kind: TS.ScriptKind): TS.SourceFile | null {
  const file = parse(ts, text, kind)
  return syntaxErrors(file) === 0 ? file : null
}

function parse(ts: Ts, text: string, kind: TS.ScriptKind): TS.SourceFile {
  const name = kind === ts.ScriptKind.TSX ? 'host.tsx' : 'host.ts'
  try {
    return ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, kind)
  } catch (error) {
    throw tooDeep(error) ?? error
  }
}

function syntaxErrors(file: TS.SourceFile): number {
  // The parser keeps its findings here; the public way to them would build a whole program.
  return (file as TS.SourceFile & { parseDiagnostics: unknown[] }).parseDiagnostics.length
}
