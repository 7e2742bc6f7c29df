import type { ts as TS } from 'ts-morph'
import { blankSourceFile } from 'ts-blank-space'
import { ts } from '../../syntax.js'
import { spliced, type Splice } from './splice.js'

/**
 * A module of TypeScript as JavaScript: what is only for the compiler is gone, with the comments
 * that belong to it; everything else stays as it is written.
 *
 * @param path says whether there is JSX in it
 * @throws when the text has what is more than types, such as an enum
 */
export function eraseTypes(text: string, path: string): string {
  const file = parse(path, text)
  const declared = file.statements.filter(isTypeOnly)
  const values = spliced(
    text,
    declared.map((statement) => withComments(file, statement)),
  )
  const erased = blankSourceFile(parse(path, values), (node) => {
    throw new Error(`${path} has what JavaScript has not: ${node.getText()}`)
  })
  return withoutBrackets(withoutEmptyBraces(erased))
}

function parse(path: string, text: string): TS.SourceFile {
  const kind = path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind)
}

function isTypeOnly(node: TS.Statement): boolean {
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true
  return (
    ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
  )
}

/** The statement with its line ending, and the comment that stands right above it. */
function withComments(file: TS.SourceFile, node: TS.Statement): Splice {
  const { text } = file
  let start = node.getStart(file)
  for (const comment of ts.getLeadingCommentRanges(text, node.pos)?.toReversed() ?? []) {
    if (/\n\s*\n/.test(text.slice(comment.end, start))) break
    start = comment.pos
  }
  const newline = text.indexOf('\n', node.end)
  return { start, end: newline === -1 ? text.length : newline + 1, text: '' }
}

/** What is left of `import express, { type Request } from 'express'`. */
function withoutEmptyBraces(text: string): string {
  return text
    .replace(/^import (\w+), *\{\s*\} *from/gm, 'import $1 from')
    .replace(/^(?:import|export) *\{\s*\} *from '[^'\n]*';?\n/gm, '')
}

/** Only TypeScript may ask for `process.env['NAME']`, which linters of JavaScript object to. */
function withoutBrackets(text: string): string {
  return text.replace(/\bprocess\.env\['([A-Za-z_]\w*)'\]/g, 'process.env.$1')
}
