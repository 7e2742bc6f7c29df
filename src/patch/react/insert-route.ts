import type { ts as TS } from 'ts-morph'
import { Miss } from '../edit-result.js'
import { endOfLine, startOfLine, type Insertion } from '../insertion.js'
import type { Source } from '../source.js'

/**
 * Whole lines above or below a route, above the comments that belong to it too.
 * @throws Miss `crowded_line` when other code stands on the route's line
 */
export function insertRoute(
  source: Source,
  node: TS.Node,
  side: 'after' | 'before',
  { lines, syntax }: { lines: string[]; syntax: 'jsx' | 'object' },
): Insertion {
  const { text, style } = source
  if (syntax === 'object' && side === 'after' && isWithinLine(source, node)) {
    const [only, ...others] = lines
    if (only !== undefined && others.length === 0) {
      return { at: node.end, text: `, ${only.trim().replace(/,$/, '')}` }
    }
  }
  const comma = syntax === 'object' ? /^\s*,/.exec(text.slice(node.end)) : null
  // Behind a last element without a comma nothing can stand before the element has changed.
  const after = side === 'after' && (syntax === 'jsx' || comma)
  if (after) {
    const end = node.end + (comma?.[0].length ?? 0)
    const at = endOfLine(text, end)
    if (!/^\s*((\{\s*)?\/\*.*\*\/(\s*\})?\s*|\/\/.*)?$/.test(text.slice(end, at))) throw crowded()
    return { at, text: lines.map((line) => style.newline + line).join('') }
  }
  const start = startOfLine(text, node.getStart(source.file))
  if (text.slice(start, node.getStart(source.file)).trim() !== '') throw crowded()
  return {
    at: aboveComments(text, start),
    text: lines.map((line) => line + style.newline).join(''),
  }
}

/** The whole list that it is the last of stands on one line. */
function isWithinLine({ text, file }: Source, node: TS.Node): boolean {
  const list = node.parent.getText(file)
  return list.startsWith('[') && !list.includes('\n') && /^\s*\]/.test(text.slice(node.end))
}

/** Above the comment lines that belong to a route. */
function aboveComments(text: string, lineStart: number): number {
  let at = lineStart
  while (at > 0) {
    const previous = startOfLine(text, at - 1)
    if (!/^(\/\/.*|\{?\s*\/\*.*\*\/\s*\}?)$/.test(text.slice(previous, at).trim())) return at
    at = previous
  }
  return at
}

function crowded(): Miss {
  return new Miss('crowded_line', 'Several routes share the line where the new one belongs.')
}
