import type { ts as TS } from 'ts-morph'
import { Miss } from './edit-result.js'
import { isParsable, type Source } from './source.js'

export interface Insertion {
  /** Position in `source.text`. */
  at: number
  text: string
}

/**
 * The file with the insertions made, all other bytes as they were.
 * @throws Miss `breaks_the_file` when it could not be parsed any more.
 */
export function applyInsertions(source: Source, insertions: Insertion[]): string {
  let content = source.text
  // From the end, so that positions before stay true; equal positions keep their given order.
  const ordered = insertions.map((insertion, index) => ({ ...insertion, index }))
  ordered.sort((a, b) => b.at - a.at || b.index - a.index)
  for (const { at, text } of ordered) content = content.slice(0, at) + text + content.slice(at)
  if (!isParsable(source, content)) {
    const reason = 'The place where the code belongs is written in a way that is not understood.'
    throw new Miss('breaks_the_file', reason)
  }
  return source.bom + content
}

/**
 * Whole lines above a node, above the comment that belongs to it too. Where the node opens a
 * paragraph, the lines become one of their own.
 * @throws Miss `crowded_line` when something else stands before the node on its line.
 */
export function linesBefore(source: Source, node: TS.Node, lines: string[]): Insertion {
  const { text, style } = source
  const start = node.getStart(source.file)
  const lineStart = startOfLine(text, start)
  if (!/^[ \t]*;?$/.test(text.slice(lineStart, start))) throw crowded()
  const at = startOfLine(text, attachedCommentStart(source, node, lineStart))
  const indent = indentAt(text, start)
  const block = protect(lines, text.slice(lineStart)).map((line) => indentLine(indent, line))
  if (at > 0 && isBlankLineBefore(text, at)) block.push('')
  return { at, text: block.map((line) => line + style.newline).join('') }
}

/**
 * Whole lines below a node and the comment behind it, in the node's own paragraph unless
 * `paragraph` asks for one of their own where the file has a blank line there.
 * @throws Miss `crowded_line` when something else stands behind the node on its line.
 */
export function linesAfter(
  source: Source,
  node: TS.Node,
  lines: string[],
  options: { paragraph?: boolean } = {},
): Insertion {
  const { text, style, ts } = source
  const end = ownEnd(source, node)
  const trailing = ts.getTrailingCommentRanges(text, end)?.at(-1)?.end ?? end
  const at = endOfLine(text, trailing)
  if (text.slice(trailing, at).trim() !== '') throw crowded()
  const indent = indentAt(text, node.getStart(source.file))
  const block = protect(lines, codeFrom(source, at)).map((line) => indentLine(indent, line))
  const next = text.slice(at).replace(/^\r?\n/, '')
  if (options.paragraph && /^[ \t]*\r?\n/.test(next)) block.unshift('')
  return { at, text: block.map((line) => style.newline + line).join('') }
}

/** The end of a statement without a semicolon that only protects the line after it. */
export function ownEnd(source: Source, node: TS.Node): number {
  const children = node.getChildren(source.file)
  const last = children.at(-1)
  const before = children.at(-2)
  if (last?.kind !== source.ts.SyntaxKind.SemicolonToken || !before) return node.end
  const gap = source.text.slice(before.end, last.getStart(source.file))
  return gap.includes('\n') ? before.end : node.end
}

/** Code ended the way the file ends its statements. */
export function statement(source: Source, code: string): string {
  return source.style.semicolons ? `${code};` : code
}

export function quoted(quote: string, value: string): string {
  const escaped = value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)
  return quote + escaped + quote
}

export function startOfLine(text: string, position: number): number {
  return text.lastIndexOf('\n', position - 1) + 1
}

/** Before the line ending. */
export function endOfLine(text: string, position: number): number {
  const newline = text.indexOf('\n', position)
  if (newline === -1) return text.length
  return text[newline - 1] === '\r' && newline > position ? newline - 1 : newline
}

export function indentAt(text: string, position: number): string {
  return /^[ \t]*/.exec(text.slice(startOfLine(text, position)))?.[0] ?? ''
}

/** Ends the last line by a semicolon where the code below would otherwise continue it. */
function protect(lines: string[], code: string): string[] {
  const last = lines.at(-1) ?? ''
  if (last.endsWith(';') || !/^\s*[([`+\-/]/.test(code)) return lines
  return [...lines.slice(0, -1), `${last};`]
}

/** The text from a line's end on, without the comments it begins with. */
function codeFrom({ ts, text }: Source, at: number): string {
  return text.slice(ts.getLeadingCommentRanges(text, at)?.at(-1)?.end ?? at)
}

function indentLine(indent: string, line: string): string {
  return line === '' ? '' : indent + line
}

function isBlankLineBefore(text: string, lineStart: number): boolean {
  const previousStart = startOfLine(text, lineStart - 1)
  return text.slice(previousStart, lineStart).trim() === ''
}

/** Start of the comments that stand right above a node, without a blank line between. */
function attachedCommentStart(source: Source, node: TS.Node, lineStart: number): number {
  const { ts, text } = source
  const previous = previousSibling(source, node)
  const from = previous ? ownEnd(source, previous) : node.getFullStart()
  let start = lineStart
  for (const comment of [...(ts.getLeadingCommentRanges(text, from) ?? [])].reverse()) {
    if (comment.pos >= start) continue
    const gap = text.slice(comment.end, start)
    const ownLine = text.slice(startOfLine(text, comment.pos), comment.pos).trim() === ''
    if (!ownLine || (gap.match(/\n/g)?.length ?? 0) > 1 || gap.trim() !== '') break
    start = startOfLine(text, comment.pos)
  }
  return start
}

function previousSibling(source: Source, node: TS.Node): TS.Node | undefined {
  const parent = node.parent as (TS.Node & { statements?: TS.NodeArray<TS.Statement> }) | undefined
  const statements = parent?.statements
  if (!statements) return undefined
  return statements[statements.findIndex((each) => each === node) - 1]
}

function crowded(): Miss {
  return new Miss('crowded_line', 'Several statements share the line where the code belongs.')
}
