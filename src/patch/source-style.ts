import type { ts as TS } from 'ts-morph'
import { walk, type Ts } from './source.js'

/** How a file is written, so that what is added reads as if its author had added it. */
export interface SourceStyle {
  newline: '\n' | '\r\n'
  quote: "'" | '"'
  jsxQuote: "'" | '"'
  importQuote: "'" | '"'
  semicolons: boolean
  /** `{ name }` rather than `{name}`. */
  bracketSpacing: boolean
  /** One level of indentation. */
  indent: string
  /** The width the file seems to be wrapped at. */
  width: number
}

/** Reads the style by majority; what a file does not show takes Prettier's default. */
export function readStyle(ts: Ts, file: TS.SourceFile): SourceStyle {
  const votes = {
    single: 0,
    double: 0,
    importSingle: 0,
    importDouble: 0,
    jsxSingle: 0,
    jsxDouble: 0,
    semi: 0,
    bare: 0,
    tight: 0,
    loose: 0,
  }
  walk(ts, file, (node) => {
    if (ts.isStringLiteral(node)) {
      const single = file.text[node.getStart(file)] === "'"
      if (ts.isImportDeclaration(node.parent)) votes[single ? 'importSingle' : 'importDouble']++
      if (ts.isJsxAttribute(node.parent)) votes[single ? 'jsxSingle' : 'jsxDouble']++
      else votes[single ? 'single' : 'double']++
    }
    if (endsBySemicolon(ts, node)) votes[hasOwnSemicolon(file, node) ? 'semi' : 'bare']++
    if (hasBraces(ts, node)) {
      votes[/^\{[^\s}]/.test(node.getText(file)) ? 'tight' : 'loose']++
    }
  })
  const quote = votes.double > votes.single ? '"' : "'"
  const imports = votes.importDouble - votes.importSingle
  return {
    newline: readNewline(file.text),
    quote,
    importQuote: imports === 0 ? quote : imports > 0 ? '"' : "'",
    jsxQuote: votes.jsxSingle > votes.jsxDouble ? "'" : '"',
    semicolons: votes.semi >= votes.bare,
    bracketSpacing: votes.loose >= votes.tight,
    indent: readIndent(file.text),
    width: readWidth(file.text),
  }
}

/** The line ending most lines have. */
export function readNewline(text: string): '\n' | '\r\n' {
  const all = text.match(/\n/g)?.length ?? 0
  const crlf = text.match(/\r\n/g)?.length ?? 0
  return crlf * 2 > all ? '\r\n' : '\n'
}

function endsBySemicolon(ts: Ts, node: TS.Node): boolean {
  return (
    ts.isExpressionStatement(node) ||
    ts.isVariableStatement(node) ||
    ts.isImportDeclaration(node) ||
    ts.isReturnStatement(node)
  )
}

function hasBraces(ts: Ts, node: TS.Node): boolean {
  return (
    ts.isNamedImports(node) || ts.isObjectBindingPattern(node) || ts.isObjectLiteralExpression(node)
  )
}

function hasOwnSemicolon(file: TS.SourceFile, node: TS.Node): boolean {
  // A semicolon on the next line protects that line, `;(async () => …`, and is no habit.
  if (file.text[node.end - 1] !== ';') return false
  let at = node.end - 2
  while (' \t'.includes(file.text.charAt(at)) && at > node.pos) at--
  return at > node.pos && file.text[at] !== '\n'
}

function readIndent(text: string): string {
  const counts = new Map<string, number>()
  let previous = 0
  for (const line of text.split(/\r?\n/)) {
    const lead = /^[ \t]*/.exec(line)?.[0] ?? ''
    if (lead.length === line.length || /^\s*\*/.test(line)) continue
    if (lead.startsWith('\t')) counts.set('\t', (counts.get('\t') ?? 0) + 1)
    else if (lead.length > previous) {
      const step = ' '.repeat(lead.length - previous)
      counts.set(step, (counts.get(step) ?? 0) + 1)
    }
    previous = lead.length
  }
  const usual = [...counts].filter(([unit]) => ['\t', '  ', '    '].includes(unit))
  return usual.sort((a, b) => b[1] - a[1])[0]?.[0] ?? '  '
}

function readWidth(text: string): number {
  const longest = text.split(/\r?\n/).reduce((most, line) => Math.max(most, line.length), 0)
  return [80, 100].find((width) => longest <= width) ?? 120
}
