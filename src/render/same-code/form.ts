import { ts } from '../../syntax.js'
import { commentsIn } from './comments.js'
import { partOf } from './parts.js'
import { statementsOf } from './statements.js'

/**
 * A text that all ways of writing a program have in common; null when it cannot be parsed. Comments
 * belong to it by what they say, wherever they stand.
 */
export function formOf(path: string, text: string): string | null {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  // The parser's own findings, which its types do not show.
  const { parseDiagnostics } = source as unknown as { parseDiagnostics: unknown[] }
  if (parseDiagnostics.length > 0) return null
  return JSON.stringify([statementsOf(source, partOf), commentsIn(source)])
}
